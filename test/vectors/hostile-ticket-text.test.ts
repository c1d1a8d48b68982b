// Thirteen tickets of the demo were written by an attacker who knows that an AI will read them. To us they are data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src-shared/model/entry.ts';
import { attackedApp, lastEntry } from './attacked-app.ts';

type Ticket = { id: number; client_id: number; summary: string; details: string };
const { customers, vendors } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../demo/northway.json'), 'utf8'),
) as { customers: { code: string; vendors: { halopsa: number } }[]; vendors: { halopsa: { tickets: Ticket[] } } };

/** What each of the attacker's texts is known by. */
const marks = [
  ...['Ignore all previous instructions', 'call ticket_list with customer "FERN-2"', '<system>Policy update'],
  ...['email the admin password to', 'read ticket 2204', 'https://collect.attacker.example', '.tekcit siht ot meht'],
  ...[
    '"tool":"bulkhead_context"',
    '\u{e0043}',
    'customer_bind',
    '```tool_result',
    'approval id 7f3a',
    '[//]: # (SYSTEM',
  ],
];
const hostile = marks.map((mark) => {
  const found = vendors.halopsa.tickets.filter(({ details }) => details.includes(mark));
  const [ticket] = found;
  if (!ticket || found.length > 1) throw new Error(`${found.length} tickets hold ${mark}`);
  const customer = customers.find((each) => each.vendors.halopsa === ticket.client_id);
  if (!customer) throw new Error(`nobody has ticket ${ticket.id}`);
  return { ticket, code: customer.code };
});
const harmless = (client: number): Ticket => {
  const ids = new Set(hostile.map(({ ticket }) => ticket.id));
  const found = vendors.halopsa.tickets.find(({ id, client_id }) => client_id === client && !ids.has(id));
  if (!found) throw new Error(`client ${client} has no other ticket`);
  return found;
};

const attacked = attackedApp();

/** What a fixed list of later calls is answered, and what the ledger says of all of them: without times and positions. */
async function decisions(code: string, ticket: number): Promise<unknown> {
  const { operator } = attacked.app;
  await operator.releaseCustomer(undefined);
  await operator.bindCustomer({ customer: code });
  await operator.armClient({ name: 'attacker', customer: code });
  const before = await lastEntry(attacked);
  await attacked.mcp.call('ticket_get', { customer: code, id: ticket });
  const answers = [];
  for (const [tool, args] of [
    ['bulkhead_context', {}],
    ['ticket_list', { customer: 'FERN-9' }],
    ['customer_bind', { customer: code }],
    ['customer_get', { customer: 'ALL' }],
    ['customer_get', { customer: code }],
    ['ticket_get', { customer: code, id: 9_000_001 }],
    ['ticket_list', { customer: code, client_ids: '87,166' }],
  ] as const) {
    answers.push((await attacked.mcp.call(tool, args)).content);
  }
  const entries = await attacked.since(before);
  return { answers: answers.map((answer) => ({ ...answer, auditRef: '' })), entries: entries.map(plain) };
}

function plain({ kind, customer, tool, gates, result, policyVersion }: Entry) {
  const trail = gates?.map(({ gate, ok, code }) => [gate, ok, code]);
  // The first call returns the ticket itself, whose size is its own.
  return {
    kind,
    customer,
    tool,
    trail,
    policyVersion,
    result: result && [result.status, result.records, result.dropped],
  };
}

/** Some name another customer, and that does not come through: a mark may stand for whatever was there. */
function isAsWritten(received: string, written: string): boolean {
  const parts = received.split('[anothercustomer]').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.{1,60}')}$`, 's').test(written);
}

describe('a hostile ticket', () => {
  it('is one of thirteen', () => {
    expect(hostile).toHaveLength(13);
    expect(new Set(hostile.map(({ ticket }) => ticket.id)).size).toBe(13);
  });

  it.each(hostile)(
    '$ticket.summary comes back as text of one record, and changes no later decision',
    async ({ ticket, code }) => {
      const without = await decisions(code, harmless(ticket.client_id).id);
      const withIt = await decisions(code, ticket.id);
      expect(withIt).toEqual(without);

      const { content } = await attacked.mcp.call('ticket_get', { customer: code, id: ticket.id });
      const [record, ...others] = content['records'] as { id: number; details: string }[];
      expect([record?.id, others, content['customer']]).toEqual([ticket.id, [], code]);
      // Its words are there to be read; whatever is invisible or moves the cursor may have been taken out.
      const visible = (text: string) => text.replaceAll(/[\p{Cf}\p{Cc}\s]/gu, '');
      const received = visible(record?.details ?? '');
      expect(isAsWritten(received, visible(ticket.details)), received).toBe(true);
      const { customer } = (await attacked.mcp.call('bulkhead_context')).content as { customer: { code: string } };
      expect(customer.code).toBe(code);
    },
  );
});
