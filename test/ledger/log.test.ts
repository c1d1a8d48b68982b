import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BodyKeys } from '../../src-ledger/body-keys.ts';
import { openToWrite, type Sqlite } from '../../src-ledger/database.ts';
import { Log } from '../../src-ledger/log.ts';
import type { Reserve } from '../../src-ledger/reserve.ts';
import { zeros } from '../../src-shared/merkle/chain.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { makeFolder } from './folder.ts';
import { device, draft, tenant } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const noReserve: Reserve = { release: () => false, take: () => true };
const long = (kind: EntryDraft['kind']): EntryDraft =>
  draft('ticket_list', { kind, params: { text: 'x'.repeat(6000) } });
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'recorded',
    (error: { code?: string }) => error.code,
  );

/** A disk on which the first COMMIT reports an I/O error, before or after it did its work. */
function failFirstCommit(db: Sqlite, lands: boolean, sqlite = 'SQLITE_IOERR_FSYNC'): Sqlite {
  let hasFailed = false;
  const commit = db.prepare('COMMIT');
  const run = (): unknown => {
    if (hasFailed) return commit.run();
    hasFailed = true;
    if (lands) commit.run();
    throw Object.assign(new Error('disk I/O error'), { code: sqlite });
  };
  const prepare = (sql: string): unknown => (sql === 'COMMIT' ? { run } : db.prepare(sql));
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'prepare') return prepare;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function openLog(reserve = noReserve, wrap = (db: Sqlite): Sqlite => db) {
  const states: (string | null)[] = [];
  const db = openToWrite(join(makeFolder(), 'ledger.db'));
  onTestFinished(() => void db.close());
  const now = (): number => Date.UTC(2026, 10, 21);
  const log = new Log({
    db: wrap(db),
    tenant,
    device,
    now,
    keys: new BodyKeys(1, now),
    reserve,
    onGrew: () => {},
    onState: (problem) => states.push(problem?.text ?? null),
    onClock: () => {},
  });
  /** A disk that is full after `pages` more pages: SQLite answers SQLITE_FULL as it does for the real thing. */
  const fillDisk = (pages: number): void => {
    db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + pages}`);
  };
  const freeDisk = (): void => void db.pragma('max_page_count = 1000000');
  return { db, log, states, fillDisk, freeDisk };
}

describe('append', () => {
  it('chains entries in the order they were asked for, whatever commits they share', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    const drafts = Array.from({ length: 1300 }, (_, at) => draft(`tool_${at}`));
    const first = await Promise.all(drafts.map((each) => ledger.append(each)));
    expect(first.map(({ seq }) => seq)).toEqual(drafts.map((_, at) => at + 1));

    const signal = new AbortController().signal;
    const { entries } = await ledger.page({ after: 1298, limit: 10, filter: {} }, signal);
    expect(entries.map(({ tool }) => tool)).toEqual(['tool_1298', 'tool_1299']);
    expect(entries[1]?.prev).toBe(entries[0]?.leaf);
    expect(entries[1]?.leaf).toBe(first.at(-1)?.leaf);
    expect((await ledger.page({ limit: 1, filter: {} }, signal)).entries[0]?.prev).toBe(zeros);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 1300 });
  });

  it('lets time stand still when the clock is set back', async () => {
    let now = Date.UTC(2026, 10, 21, 12);
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'), { now: () => now });
    await ledger.append(draft('first'));
    now -= 3_600_000;
    await ledger.append(draft('second'));
    now += 3_600_001;
    await ledger.append(draft('third'));
    const { entries } = await ledger.page({ limit: 9, filter: {} }, new AbortController().signal);
    expect(entries.map(({ at }) => at)).toEqual([
      '2026-11-21T12:00:00.000Z',
      '2026-11-21T12:00:00.000Z',
      '2026-11-21T12:00:00.001Z',
    ]);
  });

  it('says when the clock is behind the last entry, by how much, and when it has caught up', async () => {
    const file = join(makeFolder(), 'ledger.db');
    let now = Date.UTC(2036, 0, 1); // Far ahead: nothing can tell that yet.
    const { ledger, told } = openForTest(file, { now: () => now });
    await ledger.append(draft('ahead'));
    expect(told.clock).toEqual([]);
    now = Date.UTC(2036, 0, 1) - 4000; // As clocks are corrected all the time.
    await ledger.append(draft('corrected'));
    expect(told.clock).toEqual([]);
    now = Date.UTC(2026, 10, 21);
    await ledger.append(draft('right again'));
    await ledger.append(draft('still behind'));
    expect(told.clock).toEqual([(Date.UTC(2036, 0, 1) - now) / 1000]);
    ledger.close();

    const again = openForTest(file, { now: () => now });
    await again.ledger.append(draft('after a restart'));
    expect(again.told.clock).toHaveLength(1);
    now = Date.UTC(2036, 0, 2);
    await again.ledger.append(draft('caught up'));
    expect(again.told.clock.at(-1)).toBe(null);
    expect(await again.ledger.verify(new AbortController().signal)).toEqual({ ok: true, entries: 6 });
  });

  it('recovers from a full disk with nothing lost, out of order or half there', async () => {
    const { db, log, states, fillDisk, freeDisk } = openLog();
    expect(await code(log.append(draft('before')))).toBe('recorded');
    fillDisk(2);
    const waiting = Array.from({ length: 20 }, () => code(log.append(long('call.intent'))));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['LEDGER_UNWRITABLE']));
    expect(await code(log.append(long('call.intent')))).toBe('recorded'); // One still fits: it is tried every time.
    expect(await code(log.append(long('call.denied')))).toBe('LEDGER_UNWRITABLE');
    freeDisk();
    expect(await code(log.append(draft('after')))).toBe('recorded');
    expect(db.prepare('SELECT seq FROM entry').pluck().all()).toEqual([1, 2, 3]);
    expect(log.head.frontier.size).toBe(3);
    expect(states).toEqual([
      'The disk is full: nothing can be recorded, so every call is refused.',
      null,
      'The disk is full: nothing can be recorded, so every call is refused.',
      null,
    ]);
  });

  it('records denials on the reserve, and refuses calls, until there is room again', async () => {
    let isRoom = false;
    const { log, states, fillDisk, freeDisk } = openLog({
      release: () => {
        freeDisk();
        return true;
      },
      take: () => isRoom,
    });
    fillDisk(1);
    const answers = [long('call.intent'), long('call.denied'), long('call.outcome')].map((each) =>
      code(log.append(each)),
    );
    expect(await Promise.all(answers)).toEqual(['LEDGER_UNWRITABLE', 'recorded', 'recorded']);
    expect(await code(log.append(draft('x')))).toBe('LEDGER_UNWRITABLE');
    isRoom = true;
    expect(await code(log.append(draft('x')))).toBe('recorded');
    expect(states).toEqual(['The disk is full: calls are refused, and only denials are still recorded.', null]);
  });

  it.each([
    ['landed although it failed', true, [1, 2]],
    ['did not land and was left open', false, [1]],
  ])('goes on from what the disk holds after a commit that %s', async (_, lands, seqs) => {
    const { db, log } = openLog(noReserve, (db) => failFirstCommit(db, lands));
    expect(await code(log.append(draft('first')))).toBe('LEDGER_UNWRITABLE');
    expect(log.head.seq).toBe(seqs.length - 1);
    expect(await log.append(draft('second'))).toMatchObject({ seq: seqs.length });
    expect(db.prepare('SELECT seq FROM entry').pluck().all()).toEqual(seqs);
    expect(log.head.frontier.size).toBe(seqs.length);
  });

  it.each([
    ['SQLITE_FULL', /^The disk is full: nothing/, /Free some space/],
    ['SQLITE_IOERR_WRITE', /^The disk reports an error/, /Check the disk/],
    ['SQLITE_READONLY_DBMOVED', /cannot be written/, /right to write/],
    ['SQLITE_CORRUPT_INDEX', /is damaged/, /audit verify/],
    ['SQLITE_NOTADB', /is damaged/, /audit verify/],
  ])('says of %s what it means and what to do', async (sqlite, problem, remedy) => {
    const { log } = openLog(noReserve, (db) => failFirstCommit(db, false, sqlite));
    await expect(log.append(draft('first'))).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
      message: expect.stringMatching(problem),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('refuses what comes after its close, and calls nothing a problem of the disk', async () => {
    const { db, log, states } = openLog();
    const waiting = code(log.append(draft('x')));
    log.close();
    db.close();
    expect(await waiting).toBe('recorded');
    expect(await code(log.append(draft('x')))).toBe('LEDGER_CLOSED');
    expect(await code(log.write(() => {}))).toBe('LEDGER_CLOSED');
    expect(states).toEqual([]);
  });

  it('writes what is no entry together with the entries that wait, or not at all', async () => {
    const { db, log } = openLog();
    const put = () => void db.prepare('INSERT INTO open_intent (seq) VALUES (70)').run();
    const fail = (): never => {
      throw new Error('cannot be written');
    };
    await Promise.all([log.append(draft('x')), log.write(put)]);
    expect(db.prepare('SELECT seq FROM open_intent').pluck().all()).toEqual([1, 70]);
    expect(await code(log.write(fail))).toBe('LEDGER_UNWRITABLE');
    expect(log.head.seq).toBe(1);
  });

  it('refuses when the disk does not answer at all', async () => {
    const { db, log, states } = openLog();
    db.close();
    expect(await code(log.append(draft('x')))).toBe('LEDGER_UNWRITABLE');
    expect(states).toEqual(['The disk reports an error: nothing can be recorded, so every call is refused.']);
  });

  it('keeps long params as their hash, and texts without a UTF-8 form as replacement characters', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await ledger.append(draft('long', { params: { text: 'é'.repeat(5000) } }));
    await ledger.append(draft('half\ud800', { params: { 'key\udc00': ['\ud800'], deep: null } }));
    const { entries } = await ledger.page({ limit: 9, filter: {} }, new AbortController().signal);
    expect(entries[0]?.params).toEqual({
      truncated: true,
      bytes: 10_011,
      sha256: 'e8764efe548bfa11b2a748090c51743314b7bd004026c0088e14672cb17ed4cc',
    });
    expect([entries[1]?.tool, entries[1]?.params]).toEqual(['half\ufffd', { 'key\ufffd': ['\ufffd'], deep: null }]);
    expect(await ledger.verify(new AbortController().signal)).toEqual({ ok: true, entries: 2 });
  });
});

describe('append, of what a person is asked to approve', () => {
  it('keeps the arguments whole, up to what a person may be asked to read', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    const params = { arguments: { text: 'a'.repeat(65_000) } };
    await ledger.append(draft('asked', { kind: 'approval.asked', params }));
    await ledger.append(draft('asked', { kind: 'approval.asked', params: { text: 'a'.repeat(80_000) } }));
    const { entries } = await ledger.page({ limit: 9, filter: {} }, new AbortController().signal);
    expect(entries.map((entry) => entry.params?.['truncated'] ?? entry.params)).toEqual([params, true]);
  });
});

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
    const outcome = (ref: number) => code(ledger.append(draft('x', { kind: 'call.outcome', ref })));
    expect(await Promise.all([outcome(1), outcome(1), outcome(2), outcome(7)])).toEqual([
      'recorded',
      'OUTCOME_KNOWN',
      'OUTCOME_KNOWN',
      'OUTCOME_KNOWN',
    ]);
    expect(await code(ledger.append(draft('x', { kind: 'call.outcome' })))).toBe('recorded');
    expect(ledger.entries).toBe(3);
    expect(await ledger.verify(new AbortController().signal)).toEqual({ ok: true, entries: 3 });
  });

  it('leaves a call open whose outcome cannot be recorded', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await ledger.append(draft('x'));
    const wrong = { tool: 1n as unknown as string };
    expect(await code(ledger.append(draft('x', { kind: 'call.outcome', ref: 1, ...wrong })))).toBe('BAD_INPUT');
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
    expect(await ledger.countCalls('2026-11-21T00:00:27Z')).toBe(2);
  });
});
