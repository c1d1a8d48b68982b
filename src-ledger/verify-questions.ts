/**
 * What a verification asks of the file. Each row is asked for by every index it is in besides: a damaged page of one shows, and so does
 * one that was changed to hide a row from whoever counts by it.
 */
import { bodyTable, keyTable } from './bodies.ts';
import { foreignPart, type Sqlite } from './database.ts';
import { hasForeignPart } from './foreign-part.ts';
import { OpenCheck } from './open-check.ts';
import { type Row, rowColumns } from './rows.ts';
import { storedNotes } from './tree-head.ts';

export interface WalkedRow extends Row {
  /** Whether there is a body of it. */
  readonly isKept: number;
  /** Whether each index it is in has it. */
  readonly isIndexed: number;
}

export interface StoredNote {
  readonly size: number;
  readonly note: unknown;
}

/** What is asked while walking, and where the walk ends; what is wrong with a file that does not even say that. */
export function questionsOf(db: Sqlite) {
  try {
    if (hasForeignPart(db)) return foreignPart;
    readEmpty(db);
    const notes = storedNotes(db);
    return {
      end: db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0,
      claimed: db.prepare<[], number | null>(`SELECT max(size) FROM (${notes})`).pluck().get() ?? 0,
      notesOf: db.prepare<[number, number], StoredNote>(
        `SELECT size, note FROM (${notes}) WHERE size BETWEEN ? AND ? ORDER BY size`,
      ),
      calls: new OpenCheck(db),
      rows: db.prepare<[number, number, number], WalkedRow>(
        `SELECT ${rowColumns}, ${isKept} AS isKept, ${isIndexed(db)} AS isIndexed
         FROM entry LEFT JOIN ${bodyTable(db)} AS body ON body.seq = entry.seq
         WHERE entry.seq > ? AND entry.seq <= ? ORDER BY entry.seq LIMIT ?`,
      ),
    };
  } catch {
    return 'The file is damaged beside its entries: where it keeps checkpoints, open calls or keys, finds entries, or ends.';
  }
}

/** The end of a long body lies on a page of its own, which is read for this alone. */
const isKept = 'body.seq IS NOT NULL AND substr(body.sealed, -1) IS NOT NULL';

/** Reads what no row of the walk leads to: indexes that may have nothing in them, and the keys of bodies. */
function readEmpty(db: Sqlite): void {
  for (const [, first] of indexesOf(db)) db.prepare(first).get();
  db.prepare(`SELECT max(id), max(length(wrapped)) FROM ${keyTable(db)}`).get();
}

const isIndexed = (db: Sqlite): string =>
  indexesOf(db)
    .map(([, , hasIt]) => `(${hasIt})`)
    .join(' AND ') || '1';

/** A file of an earlier version, open for reading only, has not all of them. */
function indexesOf(db: Sqlite) {
  const find = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?");
  return indexes.filter(([name]) => find.get(name) !== undefined);
}

/** Its name, a question for the first row in it, and whether it has the row that is walked over. */
const indexes = [
  [
    'intent_at',
    "SELECT seq FROM entry INDEXED BY intent_at WHERE kind = 'call.intent' AND at > '' LIMIT 1",
    `kind <> 'call.intent' OR EXISTS (SELECT 1 FROM entry AS same INDEXED BY intent_at
     WHERE same.kind = 'call.intent' AND same.at = entry.at AND same.seq = entry.seq)`,
  ],
  [
    'tombstone',
    "SELECT seq FROM entry INDEXED BY tombstone WHERE kind = 'retention.tombstone' AND seq > 0 LIMIT 1",
    `kind <> 'retention.tombstone' OR EXISTS (SELECT 1 FROM entry AS same INDEXED BY tombstone
     WHERE same.kind = 'retention.tombstone' AND same.seq = entry.seq)`,
  ],
  [
    'body_of_key',
    'SELECT seq FROM body INDEXED BY body_of_key WHERE key > 0 LIMIT 1',
    `body.seq IS NULL OR EXISTS (SELECT 1 FROM body AS same INDEXED BY body_of_key
     WHERE same.key = body.key AND same.seq = body.seq)`,
  ],
] as const;
