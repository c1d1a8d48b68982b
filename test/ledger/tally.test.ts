import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const midnight = Date.parse('2026-11-21T00:00:00.000Z');
const never = new AbortController().signal;

/** A ledger whose clock the test moves, and the tally of it. */
function ledgerAt(file = join(makeFolder(), 'ledger.db')) {
  const clock = { now: midnight };
  const { ledger } = openForTest(file, { now: () => clock.now });
  return {
    file,
    ledger,
    clock,
    record: (tool: string, more: Partial<EntryDraft> = {}) => ledger.append(draft(tool, more)),
    tally: (from = midnight, signal = never) => ledger.tallyCalls(new Date(from).toISOString(), signal),
  };
}
const anna = draft('x').principal;
const row = (tool: string, calls: number, more: object = {}) => ({
  technician: anna.id,
  client: 'claude-code',
  customer: 'MERI-7',
  tool,
  calls,
  ...more,
});

describe('tallyCalls', () => {
  it('counts each technician, client app, customer and tool by itself', async () => {
    const { record, tally } = ledgerAt();
    await record('ticket_list');
    await record('ticket_list');
    await record('ticket_get');
    await record('ticket_list', { customer: 'ALDR-3' });
    await record('ticket_list', { principal: { ...anna, client: 'operator' } });
    await record('ticket_list', { principal: { ...anna, id: 'ben@northway.example' } });
    expect(await tally()).toEqual([
      row('ticket_list', 2),
      row('ticket_get', 1),
      row('ticket_list', 1, { customer: 'ALDR-3' }),
      row('ticket_list', 1, { client: 'operator' }),
      row('ticket_list', 1, { technician: 'ben@northway.example' }),
    ]);
  });

  it('counts what was admitted, for a customer, and nothing else', async () => {
    const { record, tally } = ledgerAt();
    for (const kind of ['call.outcome', 'call.denied', 'customer.bound', 'alert'] as const) await record('x', { kind });
    await record('instance_survey', { customer: null });
    expect(await tally()).toEqual([]);
  });

  it('begins at the instant, to the millisecond', async () => {
    const { record, tally, clock } = ledgerAt();
    clock.now = midnight - 1;
    await record('before');
    clock.now = midnight;
    await record('at');
    clock.now = midnight + 1;
    await record('after');
    const tools = async (from: number) => (await tally(from)).map(({ tool }) => tool);
    expect([await tools(midnight - 1), await tools(midnight), await tools(midnight + 2)]).toEqual([
      ['before', 'at', 'after'],
      ['at', 'after'],
      [],
    ]);
  });

  it('counts every call once over many pieces, also where thousands are of one millisecond', async () => {
    const { record, tally, clock } = ledgerAt();
    const made = 7001;
    await Promise.all(Array.from({ length: made }, (_, index) => record(`tool_${index % 3}`)));
    clock.now = midnight + 5;
    await Promise.all(Array.from({ length: 10 }, () => record('tool_0')));
    const calls = (await tally()).map((each) => each.calls);
    expect([calls.reduce((sum, each) => sum + each, 0), calls]).toEqual([made + 10, [2334 + 10, 2334, 2333]]);
  });

  it('ends when nobody waits for it any more', async () => {
    const { record, tally } = ledgerAt();
    await Promise.all(Array.from({ length: 2001 }, () => record('tool')));
    await expect(tally(midnight, AbortSignal.abort())).rejects.toThrow();
  });

  it('counts an entry that someone made unreadable under no name, and goes on', async () => {
    const { file, ledger, record } = ledgerAt();
    await record('ticket_list');
    await record('ticket_get');
    await record('ticket_close');
    ledger.close();
    const db = new Database(file);
    db.exec("DROP TRIGGER entry_is_final; UPDATE entry SET text = 'gone' WHERE seq = 1");
    db.close();
    const again = openForTest(file, { readOnly: true }).ledger;
    expect(await again.tallyCalls(new Date(midnight).toISOString(), never)).toEqual([
      row('', 1, { client: '' }),
      row('ticket_get', 1),
      row('ticket_close', 1),
    ]);
  });

  it('reads only what is not older, whatever the length of the ledger', async () => {
    const { file, ledger } = ledgerAt();
    ledger.close();
    const db = new Database(file, { readonly: true });
    const plan = db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT seq FROM entry WHERE kind = 'call.intent' AND customer IS NOT NULL
          AND (at, seq) > ('2026', 0) ORDER BY at, seq LIMIT 2000`,
      )
      .all();
    db.close();
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH entry USING INDEX intent_at (at>?)']);
  });
});
