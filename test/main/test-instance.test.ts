import { describe, expect, it } from 'vitest';
import { testInstance } from '../../src-main/app/test-instance.ts';
import { denied } from '../../src-gateway/denied.ts';
import { deny } from '../../src-shared/model/denial.ts';
import type { ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import { Fault } from '../../src-shared/fault.ts';
import { instanceOf, toolOf } from '../gateway/enrolment.ts';
import { never } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';

const first = instanceOf({ mapping: { acme: '12' } });
const second = instanceOf({ id: 'east', name: 'East', mapping: { acme: '30', zenith: '17' } });
const answer: ToolAnswer = {
  customer: 'ACME-1',
  records: [],
  dropped: 0,
  redacted: 0,
  provenance: { connector: 'halopsa', trust: 'untrusted' },
  auditRef: '1',
};

interface Given {
  readonly maySurvey?: boolean;
  readonly survey?: () => Promise<{ customers: never[]; isWhole: boolean }>;
  readonly answered?: ToolAnswer;
}

async function world({
  maySurvey: isAllowed = true,
  survey = async () => ({ customers: [], isWhole: true }),
  answered = answer,
}: Given = {}) {
  const made = deskWorld({}, { instances: [first, second] });
  const plain = { ...toolOf('customer_get', 'one'), inputSchema: { required: ['customer'] } };
  made.facts.tools = [toolOf('ticket_get', 'one'), plain];
  const did: string[] = [];
  const maySurvey = async (): Promise<void> => {
    if (!isAllowed) throw new Fault('NOT_ALLOWED', 'x');
  };
  const surveys = {
    run: async (instance: { id: string }, extent: string) => (did.push(`${extent} ${instance.id}`), survey()),
  };
  const callTool = async (tool: string): Promise<ToolAnswer> => (did.push(tool), answered);
  const test = (instance: typeof first) =>
    testInstance(instance, { facts: made.facts, surveys, callTool, maySurvey }, never);
  await made.switcher.bind('acme');
  return { made, did, test };
}

describe('testInstance', () => {
  it('reads the bound customer through all gates, where the gates would take this instance', async () => {
    const { did, test } = await world({ maySurvey: false });
    expect(await test(first)).toEqual({ ok: true, detail: 'HaloPSA answered for ACME-1.' });
    expect(did).toEqual(['customer_get']);
  });

  it('surveys the least of it where the gates would take another instance, or none', async () => {
    const { made, did, test } = await world();
    expect(await test(second)).toEqual({ ok: true, detail: 'East answered.' });
    await made.switcher.release();
    await test(first);
    await made.switcher.bind('zenith');
    await test(first);
    expect(did).toEqual(['probe east', 'probe halo', 'probe halo']);
  });

  it('says of a denied read what to do here, where the vendor accounts are set up', async () => {
    for (const code of ['VENDOR_ERROR', 'TIMED_OUT', 'CREDENTIAL_UNAVAILABLE', 'CONNECTOR_UNAVAILABLE'] as const) {
      const refused = deny(code);
      const { test } = await world({ answered: denied(refused, '1') });
      const { ok, detail } = await test(first);
      expect({ ok, begins: detail.startsWith(`${refused.reason} `) }, code).toEqual({ ok: false, begins: true });
      expect(detail, code).not.toMatch(/Connectors|`|repeat/);
    }
    const { test } = await world({ answered: denied(deny('POLICY_DENIED'), '1') });
    expect((await test(first)).detail).toContain(deny('POLICY_DENIED').remedy);
  });

  it('says what the gates know better: how long a vendor asks to wait', async () => {
    const busy = deny('VENDOR_ERROR', { reason: 'Wait 30 seconds.', remedy: 'Wait that long, and ask for less.' });
    const { test } = await world({ answered: denied(busy, '1') });
    expect((await test(first)).detail).toBe('Wait 30 seconds. Wait that long, and ask for less.');
  });

  it('says of a vendor that took too long what to look at, and not to ask for less', async () => {
    const late = deny('TIMED_OUT', { reason: 'Too long.', remedy: 'Try again, or ask for less at a time.' });
    const { test } = await world({ answered: denied(late, '1') });
    expect((await test(first)).detail).toBe('Too long. Try again in a while, and look at the base URL.');
  });

  it('sends to the rights of a credential as well, for it may be in order and not let do this', async () => {
    const refused = deny('CREDENTIAL_UNAVAILABLE', {
      reason: 'The vendor does not let the stored credential do this.',
    });
    const { test } = await world({ answered: denied(refused, '1') });
    expect((await test(first)).detail).toBe(
      `${refused.reason} Set the credential, or look at its rights at the vendor.`,
    );
  });

  it('surveys only for who may', async () => {
    const { did, test } = await world({ maySurvey: false });
    await expect(test(second)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(did).toEqual([]);
  });

  it('answers what is wrong with the account, and throws what is wrong with us', async () => {
    for (const code of ['VENDOR_ERROR', 'CREDENTIAL_UNAVAILABLE', 'TIMED_OUT', 'BINDING_INVALID']) {
      const { test } = await world({ survey: () => Promise.reject(new Fault(code, 'It is wrong.', 'Mend it.')) });
      expect(await test(second)).toEqual({ ok: false, detail: 'It is wrong. Mend it.' });
    }
    for (const code of ['LEDGER_UNWRITABLE', 'SURVEY_RUNNING', 'CANCELLED', 'INTERNAL']) {
      const { test } = await world({ survey: () => Promise.reject(new Fault(code, 'x')) });
      await expect(test(second)).rejects.toMatchObject({ code });
    }
  });
});
