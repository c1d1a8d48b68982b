/**
 * What a verification asks of the file. Each row is asked for by every index it is in besides: a damaged page of one shows, and so does
 * one that was changed to hide a row from whoever counts by it.
 */
import { bodyTable } from './bodies.ts';
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
    const notes = storedNotes(db);
    return {
      end: db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0,
      claimed: db.prepare<[], number | null>(`SELECT max(size) FROM (${notes})`).pluck().get() ?? 0,
      notesOf: db.prepare<[number, number], StoredNote>(
        `SELECT size, note FROM (${notes}) WHERE size BETWEEN ? AND ? ORDER BY size`,
      ),
      calls: new OpenCheck(db),
      rows: db.prepare<[number, number, number], WalkedRow>(
        `SELECT ${rowColumns}, body.seq IS NOT NULL AS isKept, ${isIndexed(db)} AS isIndexed
         FROM entry LEFT JOIN ${bodyTable(db)} AS body ON body.seq = entry.seq
         WHERE entry.seq > ? AND entry.seq <= ? ORDER BY entry.seq LIMIT ?`,
      ),
    };
  } catch {
    return 'The file is damaged where it keeps its checkpoints or its open calls, or where it ends.';
  }
}

/** A file of an earlier version, open for reading only, has not all of the indexes. */
function isIndexed(db: Sqlite): string {
  const find = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?");
  const found = indexes.filter(([name]) => find.get(name) !== undefined);
  return found.map(([, hasIt]) => `(${hasIt})`).join(' AND ') || '1';
}

const indexes = [
  [
    'intent_at',
    `kind <> 'call.intent' OR EXISTS (SELECT 1 FROM entry AS same INDEXED BY intent_at
     WHERE same.kind = 'call.intent' AND same.at = entry.at AND same.seq = entry.seq)`,
  ],
  [
    'tombstone',
    `kind <> 'retention.tombstone' OR EXISTS (SELECT 1 FROM entry AS same INDEXED BY tombstone
     WHERE same.kind = 'retention.tombstone' AND same.seq = entry.seq)`,
  ],
  [
    'body_of_key',
    `body.seq IS NULL OR EXISTS (SELECT 1 FROM body AS same INDEXED BY body_of_key
     WHERE same.key = body.key AND same.seq = body.seq)`,
  ],
] as const;
