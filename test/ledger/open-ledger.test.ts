import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../code-of.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

describe('OpenLedger', () => {
  it('tells intents without an outcome, at every opening, until there is one', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const first = openForTest(file).ledger;
    for (const tool of ['answered', 'denied', 'cut_short', 'also']) await first.append(draft(tool));
    await first.append(draft('answered', { kind: 'call.outcome', ref: 1 }));
    await first.append(draft('denied', { kind: 'call.denied', ref: 2 }));
    first.close();
    const second = openForTest(file).ledger;
    expect(second.interrupted).toEqual([3, 4]);
    await second.append(draft('started', { kind: 'app.started' }));
    await second.append(draft('cut_short', { kind: 'call.outcome', ref: 3 }));
    expect(second.openIntents()).toEqual([4]);
    second.close();
    expect(openForTest(file).ledger.interrupted).toEqual([4]);
  });

  it('takes one outcome of a call and no second, and none of what was no call', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await ledger.append(draft('x'));
    const outcome = (ref: number) => codeOf(ledger.append(draft('x', { kind: 'call.outcome', ref })));
    expect(await Promise.all([outcome(1), outcome(1), outcome(2), outcome(7)])).toEqual([
      'done',
      'OUTCOME_KNOWN',
      'OUTCOME_KNOWN',
      'OUTCOME_KNOWN',
    ]);
    expect(await codeOf(ledger.append(draft('x', { kind: 'call.outcome' })))).toBe('done');
    expect(ledger.entries).toBe(3);
    expect(await ledger.verify(new AbortController().signal)).toEqual({ ok: true, entries: 3 });
  });

  it('leaves a call open whose outcome cannot be recorded', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await ledger.append(draft('x'));
    const wrong = { tool: 1n as unknown as string };
    expect(await codeOf(ledger.append(draft('x', { kind: 'call.outcome', ref: 1, ...wrong })))).toBe('BAD_INPUT');
    expect(ledger.openIntents()).toEqual([1]);
  });

  it('takes a reserve beside the file', () => {
    const folder = makeFolder();
    openForTest(join(folder, 'ledger.db'));
    expect(existsSync(join(folder, 'ledger.reserve'))).toBe(true);
  });
});

describe('page', () => {
  it('finds rare entries across the pieces it looks at, in both directions', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    const rare = new Set([1, 201, 202, 4999, 5000, 5200]);
    const drafts = Array.from({ length: 5200 }, (_, at) => draft('x', rare.has(at + 1) ? { customer: 'RARE-1' } : {}));
    await Promise.all(drafts.map((each) => ledger.append(each)));
    for (const position of [{}, { before: 9999 }]) {
      const question = { ...position, limit: 10, filter: { customer: 'RARE-1' } };
      const { entries, isEnd } = await ledger.page(question, new AbortController().signal);
      expect([entries.map(({ seq }) => seq), isEnd]).toEqual([[...rare], true]);
    }
  });

  it('filters, in both directions, and says where the end is', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'), { now: () => (now += 1000) });
    const hugo = { kind: 'technician', id: 'hugo@northway.example', name: 'Hugo Lind', client: 'operator' } as const;
    for (let at = 1; at <= 30; at += 1) {
      const more = { customer: at % 3 === 0 ? 'OTHER-1' : 'MERI-7', ...(at % 10 === 0 ? { principal: hugo } : {}) };
      await ledger.append(draft('x', { ...more, kind: at % 2 === 0 ? 'call.outcome' : 'call.intent' }));
    }
    const page = async (question: object) => {
      const { entries, isEnd } = await ledger.page({ limit: 4, filter: {}, ...question }, new AbortController().signal);
      return [entries.map(({ seq }) => seq), isEnd];
    };
    expect(await page({})).toEqual([[1, 2, 3, 4], false]);
    expect(await page({ after: 26 })).toEqual([[27, 28, 29, 30], true]);
    expect(await page({ before: 1000 })).toEqual([[27, 28, 29, 30], false]);
    expect(await page({ before: 4 })).toEqual([[1, 2, 3], true]);
    expect(await page({ after: 3, before: 6 })).toEqual([[4, 5], true]);
    expect(await page({ filter: { customer: 'OTHER-1', kinds: ['call.outcome'] } })).toEqual([[6, 12, 18, 24], false]);
    expect(await page({ filter: { technician: hugo.id } })).toEqual([[10, 20, 30], true]);
    expect(await page({ before: 30, filter: { technician: 'Hugo Lind' } })).toEqual([[10, 20], true]);
    const range = { from: '2026-11-21T00:00:05Z', to: '2026-11-21T00:00:07Z' };
    expect(await page({ filter: range })).toEqual([[5, 6, 7], true]);
    expect(await ledger.countCalls('2026-11-21T00:00:27Z', new AbortController().signal)).toBe(2);
  });
});
