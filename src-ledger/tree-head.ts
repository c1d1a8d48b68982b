/**
 * Makes the checkpoint of everything recorded so far, has it signed when there is a signer, and stores it in the ledger.
 * The signer is the broker; what it answers counts only when it is a note of exactly the body it was sent.
 */
import { checkpointBody, originOf } from '../src-shared/merkle/checkpoint.ts';
import { parseNote } from '../src-shared/merkle/note.ts';
import { frontierBytes, rootOf } from '../src-shared/merkle/tree.ts';
import type { Sqlite } from './database.ts';
import type { Head } from './head.ts';
import { sha256 } from './sha256.ts';

/** Answers the signed note of a checkpoint body. Rejects when it cannot. */
export type SignCheckpoint = (body: string) => Promise<string>;

export interface TreeHead {
  readonly entries: number;
  readonly note: string;
  readonly isSigned: boolean;
}

export interface TreeHeadOptions {
  readonly db: Sqlite;
  /** Does this in a transaction, together with what else is written then: a tree head alone would cost a flush of its own. */
  readonly write: (store: () => void) => Promise<unknown>;
  readonly tenant: string;
  readonly device: string;
  readonly head: Head;
  readonly sign: SignCheckpoint | undefined;
}

export async function makeTreeHead({ db, write, tenant, device, head, sign }: TreeHeadOptions): Promise<TreeHead> {
  const { frontier, seq: entries } = head;
  const body = checkpointBody({ origin: originOf(tenant, device), size: entries, root: rootOf(frontier, sha256) });
  const last = db.prepare<[], string>('SELECT note FROM tree_head WHERE is_signed = 1').pluck().get();
  if (last !== undefined && parseNote(last)?.text === body) return { entries, note: last, isSigned: true };

  const signed = await sign?.(body).catch(() => undefined); // A broker that is down must not keep the tree head away.
  const isSigned = signed !== undefined && parseNote(signed)?.text === body;
  const note = isSigned ? signed : body;
  const stored = write(() => store(db, [isSigned ? 1 : 0, entries, note, frontierBytes(frontier)]));
  await stored.catch(() => {}); // A full or read-only disk, of which appends tell. The checkpoint is true all the same.
  return { entries, note, isSigned };
}

/** How many entries the last signed checkpoint in the file covers. */
export function signedSize(db: Sqlite): number {
  return db.prepare<[], number>('SELECT size FROM tree_head WHERE is_signed = 1').pluck().get() ?? 0;
}

/** Where checkpoints lie in the file: a question with their sizes and notes. One of an earlier version keeps not all that were signed. */
export function storedNotes(db: Sqlite): string {
  const last = 'SELECT size, note FROM tree_head';
  const hasAll = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'checkpoint'").get();
  return hasAll ? `${last} UNION SELECT size, note FROM checkpoint` : last;
}

function store(
  db: Sqlite,
  values: readonly [isSigned: number, size: number, note: string, frontier: Uint8Array],
): void {
  const [isSigned, size, note] = values;
  if (isSigned === 1 && size > 0) {
    db.prepare('INSERT OR IGNORE INTO checkpoint (size, note) VALUES (?, ?)').run(size, note);
  }
  db.prepare(
    `INSERT INTO tree_head (is_signed, size, note, frontier) VALUES (?, ?, ?, ?)
     ON CONFLICT (is_signed) DO UPDATE SET size = excluded.size, note = excluded.note, frontier = excluded.frontier
     WHERE excluded.size >= tree_head.size`,
  ).run(...values);
}
