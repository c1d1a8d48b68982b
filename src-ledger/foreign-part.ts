/**
 * Whether the file of a ledger holds a part that is not ours. Whoever can write the file needs no key to put a trigger into it that
 * swallows rows, or a constraint that does, and every entry would be whole. What SQLite read of the file is held against what our own
 * schema makes; a file of an earlier version lacks parts, and none has others.
 */
import Database from 'better-sqlite3';
import { schema } from './schema.ts';

/** Its own name: `sqlite_schema` is another for it. */
const question = 'SELECT type, name, tbl_name, sql FROM sqlite_master';

let ours: readonly string[] | undefined;

export function hasForeignPart(db: Database.Database): boolean {
  const left = new Set((ours ??= partsOfOurs()));
  return !partsOf(db).every((part) => left.delete(part)); // One that is there twice is none of ours either.
}

function partsOfOurs(): string[] {
  const db = new Database(':memory:');
  try {
    db.exec(schema);
    return partsOf(db);
  } finally {
    db.close();
  }
}

const partsOf = (db: Database.Database): string[] =>
  db
    .prepare(question)
    .raw()
    .all()
    .map((row) => JSON.stringify(row));
