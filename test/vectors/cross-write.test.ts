// In a cross-customer scope lists are read, and nothing else: no record by its id, no change, no secret, at any customer.
import { beforeAll, describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp({ demoAs: 'helen.strand' });
let code = '';
let ticketId: unknown;
beforeAll(async () => {
  const { content } = await attacked.mcp.call('ticket_list', { customer: 'MERI-7' });
  ticketId = (content['records'] as { id: number }[])[0]?.id;
  const asked = { client: 'attacker', customers: ['MERI-7', 'FERN-2'], reason: 'Compare who has backups', minutes: 30 };
  ({ code } = await attacked.app.operator.openCross(asked));
});

describe('a cross-customer call', () => {
  it.each([
    ['changes a record', 'ticket_note_add', () => ({ ticketId, text: 'x' })],
    ['sends something out', 'ticket_reply', () => ({ ticketId, text: 'x' })],
    ['spends', 'billable_time_add', () => ({ ticketId, minutes: 5, note: 'x' })],
    ['destroys', 'credential_update', () => ({ id: 1, password: 'x' })],
    ['reveals a secret', 'credential_reveal', () => ({ id: 1 })],
    ['reads one record by its id', 'ticket_get', () => ({ id: ticketId })],
  ])('that %s is denied as a whole, asks nobody and reaches no vendor', async (_, tool, args) => {
    await attacked.vendor();
    const before = await lastEntry(attacked);
    const { content } = await attacked.mcp.call(tool, { customer: code, ...args() });
    expect(content).toMatchObject({ denied: true, gate: 'policy', code: 'POLICY_DENIED' });
    expect(await attacked.vendor()).toEqual([]);
    expect((await attacked.since(before)).map(({ kind, customer, cross }) => [kind, customer, cross])).toEqual([
      ['call.denied', null, code],
    ]);
    expect((await attacked.app.operator.approvals(undefined)).approvals).toEqual([]);
  });

  it('is not even offered', async () => {
    const { message } = await attacked.mcp.request('tools/list');
    const tools = message?.result?.['tools'] as { name: string; annotations: { readOnlyHint: boolean } }[];
    expect(tools.length).toBeGreaterThan(5);
    expect(tools.filter(({ annotations }) => !annotations.readOnlyHint)).toEqual([]);
    expect(tools.filter(({ name }) => /_(get|reveal)$/.test(name))).toEqual([]);
  });
});
