// Ids are numbers in a row, so another customer's are easily guessed. The answer must not tell a foreign one from none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

type Numbered = { id: number; client_id?: number };
const { vendors } = JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/northway.json'), 'utf8')) as {
  vendors: { halopsa: { tickets: Numbered[]; assets: Numbered[] } };
};
const idsOf = (rows: Numbered[], client: number): number[] =>
  rows.filter(({ client_id }) => client_id === client).map(({ id }) => id);
const attacked = attackedApp();

describe.each([
  ['ticket_get', 'id', {}],
  ['ticket_note_add', 'ticketId', { note: 'hello' }],
  ['asset_get', 'id', {}],
] as const)('%s of a foreign id', (tool, member, more) => {
  const rows = tool === 'asset_get' ? vendors.halopsa.assets : vendors.halopsa.tickets;
  const ask = async (id: unknown) => {
    await attacked.vendor();
    const { text } = await attacked.mcp.call(tool, { customer: 'MERI-7', [member]: id, ...more });
    const body = text.replaceAll(/\d+(?=\\?")|"id":\d+/g, '#'); // The request's own number and the audit reference.
    return { body, asked: (await attacked.vendor()).map((one) => one.replaceAll(String(id), '#')) };
  };

  it('answers to the byte like a missing one, and asks the vendor the same', async () => {
    await ask(idsOf(rows, 214)[0]); // The first call signs in at the vendor.
    const foreign = idsOf(rows, 46).slice(0, 5);
    const missing = [9_000_001, 9_000_002];
    const expected = await ask(missing[0]);
    expect(expected.body).not.toContain('46');
    for (const id of [...foreign, ...missing]) expect(await ask(id), String(id)).toEqual(expected);
  });

  it('is told from the customer’s own', async () => {
    const [own] = idsOf(rows, 214);
    const { body } = await ask(own);
    expect(body).toContain('records');
    expect(body).not.toEqual((await ask(9_000_001)).body);
  });

  it('answers for a malformed id without asking the vendor', async () => {
    await attacked.vendor();
    for (const id of ['2001', -1, 0.5, null, [2001], {}, '']) {
      const { content } = await attacked.mcp.call(tool, { customer: 'MERI-7', [member]: id, ...more });
      expect(content, JSON.stringify(id)).toMatchObject({ denied: true, code: 'INVALID_ARGUMENTS' });
    }
    expect(await attacked.vendor()).toEqual([]);
  });
});

describe('the ledger', () => {
  it('knows the difference that the caller does not', async () => {
    const before = await lastEntry(attacked);
    const [foreign] = idsOf(vendors.halopsa.tickets, 46);
    await attacked.mcp.call('ticket_get', { customer: 'MERI-7', id: foreign });
    const entries = await attacked.since(before);
    expect(entries.map(({ kind }) => kind)).toEqual(['call.intent', 'call.outcome']);
    expect(entries[1]).toMatchObject({ customer: 'MERI-7', result: { records: 0 } });
  });
});
