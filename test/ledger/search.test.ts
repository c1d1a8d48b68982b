import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openToWrite } from '../../src-ledger/database.ts';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { Search } from '../../src-ledger/search.ts';
import { openMemory, openUnnamedFile, type OpenPlace } from '../../src-ledger/search-place.ts';
import type { Progress } from '../../src-shared/contract/ledger.ts';
import { makeFolder } from './folder.ts';
import { draft, forkLedger } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';
import { ann, anna, ledgerOf, many, no, outline, seqsOf, signal } from './search-fixture.ts';

/** Makes a change to the file of a closed ledger, past its tripwire. */
function tamper(file: string, sql: string): void {
  const db = new Database(file);
  db.exec('DROP TRIGGER entry_is_final; DROP TRIGGER entry_stays');
  db.exec(sql);
  db.close();
}

describe('search', () => {
  it('reads from a mark exactly the matches of its position', async () => {
    const { ledger } = await ledgerOf(many(4100, (seq) => (seq % 3 === 0 ? { customer: 'OTHER-1' } : {})));
    const filter = { customer: 'OTHER-1' };
    const { marks, every, entries } = await outline(ledger, filter);
    expect([marks, every, entries]).toEqual([[3, 1503, 3003], 500, 1366]);
    for (const [at, mark] of marks.entries()) {
      const page = await seqsOf(ledger, { after: mark - 1, limit: every, filter });
      const length = Math.min(every, entries - at * every);
      expect(page).toEqual(Array.from({ length }, (_, step) => (at * every + step + 1) * 3));
    }
  });

  it('counts as denied what was denied at any gate', async () => {
    const { ledger } = await ledgerOf([
      draft('x'),
      draft('x', { kind: 'call.outcome', gates: [...no] }),
      draft('x', { kind: 'call.outcome' }),
      draft('x', { kind: 'call.denied' }),
      draft('x', { gates: [...no] }),
    ]);
    expect(await seqsOf(ledger, { filter: { denied: true } })).toEqual([2, 4]);
    const { spans } = await outline(ledger, {}, 2);
    expect(spans).toEqual([
      { from: '2026-11-21T00:00:01.000Z', entries: 3, denied: 1 },
      { from: '2026-11-21T00:00:03.001Z', entries: 2, denied: 1 },
    ]);
  });

  it('finds what was done across customers, of each of them and of all, and of no scope with a longer number', async () => {
    const { ledger } = await ledgerOf(
      many(1100, (seq) => ({
        customer: seq % 3 === 0 ? null : `C-${seq % 3}`,
        ...(seq % 500 === 0 ? { cross: 'CROSS-1' } : seq % 499 === 0 ? { cross: 'CROSS-11' } : {}),
      })),
    );
    expect(await seqsOf(ledger, { filter: { cross: 'CROSS-1' } })).toEqual([500, 1000]);
    expect(await seqsOf(ledger, { filter: { cross: 'CROSS-1', customer: 'C-1' } })).toEqual([1000]);
    expect(await outline(ledger, { cross: 'CROSS-11' })).toMatchObject({ entries: 2, marks: [499] });
    expect((await outline(ledger, { cross: 'CROSS-2' })).entries).toBe(0);
  });

  it('tells technicians apart whose names and clients, run together, are the same', async () => {
    const { ledger } = await ledgerOf([anna, ann, anna].map((principal) => draft('x', { principal })));
    expect(await seqsOf(ledger, { filter: { technician: 'Anna Berg' } })).toEqual([1, 3]);
    expect(await seqsOf(ledger, { filter: { client: 'gclaude-code' } })).toEqual([2]);
  });

  it('says nothing of an empty ledger, and of a filter nothing matches', async () => {
    const { ledger } = await ledgerOf([]);
    expect(await outline(ledger, {})).toEqual({ entries: 0, upTo: 0, every: 500, marks: [], spans: [] });
    await ledger.append(draft('x'));
    const none = { entries: 0, upTo: 1, every: 500, marks: [], spans: [] };
    expect(await outline(ledger, { kinds: [] })).toEqual(none);
    expect(await outline(ledger, { tool: 'y' })).toEqual(none);
  });

  it('sees what was recorded since it was asked last', async () => {
    const { ledger } = await ledgerOf(many(509));
    const filter = { customer: 'RARE-1' };
    expect((await outline(ledger, filter)).entries).toBe(0);
    for (const seq of [510, 511, 512, 513]) {
      await ledger.append(draft('x', filter));
      expect(await seqsOf(ledger, { filter })).toEqual(Array.from({ length: seq - 509 }, (_, at) => 510 + at));
      expect(await seqsOf(ledger, { before: 9999, limit: 1, filter })).toEqual([seq]);
    }
    await Promise.all(many(600).map((each) => ledger.append(each)));
    await ledger.append(draft('x', filter));
    expect(await outline(ledger, filter)).toMatchObject({ entries: 5, upTo: 1114, marks: [510] });
  });

  it('looks again at what it has seen only a part of', async () => {
    const { ledger } = await ledgerOf(many(1100, (seq) => (seq % 512 === 9 ? { customer: 'RARE-1' } : {})));
    const filter = { customer: 'RARE-1' };
    expect(await seqsOf(ledger, { before: 9, filter })).toEqual([]);
    expect(await seqsOf(ledger, { after: 9, before: 521, filter })).toEqual([]);
    expect(await seqsOf(ledger, { after: 521, before: 1033, filter })).toEqual([]);
    expect(await seqsOf(ledger, { filter })).toEqual([9, 521, 1033]);
  });

  it('gives way to what is recorded meanwhile, and tells how far it has come', async () => {
    const { ledger } = await ledgerOf(many(6000));
    const told: Progress[] = [];
    const asked = ledger.outline({ filter: { customer: 'MERI-7' }, spans: 1 }, signal, (each) => told.push(each));
    await ledger.append(draft('x'));
    expect(told.length).toBeLessThan(6);
    expect(await asked).toMatchObject({ entries: 6000, upTo: 6000 });
    expect(told.map(({ entries }) => entries)).toEqual([
      ...Array.from({ length: 11 }, (_, at) => (at + 1) * 512),
      6000,
    ]);
    expect(new Set(told.map(({ of }) => of))).toEqual(new Set([6000]));
    expect((await outline(ledger, {})).entries).toBe(6001);
  });

  it('makes the table once, however many ask, and one piece in a turn', async () => {
    const { ledger } = await ledgerOf(many(6000));
    let turns = 0;
    let isOver = false;
    const count = (): void => void setImmediate(() => (isOver ? undefined : ((turns += 1), count())));
    count();
    const asked = await Promise.all([
      ...['MERI-7', 'RARE-1', 'OTHER-1'].map((customer) => outline(ledger, { customer })),
      seqsOf(ledger, { before: 7000, limit: 1, filter: { customer: 'MERI-7' } }),
    ]);
    isOver = true;
    expect(asked).toMatchObject([{ entries: 6000 }, { entries: 0 }, { entries: 0 }, [6000]]);
    expect(turns).toBeGreaterThanOrEqual(12);
    expect(turns).toBeLessThan(24);
  });

  it('ends for who takes back the question, and for nobody else', async () => {
    const { ledger } = await ledgerOf(many(6000));
    const [first, second] = [new AbortController(), new AbortController()];
    let seen = 0;
    const aborted = ledger.outline({ filter: {}, spans: 1 }, first.signal, ({ entries }) => {
      seen = entries;
      if (entries > 1000) first.abort(new Error('taken back'));
    });
    const other = outline(ledger, {});
    await expect(aborted).rejects.toThrow('taken back');
    expect((await other).entries).toBe(6000);
    expect(seen).toBe(1024);
    second.abort(new Error('taken back'));
    const question = { limit: 1, filter: { customer: 'MERI-7' } };
    await expect(ledger.page(question, second.signal)).rejects.toThrow('taken back');
  });
});

describe('search, of a ledger that was tampered with', () => {
  const filter = { customer: 'MERI-7' };
  const tampered = async (sql: string): Promise<OpenLedger> => {
    const { file, ledger } = await ledgerOf(many(1500));
    ledger.close();
    tamper(file, sql);
    return openForTest(file, { readOnly: true }).ledger;
  };

  it.each([
    ['is not JSON', '\'{"tool":\''],
    ['is a number', '7'],
    ['is a blob', "x'7b7d'"],
    ['is null inside', "'null'"],
    ['says other things', '\'{"principal":7,"tool":{},"gates":{},"cross":[]}\''],
  ])('searches around an entry whose text %s', async (_, text) => {
    const ledger = await tampered(`UPDATE entry SET text = ${text} WHERE seq = 700`);
    expect((await outline(ledger, filter)).entries).toBe(1500);
    expect((await outline(ledger, { client: 'claude-code' })).entries).toBe(1499);
    expect((await seqsOf(ledger, { after: 700, filter })).length).toBe(800);
    expect((await seqsOf(ledger, { filter: { tool: 'x' } })).length).toBe(1000);
  });

  it('does not leave out an entry that cannot be read', async () => {
    const ledger = await tampered("UPDATE entry SET text = 'x' WHERE seq = 700");
    await expect(seqsOf(ledger, { after: 600, filter })).rejects.toMatchObject({
      code: 'LEDGER_DAMAGED',
      message: 'Entry 700 of the ledger is not readable.',
    });
  });

  it('searches on where entries are missing, or are numbered as no ledger does', async () => {
    const copy = (seq: string): string =>
      `INSERT INTO entry SELECT ${seq}, at, kind, customer, principal, text, leaf FROM entry WHERE seq = 1;`;
    const ledger = await tampered(
      `DELETE FROM entry WHERE seq > 100 AND seq < 1400; ${copy('-5')} ${copy('1000000000000')} ${copy('9000000000000000000')}`,
    );
    const found = [
      ...Array.from({ length: 100 }, (_, at) => at + 1),
      ...Array.from({ length: 101 }, (_, at) => 1400 + at),
    ];
    expect(await seqsOf(ledger, { filter })).toEqual([...found, 1]); // The last one says that it is the first.
    expect(await seqsOf(ledger, { before: 2e12, filter })).toEqual([...found, 1]);
    expect(await outline(ledger, filter)).toMatchObject({ entries: 202, upTo: 1e12 });
  });

  it('counts in no span what has no time', async () => {
    const ledger = await tampered("UPDATE entry SET at = '+275760-09-13T00:00:00.000Z' WHERE seq = 700");
    const { entries, spans } = await outline(ledger, filter, 1);
    expect([entries, spans.map((span) => span.entries)]).toEqual([1500, [1499]]);
    expect((await outline(ledger, { to: '2027-01-01T00:00:00Z' })).entries).toBe(1499);
  });
});

describe('search, where its table lies', () => {
  it('leaves nothing beside a ledger that may only be read', async () => {
    const { file, ledger } = await ledgerOf(many(1500));
    ledger.close();
    const before = readdirSync(join(file, '..'));
    const read = openForTest(file, { readOnly: true }).ledger;
    expect((await outline(read, { customer: 'MERI-7' })).entries).toBe(1500);
    expect(readdirSync(join(file, '..'))).toEqual(before);
  });

  const full: OpenPlace = () => {
    const place = openMemory();
    place.pragma('max_page_count = 12');
    return place;
  };
  const none: OpenPlace = () => {
    throw new Error('no such folder');
  };
  const searchIn = async (places: OpenPlace[]): Promise<Search> => {
    const { file, ledger } = await ledgerOf(many(3000, (seq) => ({ customer: `C-${seq % 700}` })));
    ledger.close();
    const db = openToWrite(file);
    const search = new Search(db, places);
    onTestFinished(() => {
      search.close();
      db.close();
    });
    return search;
  };
  const ask = (search: Search, customer = 'C-1') =>
    search.outline({ filter: { customer }, spans: 1 }, signal, () => {});

  it.each([
    ['full', full],
    ['not to be had', none],
  ])('goes to the next place when the first is %s, for all that ask', async (_, place) => {
    const search = await searchIn([place, openUnnamedFile]);
    const asked = await Promise.all([ask(search), ask(search, 'RARE-1'), ask(search)]);
    expect(asked.map(({ entries }) => entries)).toEqual([5, 0, 5]);
  });

  it('says so when there is no room, and tries again when asked again', async () => {
    let isFree = false;
    const search = await searchIn([() => (isFree ? openMemory() : full()), full]);
    await expect(ask(search)).rejects.toMatchObject({ code: 'NO_ROOM' });
    isFree = true;
    expect((await ask(search)).entries).toBe(5);
  });

  it('works in the process of the ledger, which tells how far it has come', async () => {
    const folder = makeFolder();
    const ledger = await forkLedger(folder);
    onTestFinished(() => ledger.end('SIGKILL'));
    await ledger.open(join(folder, 'ledger.db'));
    await Promise.all(many(600).map((each) => ledger.control.append(each)));
    const { entries, upTo, marks } = await ledger.control.outline({ filter: { client: 'claude-code' }, spans: 200 });
    expect([entries, upTo, marks]).toEqual([600, 600, [1, 501]]);
    expect((await ledger.control.page({ after: 500, limit: 2, filter: { denied: true } })).isEnd).toBe(true);
  });
});
