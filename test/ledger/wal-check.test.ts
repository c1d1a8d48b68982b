import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';
import { commit, commitsIn, flip, framesIn, insert, killed, lastCommit, looker, openLog, rowsWith } from './wal-log.ts';

const commits = [3, 1, 6, 1, 1, 9, 1, 2, 4];
const rows = commits.reduce((sum, each) => sum + each);

const headerBits = Array.from({ length: 32 * 8 }, (_, bit) => bit);

/** Every bit of every header, and one of every byte of every page. */
function* bitsOf(log: Buffer): Generator<number> {
  yield* headerBits;
  for (const { from, to } of framesIn(log)) {
    for (let bit = from * 8; bit < (from + 24) * 8; bit += 1) yield bit;
    for (let byte = from + 24; byte < to; byte += 1) yield byte * 8 + (byte % 8);
  }
}

/** Of those the headers', and of pages one in 37. */
const fewOf = (log: Buffer, until: number): IteratorObject<number> => {
  const length = 24 + log.readUInt32BE(8);
  return bitsOf(log).filter((bit) => {
    const byte = Math.floor(bit / 8);
    return byte < until && ((byte - 32) % length < 24 || byte % 37 === 0);
  });
};

/** Those whose flip is not found. */
function unseen(log: Buffer, bits: Iterable<number>): number[] {
  const isDamaged = looker();
  const found: number[] = [];
  for (const bit of bits) {
    flip(log, bit);
    if (!isDamaged(log)) found.push(bit);
    flip(log, bit);
  }
  return found;
}

/** The same log as a machine of the other byte order writes it. */
function turned(log: Buffer): Buffer {
  const other = Buffer.from(log);
  other.writeUInt32BE(log.readUInt32BE(0) ^ 1, 0);
  const isLittle = other.readUInt32BE(0) === 0x377f0682;
  let sum: readonly [number, number] = [0, 0];
  const add = (from: number, to: number): void => {
    let [first, second] = sum;
    for (let at = from; at < to; at += 8) {
      first = (first + (isLittle ? other.readUInt32LE(at) : other.readUInt32BE(at)) + second) >>> 0;
      second = (second + (isLittle ? other.readUInt32LE(at + 4) : other.readUInt32BE(at + 4)) + first) >>> 0;
    }
    sum = [first, second];
  };
  const store = (at: number): void => void other.writeUInt32BE(sum[1], other.writeUInt32BE(sum[0], at));
  add(0, 24);
  store(24);
  for (const { from, to } of framesIn(other)) {
    add(from, from + 8);
    add(from + 24, to);
    store(from + 16);
  }
  return other;
}

describe('isLogDamaged, of one flipped bit', () => {
  it('finds it wherever it is but in the last commit, of which SQLite itself has all others then', () => {
    const { file, log } = killed(commits);
    const last = lastCommit(log) * 8;
    expect(commitsIn(log).length).toBe(commits.length + 1);
    const missed = unseen(log, bitsOf(log));
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.filter((bit) => bit < last)).toEqual([]);
    for (const bit of missed.filter((_, at) => at % 400 === 0)) {
      const flipped = Buffer.from(log);
      flip(flipped, bit);
      expect(rowsWith(file, flipped)).toBe(rows - (commits.at(-1) ?? 0));
    }
  });

  it('finds it in the last commit too as soon as one frame goes on from it', () => {
    const { log } = killed(commits);
    const last = lastCommit(log);
    const begun = log.subarray(0, last + 536);
    expect(unseen(begun, fewOf(begun, last))).toEqual([]);
  });

  it('finds it in what says that a commit ends, whichever commit is the last but one', () => {
    const { log } = killed(Array.from({ length: 60 }, () => 1));
    const ends = commitsIn(log);
    const pages = ends.map(({ from }) => log.readUInt32BE(from + 4));
    expect(pages.filter((count) => Math.log2(count) % 1 === 0).length).toBeGreaterThan(2); // One bit makes these 0.
    for (const [at, { to }] of ends.slice(1).entries()) {
      const before = (ends[at]?.from ?? 0) * 8;
      const bits = Array.from({ length: 24 * 8 }, (_, bit) => before + bit);
      expect(unseen(Buffer.from(log.subarray(0, to)), bits)).toEqual([]);
    }
  });

  it('finds it in the header of a log of one commit: SQLite ignores the whole log then', () => {
    const { file, log } = killed([]);
    const flipped = Buffer.from(log);
    flip(flipped, 9 * 8);
    expect([rowsWith(file, log), unseen(log, headerBits)]).toEqual([0, []]);
    expect(framesIn(log).length).toBeGreaterThan(0);
  });

  it.each([1024, 4096, 65_536])('finds it with pages of %i bytes', (pageSize) => {
    const { log } = killed([2, 5, 1], pageSize);
    expect(
      unseen(
        log,
        fewOf(log, lastCommit(log)).filter((bit) => pageSize < 65_536 || bit % 50 === 0),
      ),
    ).toEqual([]);
  });

  it('finds it in the log of a ledger', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    for (let entry = 0; entry < 5; entry += 1) await ledger.append(draft(`tool-${entry}`));
    const log = readFileSync(`${file}-wal`);
    expect(looker()(log)).toBe(false);
    expect(unseen(log, fewOf(log, lastCommit(log)))).toEqual([]);
  });

  it('finds it in a log of the other byte order, which SQLite reads as well', () => {
    const { file, log } = killed(commits);
    const other = turned(log);
    expect([looker()(other), rowsWith(file, other)]).toEqual([false, rows]);
    expect(unseen(other, fewOf(other, lastCommit(other)))).toEqual([]);
  });

  it('finds it in front of old frames, and does not mind it in them', () => {
    const file = join(makeFolder(), 'some.db');
    const db = openLog(file);
    commit(db, 12);
    db.pragma('wal_checkpoint(RESTART)');
    for (const each of [1, 2, 1]) commit(db, each);
    insert(db, 1);
    const log = readFileSync(`${file}-wal`);
    db.close();
    const old = framesIn(log).find(({ isOfLog }) => !isOfLog)?.from ?? 0;
    expect(old).toBeGreaterThan(lastCommit(log));
    expect(unseen(log, fewOf(log, lastCommit(log)))).toEqual([]);
    const inOld = [...fewOf(log, log.length)].filter((bit) => bit >= old * 8);
    expect(unseen(log, inOld)).toEqual(inOld);
  });
});

describe('isLogDamaged, of larger damage', () => {
  it('finds any sector of zeros in front of a commit that another goes on from', () => {
    const { log } = killed(commits);
    const isDamaged = looker();
    const last = commitsIn(log).at(-3)?.to ?? 0;
    for (let from = 0; from + 512 <= last; from += 64) {
      const zeroed = Buffer.from(log).fill(0, from, from + 512);
      expect([from, isDamaged(zeroed)]).toEqual([from, true]);
    }
  });
});
