import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BodyKeys } from '../../src-ledger/body-keys.ts';
import { openToWrite, type Sqlite } from '../../src-ledger/database.ts';
import { readHead } from '../../src-ledger/head.ts';
import { Log } from '../../src-ledger/log.ts';
import type { Reserve } from '../../src-ledger/reserve.ts';
import { zeros } from '../../src-shared/merkle/chain.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { codeOf } from '../code-of.ts';
import { makeFolder } from './folder.ts';
import { device, draft, tenant } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const noReserve: Reserve = { release: () => false, take: () => true, isSpent: () => false };
const sqliteError = (code: string): Error => Object.assign(new Error(code), { code });
const long = (kind: EntryDraft['kind']): EntryDraft =>
  draft('ticket_list', { kind, params: { text: 'x'.repeat(6000) } });

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

function openLog(reserve = noReserve, wrap = (db: Sqlite): Sqlite => db, now = (): number => Date.UTC(2026, 10, 21)) {
  const states: (string | null)[] = [];
  const db = openToWrite(join(makeFolder(), 'ledger.db'));
  onTestFinished(() => void db.close());
  const log = new Log({
    db: wrap(db),
    tenant,
    device,
    now,
    head: readHead(db),
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
    expect(await codeOf(log.append(draft('before')))).toBe('done');
    fillDisk(2);
    const waiting = Array.from({ length: 20 }, () => codeOf(log.append(long('call.intent'))));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['LEDGER_UNWRITABLE']));
    expect(await codeOf(log.append(long('call.intent')))).toBe('done'); // One still fits: it is tried every time.
    expect(await codeOf(log.append(long('call.denied')))).toBe('LEDGER_UNWRITABLE');
    freeDisk();
    expect(await codeOf(log.append(draft('after')))).toBe('done');
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
      isSpent: () => false,
    });
    fillDisk(1);
    const answers = [long('call.intent'), long('call.denied'), long('call.outcome')].map((each) =>
      codeOf(log.append(each)),
    );
    expect(await Promise.all(answers)).toEqual(['LEDGER_UNWRITABLE', 'done', 'done']);
    expect(await codeOf(log.append(draft('x')))).toBe('LEDGER_UNWRITABLE');
    isRoom = true;
    expect(await codeOf(log.append(draft('x')))).toBe('done');
    expect(states).toEqual(['The disk is full: calls are refused, and only denials are still recorded.', null]);
  });

  it('takes a reserve that there was no room for at its start, and looks for the room once a minute', async () => {
    let [isRoom, isTaken, asked, now] = [false, false, 0, Date.UTC(2026, 10, 21)];
    const give = (): boolean => {
      if (isTaken) freeDisk();
      return isTaken;
    };
    const take = (): boolean => {
      asked += 1;
      return (isTaken ||= isRoom);
    };
    const reserve = { release: give, take, isSpent: () => false };
    const { log, states, fillDisk, freeDisk } = openLog(reserve, undefined, () => now);
    isRoom = true;
    for (const step of [0, 30_000, 29_999]) {
      now += step;
      await log.append(draft('x'));
    }
    expect([asked, isTaken]).toEqual([1, false]);
    now += 1;
    await log.append(draft('x'));
    expect([asked, isTaken]).toEqual([2, true]);
    now += 60_000;
    await log.append(draft('x'));
    expect(asked).toBe(2);
    fillDisk(1);
    const answers = [long('call.intent'), long('call.denied')].map((each) => codeOf(log.append(each)));
    expect(await Promise.all(answers)).toEqual(['LEDGER_UNWRITABLE', 'done']);
    expect(states).toEqual(['The disk is full: calls are refused, and only denials are still recorded.']);
  });

  it('looks for the room at once where the clock was set back', async () => {
    let [asked, now] = [0, Date.UTC(2026, 10, 21)];
    const take = (): boolean => (asked += 1) > 1;
    const { log } = openLog({ release: () => false, take, isSpent: () => false }, undefined, () => now);
    now -= 1;
    await log.append(draft('x'));
    expect(asked).toBe(2);
  });

  it('goes on living on a reserve that was given up before its start', async () => {
    let isRoom = false;
    const { log, states } = openLog({ release: () => false, take: () => isRoom, isSpent: () => true });
    expect(await codeOf(log.append(draft('x')))).toBe('LEDGER_UNWRITABLE');
    expect(await codeOf(log.append(draft('x', { kind: 'call.denied' })))).toBe('done');
    isRoom = true;
    expect(await codeOf(log.append(draft('x')))).toBe('done');
    expect(states).toEqual(['The disk is full: calls are refused, and only denials are still recorded.', null]);
  });

  it.each([
    ['landed although it failed', true, [1, 2]],
    ['did not land and was left open', false, [1]],
  ])('goes on from what the disk holds after a commit that %s', async (_, lands, seqs) => {
    const { db, log } = openLog(noReserve, (db) => failFirstCommit(db, lands));
    expect(await codeOf(log.append(draft('first')))).toBe('LEDGER_UNWRITABLE');
    expect(log.head.seq).toBe(seqs.length - 1);
    expect(await log.append(draft('second'))).toMatchObject({ seq: seqs.length });
    expect(db.prepare('SELECT seq FROM entry').pluck().all()).toEqual(seqs);
    expect(log.head.frontier.size).toBe(seqs.length);
  });

  it.each([
    ['landed although it failed', true, ['done', 'OUTCOME_KNOWN']],
    ['did not land and was left open', false, ['OUTCOME_KNOWN', 'OUTCOME_KNOWN']],
  ])('knows which calls are open after a commit that %s', async (_, lands, ends) => {
    const { db, log } = openLog(noReserve, (db) => failFirstCommit(db, lands));
    expect(await codeOf(log.append(draft('first')))).toBe('LEDGER_UNWRITABLE');
    const outcome = draft('first', { kind: 'call.outcome', ref: 1 });
    expect([await codeOf(log.append(outcome)), await codeOf(log.append(outcome))]).toEqual(ends);
    expect(db.prepare('SELECT count(*) FROM open_intent').pluck().get()).toBe(0);
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
    const waiting = codeOf(log.append(draft('x')));
    log.close();
    db.close();
    expect(await waiting).toBe('done');
    expect(await codeOf(log.append(draft('x')))).toBe('LEDGER_CLOSED');
    expect(await codeOf(log.write(() => {}))).toBe('LEDGER_CLOSED');
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
    expect(await codeOf(log.write(fail))).toBe('LEDGER_UNWRITABLE');
    expect(log.head.seq).toBe(1);
  });

  it('records the entries all the same when what is no entry cannot be written with them', async () => {
    const { db, log, states } = openLog();
    const fail = (): never => {
      db.prepare('INSERT INTO open_intent (seq) VALUES (70)').run();
      throw sqliteError('SQLITE_CORRUPT');
    };
    const answers = [log.append(draft('x')), log.write(fail), log.append(draft('y'))].map(codeOf);
    expect(await Promise.all(answers)).toEqual(['done', 'LEDGER_DAMAGED', 'done']);
    expect(db.prepare('SELECT seq FROM open_intent').pluck().all()).toEqual([1, 2]);
    expect(states).toEqual([]);
  });

  it('gives up no reserve for what is no entry', async () => {
    let released = 0;
    const { log } = openLog({ ...noReserve, release: () => (released += 1) > 0 }, (db) =>
      failFirstCommit(db, false, 'SQLITE_FULL'),
    );
    expect(await codeOf(log.write(() => {}))).toBe('LEDGER_UNWRITABLE');
    expect(released).toBe(0);
  });

  it('refuses when the disk does not answer at all', async () => {
    const { db, log, states } = openLog();
    db.close();
    expect(await codeOf(log.append(draft('x')))).toBe('LEDGER_UNWRITABLE');
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

describe('transact', () => {
  const tombstone = draft('x', { kind: 'retention.tombstone' });
  const put = (db: Sqlite): unknown => db.prepare('INSERT INTO open_intent (seq) VALUES (70)').run();
  /** What was asked for while `deed` waits: an intent and its outcome. */
  async function amid(log: Log, deed: () => EntryDraft | undefined) {
    await log.append(draft('before'));
    const outcome = draft('before', { kind: 'call.outcome', ref: 1 });
    return Promise.all([log.append(draft('x')), log.transact(deed), log.append(outcome)].map(codeOf));
  }

  it('does something and records it', async () => {
    const { db, log } = openLog();
    const deed = () => (put(db), tombstone);
    expect(await amid(log, deed)).toEqual(['done', 'done', 'done']);
    expect(db.prepare('SELECT seq FROM open_intent').pluck().all()).toEqual([2, 70]);
    expect(log.head.seq).toBe(4);
    expect(await log.transact(() => undefined)).toBe(undefined);
    expect(log.head.seq).toBe(4);
  });

  it.each([
    ['SQLITE_FULL', 'LEDGER_UNWRITABLE'],
    ['SQLITE_CORRUPT_VTAB', 'LEDGER_DAMAGED'],
    ['SQLITE_IOERR', 'LEDGER_UNWRITABLE'],
  ])('takes no entry with it when it fails, and gives up no reserve: %s', async (sqlite, fault) => {
    let released = 0;
    const { db, log, states } = openLog({ ...noReserve, release: () => (released += 1) > 0 });
    const deed = (): never => {
      put(db);
      throw sqliteError(sqlite);
    };
    expect(await amid(log, deed)).toEqual(['done', fault, 'done']);
    expect(db.prepare('SELECT seq FROM open_intent').pluck().all()).toEqual([2]);
    expect([released, states]).toEqual([0, []]);
    expect(await codeOf(log.append(draft('after')))).toBe('done');
    expect(db.prepare('SELECT seq FROM entry').pluck().all()).toEqual([1, 2, 3, 4]);
  });

  it('does nothing of which the entry cannot be made', async () => {
    const { db, log } = openLog();
    const deed = () => (put(db), { ...tombstone, tool: 1n as unknown as string });
    expect(await amid(log, deed)).toEqual(['done', 'BAD_INPUT', 'done']);
    expect(db.prepare('SELECT seq FROM open_intent').pluck().all()).toEqual([2]);
  });

  it('is refused while denials live on the reserve', async () => {
    let isRoom = false;
    const { db, log } = openLog({ release: () => false, take: () => isRoom, isSpent: () => true });
    expect(await codeOf(log.transact(() => (put(db), tombstone)))).toBe('LEDGER_UNWRITABLE');
    expect(db.prepare('SELECT count(*) FROM open_intent').pluck().get()).toBe(0);
    isRoom = true;
    expect(await codeOf(log.transact(() => (put(db), tombstone)))).toBe('done');
  });

  it('is refused after the close', async () => {
    const { db, log } = openLog();
    const waiting = codeOf(log.transact(() => (put(db), tombstone)));
    log.close();
    expect(await waiting).toBe('LEDGER_CLOSED');
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
