/**
 * Opens the SQLite file of a ledger, for its one writer or for a reader that leaves no trace. Trusts neither the file (it
 * may have been tampered with) nor the settings SQLite says it took: they are read back, and a wrong one is a fault.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../src-shared/fault.ts';
import { hasForeignPart } from './foreign-part.ts';
import { applicationId, formatVersion, schema } from './schema.ts';

export type Sqlite = Database.Database;

/** How this machine names a file so that SQLite can be told how to open it. Needs SQLITE_USE_URI=1 in the environment. */
export interface ReadPowers {
  readonly fileUrl: (path: string) => string;
  /** SQLite's file system layer without locks: `unix-none` or `win32-none`. */
  readonly locklessVfs: string;
}

/** Milliseconds to wait for a holder that is just ending. Its locks end with its process, however it dies. */
const lockWait = 800;

/**
 * Opens or makes the file for its only writer. Faults: LEDGER_LOCKED, LEDGER_UNWRITABLE, LEDGER_DAMAGED.
 *
 * In exclusive locking mode SQLite holds the lock from the first read to the close and keeps the index of the write-ahead
 * log in its own memory, so no other process can even look, and a kill leaves nothing behind that would have to be cleaned.
 */
export function openToWrite(file: string): Sqlite {
  return guarded(() => {
    const db = new Database(file, { timeout: lockWait });
    return settled(db, () => {
      set(db, 'locking_mode', 'EXCLUSIVE', 'exclusive');
      db.prepare('SELECT count(*) FROM sqlite_schema').get(); // Takes the lock, or says that another has it.
      set(db, 'journal_mode', 'WAL', 'wal');
      set(db, 'synchronous', 'FULL', 2); // Reopening a WAL file falls back to NORMAL in this build of SQLite.
      set(db, 'fullfsync', 1, 1); // Without it macOS leaves what it "synced" in the drive's cache.
      set(db, 'checkpoint_fullfsync', 1, 1);
      set(db, 'trusted_schema', 0, 0); // The file may hold triggers that are not ours.
      set(db, 'wal_autocheckpoint', 4000, 4000);
      set(db, 'secure_delete', 1, 1); // A body that is dropped, and a key, is not left in the file for whoever looks.
      db.exec('BEGIN IMMEDIATE');
      if (isNew(db)) {
        db.pragma(`application_id = ${applicationId}`);
        db.pragma(`user_version = ${formatVersion}`);
        db.exec(schema);
      }
      checkFormat(db);
      db.exec('COMMIT');
    });
  });
}

/** Adds what a file of an earlier version has not. Only once it was checked: a damaged one is left as evidence. */
export function complete(db: Sqlite): void {
  db.exec(schema);
}

/**
 * Opens the file of a ledger nobody is writing, without making, changing or locking anything, also where the folder is
 * read-only. Faults: LEDGER_MISSING, LEDGER_LOCKED, LEDGER_DAMAGED.
 */
export function openToRead(file: string, { fileUrl, locklessVfs }: ReadPowers): Sqlite {
  if (!existsSync(file)) {
    throw new Fault('LEDGER_MISSING', 'There is no ledger at this place.', 'Check the path of the file.');
  }
  return guarded(() => {
    probe(file);
    // A log left by a crash must be read with the file: no locks then, its index in memory, and nothing written because
    // the file is open for reading only. Without a log the file is all there is, and cannot change under a reader.
    const options = hasLog(`${file}-wal`) ? `vfs=${locklessVfs}` : 'immutable=1';
    const db = new Database(`${fileUrl(file)}?${options}`, { readonly: true });
    return settled(db, () => {
      set(db, 'locking_mode', 'EXCLUSIVE', 'exclusive');
      set(db, 'trusted_schema', 0, 0);
      set(db, 'query_only', 1, 1);
      checkFormat(db);
    });
  });
}

/**
 * Faults when a writer has the file. A reader that asks for the exclusive lock is told BUSY when another holds it, and
 * otherwise that it may not have the lock, before SQLite has touched anything.
 */
function probe(file: string): void {
  const db = new Database(file, { readonly: true, timeout: lockWait });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_BUSY')) throw error;
    // Any other answer is for the real opening to give again.
  } finally {
    db.close();
  }
}

/** Whether the write-ahead log holds a frame of its own header (SQLite file format, section 4.1): salts at 16 and at 32 + 8. */
function hasLog(path: string): boolean {
  if (!existsSync(path) || statSync(path).size < 56) return false;
  const start = Buffer.alloc(56);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, 56, 0);
  } finally {
    closeSync(file);
  }
  return start.subarray(16, 24).equals(start.subarray(40, 48));
}

function set(db: Sqlite, name: string, value: string | number, expected: string | number): void {
  db.pragma(`${name} = ${value}`);
  if (db.pragma(name, { simple: true }) !== expected) {
    throw new Fault(
      'LEDGER_UNWRITABLE',
      `The ledger could not be opened safely (${name}).`,
      'Report this to Bulkhead.',
    );
  }
}

function isNew(db: Sqlite): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function checkFormat(db: Sqlite): void {
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'entry'").pluck().get();
  if (db.pragma('application_id', { simple: true }) !== applicationId || (tables !== 1 && !isNew(db))) {
    throw damaged('This file is not a Bulkhead ledger.');
  }
  if (db.pragma('user_version', { simple: true }) !== formatVersion) {
    throw new Fault(
      'LEDGER_DAMAGED',
      'Another version of Bulkhead wrote this ledger.',
      'Use the version that wrote it.',
    );
  }
  if (hasForeignPart(db)) throw damaged(foreignPart);
}

function settled(db: Sqlite, prepare: () => void): Sqlite {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function guarded(open: () => Sqlite): Sqlite {
  try {
    return open();
  } catch (error) {
    throw error instanceof Fault ? error : openingFault(codeOf(error));
  }
}

/** What SQLite's name for a failure means for whoever opens a ledger. */
export function openingFault(code: string): Fault {
  if (code.startsWith('SQLITE_BUSY')) {
    return new Fault('LEDGER_LOCKED', 'Another Bulkhead has this ledger open.', 'Use that one, or stop it first.');
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_ERROR') {
    return damaged('The file of the ledger is damaged.');
  }
  return new Fault(
    'LEDGER_UNWRITABLE',
    `The ledger's file cannot be opened (${code}).`,
    'Check the free space and the permissions of its folder.',
  );
}

export const foreignPart = "A part was put into the file of the ledger that is not Bulkhead's.";

export const damaged = (message: string): Fault => new Fault('LEDGER_DAMAGED', message, damagedRemedy);

const damagedRemedy =
  'Keep the file as evidence; `bulkhead audit verify` says how far it is whole. Restore it from a backup, or move it away to begin a new ledger.';

/** SQLite's name for what went wrong, as the library puts it on its errors. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNKNOWN';
}
