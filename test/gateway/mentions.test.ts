// What the gateway does about text that names another customer, by the policy of the signed bundle. That names are found is
// the screen's own test.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import type { MentionPolicy } from '../../src-shared/model/bundle.ts';
import { bundleOf, makeIssuer } from './enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from './given.ts';
import { makeWorld } from './world.ts';
import { labelled } from '../connectors/labelled.ts';

const issuer = await makeIssuer();
const texts = ['Printer offline', 'As we did for the Zenith Group'];

async function answered(mode: MentionPolicy['mode'] | undefined, tool = 'ticket_list', args = {}, operator = false) {
  const { policies } = bundleOf().policy;
  const bundle = bundleOf({ policy: { policies, ...(mode && { mentions: { mode, never: [] } }) } });
  const world = await makeWorld({ enrolment: await issuer.enrol({ bundle }) });
  await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
  const records = texts.map((summary, at) => labelled('12', { id: at + 1, summary }));
  world.worker = async () => ({ status: 'ok', records, dropped: 1 });
  const received = callOf(tool, args);
  const answer = await callTool(
    operator ? { ...received, caller: { kind: 'operator', tenant: msp } } : received,
    world.powers,
    never,
  );
  return { answer, result: world.entries.at(-1)?.result };
}

describe('callTool, of text that names another customer', () => {
  it('puts a mark in its place unless the policy says otherwise, and counts it', async () => {
    const { answer, result } = await answered(undefined);
    expect(answer).toMatchObject({
      records: [
        { id: 1, summary: 'Printer offline' },
        { id: 2, summary: 'As we did for the [another customer]' },
      ],
      redacted: 1,
      dropped: 1,
    });
    expect(answer).not.toHaveProperty('flagged');
    expect(result).toMatchObject({ records: 2, redacted: 1, dropped: 1 });
  });

  it('leaves it and says so where the policy only flags', async () => {
    const { answer, result } = await answered('flag');
    expect(answer).toMatchObject({ records: [{}, { summary: texts[1] }], redacted: 0, flagged: 1 });
    expect(result).toMatchObject({ redacted: 0, flagged: 1 });
  });

  it('withholds the record where the policy blocks, like one that is not the customer’s', async () => {
    const { answer, result } = await answered('block');
    expect(answer).toMatchObject({ records: [{ id: 1 }], redacted: 0, dropped: 2 });
    expect(result).toMatchObject({ records: 1, dropped: 2 });
  });

  it('says that a change was made when its record is withheld, so that it is not made again', async () => {
    expect((await answered('block', 'note_add', { id: 1 })).answer).toMatchObject({
      denied: true,
      code: 'VENDOR_ERROR',
      reason: 'The change was made, but its record names another customer and is not shown. Do not repeat it.',
    });
  });

  it('lets no mark be written back, which would take the place of the name for good', async () => {
    const args = { id: 1, note: 'As for the [another customer].' };
    expect((await answered('redact', 'note_add', args)).answer).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      reason: expect.stringContaining('words that were not shown') as string,
    });
  });
});
