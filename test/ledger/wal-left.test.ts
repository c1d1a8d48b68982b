import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isLogDamaged } from '../../src-ledger/wal-check.ts';
import { fc } from '../fast-check.ts';
import { makeFolder } from './folder.ts';
import { draft, forkLedger } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';
import { commit, framesIn, insert, killed, looker, openLog, rowsWith } from './wal-log.ts';

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('commit' as const), rows: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('undo' as const), rows: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('fold' as const),
      mode: fc.constantFrom('PASSIVE', 'RESTART', 'TRUNCATE'),
    }),
  },
);

/** Commits, gives up what has spilled into the log by then, or folds the log in. */
function take(db: Database.Database, each: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
  if (each.does === 'fold') return void db.pragma(`wal_checkpoint(${each.mode})`);
  if (each.does === 'commit') return commit(db, each.rows);
  db.exec('BEGIN');
  insert(db, each.rows);
  db.exec('ROLLBACK');
}

const readLog = (file: string): Buffer => (existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0));

describe('isLogDamaged, of what a kill leaves', () => {
  it('finds nothing, whatever was written, given up and folded in before', { timeout: 120_000 }, () => {
    const isDamaged = looker();
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) => {
        const file = join(makeFolder(), 'some.db');
        const db = openLog(file);
        for (const each of steps) {
          take(db, each);
          expect(isDamaged(readLog(file))).toBe(false);
        }
        db.exec('BEGIN');
        insert(db, 50);
        expect(isDamaged(readLog(file))).toBe(false);
        db.close();
      }),
      { numRuns: 25 },
    );
  });

  it('finds nothing wherever the log ends', () => {
    const { log } = killed([3, 1, 6, 1, 9, 2]);
    const isDamaged = looker();
    for (let end = 0; end <= 40; end += 1) expect(isDamaged(log.subarray(0, end))).toBe(false);
    const places = [0, 1, 4, 8, 12, 16, 20, 23, 24, 25, 280, 535];
    for (const { from } of framesIn(log)) {
      for (const place of places) expect(isDamaged(log.subarray(0, from + place))).toBe(false);
    }
  });

  it('finds nothing where there is no log, none yet, or room that was never written', () => {
    const isDamaged = looker();
    expect(isLogDamaged(join(makeFolder(), 'none.db-wal'))).toBe(false);
    for (const length of [0, 31, 32, 36, 100_000]) expect(isDamaged(Buffer.alloc(length))).toBe(false);
  });

  it('finds nothing in the log of a ledger killed again and again', async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    let entries = 0;
    for (let killing = 1; killing <= 4; killing += 1) {
      const { control, open, end } = await forkLedger(folder);
      entries = Math.max(entries, (await open(file)).entries);
      const appending = Array.from({ length: 40 }, (_, at) => control.append(draft(`tool-${at}`)).catch(() => {}));
      await Promise.all(appending.slice(0, 10 * (killing - 1) + 1));
      await end('SIGKILL');
      expect(isLogDamaged(`${file}-wal`)).toBe(false);
    }
    const { ledger } = openForTest(file);
    expect(ledger.entries).toBeGreaterThanOrEqual(entries);
    expect(await ledger.verify(new AbortController().signal)).toMatchObject({ ok: true });
  });
});

/** What a power cut leaves of a commit: of each sector that it wrote, the old bytes or the new ones. */
function torn(before: Buffer, after: Buffer, isWritten: (sector: number) => boolean): Buffer {
  const log = Buffer.alloc(after.length);
  before.copy(log);
  for (let from = 0; from < log.length; from += sector) {
    if (isWritten(from / sector)) after.copy(log, from, from, from + sector);
  }
  return log;
}

const sector = 4096;

describe('isLogDamaged, of what a power cut leaves', () => {
  it('finds nothing in ends that were torn one over the other, and SQLite has all that was flushed', {
    timeout: 120_000,
  }, () => {
    const isDamaged = looker();
    const cut = fc.record({
      commits: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
      isFolded: fc.boolean(),
      tornRows: fc.integer({ min: 1, max: 200 }),
      written: fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }),
    });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 5 }), (cuts) => {
        let file = join(makeFolder(), 'some.db');
        for (const { commits, isFolded, tornRows, written } of cuts) {
          const db = openLog(file, 4096);
          for (const rows of commits) commit(db, rows);
          if (isFolded) db.pragma('wal_checkpoint(PASSIVE)');
          const rows = db.prepare<[], number>('SELECT count(*) FROM row').pluck().get() ?? 0;
          const after = join(makeFolder(), 'some.db');
          copyFileSync(file, after);
          const flushed = readLog(file);
          // The header of a log that is begun again is flushed by itself, before any frame.
          const begun = (log: Buffer): Buffer => Buffer.concat([log.subarray(0, 32), flushed.subarray(32)]);
          commit(db, tornRows);
          const log = torn(begun(readLog(file)), readLog(file), (at) => written[at % 64] === true);
          db.close();
          expect(isDamaged(log)).toBe(false);
          writeFileSync(`${after}-wal`, log);
          expect(rowsWith(after, log)).toBeGreaterThanOrEqual(rows);
          file = after;
        }
      }),
      { numRuns: 20 },
    );
  });
});
