/** Write-ahead logs as SQLite leaves them, and their frames as its file format says. For tests. */
import { closeSync, copyFileSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { isLogDamaged } from '../../src-ledger/wal-check.ts';
import { makeFolder } from './folder.ts';

/** A database with the settings of a ledger's, pages of any size, and no checkpoint unless it is asked for. */
export function openLog(file: string, pageSize = 512): Database.Database {
  const db = new Database(file);
  db.pragma(`page_size = ${pageSize}`);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('cache_size = 10'); // A longer transaction spills into the log before its end.
  db.exec('CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  return db;
}

export function insert(db: Database.Database, rows: number): void {
  const add = db.prepare('INSERT INTO row (text) VALUES (?)');
  for (let row = 0; row < rows; row += 1) add.run('text '.repeat(20 + row));
}

/** One commit of so many rows. */
export const commit = (db: Database.Database, rows: number): void => db.transaction(() => insert(db, rows))();

/** What a kill leaves after some commits: the file, and its log. */
export function killed(commits: readonly number[], pageSize = 512): { file: string; log: Buffer } {
  const live = join(makeFolder(), 'live.db');
  const db = openLog(live, pageSize);
  for (const rows of commits) commit(db, rows);
  const file = join(makeFolder(), 'killed.db');
  copyFileSync(live, file);
  const log = readFileSync(`${live}-wal`);
  db.close();
  return { file, log };
}

/** How many rows SQLite finds in a file with a log. */
export function rowsWith(file: string, log: Buffer): number {
  const copy = join(makeFolder(), 'copy.db');
  copyFileSync(file, copy);
  writeFileSync(`${copy}-wal`, log);
  const db = new Database(copy);
  const isThere = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'row'").pluck().get();
  const rows = isThere ? db.prepare<[], number>('SELECT count(*) FROM row').pluck().get() : 0;
  db.close();
  return rows ?? 0;
}

/** Asks of one log after the other, in one file. */
export function looker(): (log: Uint8Array) => boolean {
  const path = join(makeFolder(), 'some.db-wal');
  const file = openSync(path, 'w');
  onTestFinished(() => closeSync(file));
  return (log) => {
    ftruncateSync(file, log.length);
    writeSync(file, log, 0, log.length, 0);
    return isLogDamaged(path);
  };
}

interface Frame {
  readonly from: number;
  readonly to: number;
  readonly endsCommit: boolean;
  /** Not left over from before the log was begun again. */
  readonly isOfLog: boolean;
}

export function framesIn(log: Buffer): Frame[] {
  const length = 24 + log.readUInt32BE(8);
  return Array.from({ length: Math.floor((log.length - 32) / length) }, (_, index) => {
    const from = 32 + index * length;
    const isOfLog = log.subarray(16, 24).equals(log.subarray(from + 8, from + 16));
    return { from, to: from + length, endsCommit: log.readUInt32BE(from + 4) !== 0, isOfLog };
  });
}

/** The frame that ends each commit. */
export const commitsIn = (log: Buffer): Frame[] =>
  framesIn(log).filter(({ isOfLog, endsCommit }) => isOfLog && endsCommit);

/** Where the last commit begins, in bytes. */
export const lastCommit = (log: Buffer): number => commitsIn(log).at(-2)?.to ?? 32;

export function flip(log: Buffer, bit: number): void {
  const at = Math.floor(bit / 8);
  log.writeUInt8(log.readUInt8(at) ^ (1 << (bit % 8)), at);
}
