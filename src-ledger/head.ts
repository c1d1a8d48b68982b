/** Where a ledger ends: its last entry, and the frontier of the tree of all entries. Read from the file, which is the truth. */
import { parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { toHex, zeros } from '../src-shared/merkle/chain.ts';
import { parseNote } from '../src-shared/merkle/note.ts';
import { emptyFrontier, type Frontier, frontierFrom, grow, rootOf } from '../src-shared/merkle/tree.ts';
import type { Sqlite } from './database.ts';
import { sha256 } from './sha256.ts';

export interface Head {
  readonly seq: number;
  /** RFC 3339 with milliseconds; empty before the first entry. */
  readonly at: string;
  readonly leaf: string;
  readonly frontier: Frontier;
}

/** The head on the disk. `known` saves the walk when the disk still ends where it did. */
export function readHead(db: Sqlite, known?: Head): Head {
  const last = db.prepare<[], EndRow>('SELECT seq, at, leaf FROM entry ORDER BY seq DESC LIMIT 1').get();
  const end = last ? { seq: last.seq, at: last.at, leaf: toHex(last.leaf) } : { seq: 0, at: '', leaf: zeros };
  if (known && known.seq === end.seq && known.leaf === end.leaf) return known;
  return { ...end, frontier: readFrontier(db) };
}

/** Grows the frontier of the last stored tree head by the leaves since: a thousand rows at a time, never all of them. */
export function readFrontier(db: Sqlite): Frontier {
  const rows = db.prepare<[number], { leaf: Uint8Array }>(
    'SELECT leaf FROM entry WHERE seq > ? ORDER BY seq LIMIT 1000',
  );
  let frontier = storedFrontier(db);
  for (;;) {
    const leaves = rows.all(frontier.size);
    for (const { leaf } of leaves) frontier = grow(frontier, leaf, sha256);
    if (leaves.length < 1000) return frontier;
  }
}

interface EndRow {
  readonly seq: number;
  readonly at: string;
  readonly leaf: Uint8Array;
}

/** A stored frontier counts only when it gives the root its own note states. */
function storedFrontier(db: Sqlite): Frontier {
  const row = db
    .prepare<[], { size: number; note: string; frontier: Uint8Array }>(
      'SELECT size, note, frontier FROM tree_head ORDER BY size DESC LIMIT 1',
    )
    .get();
  if (!row) return emptyFrontier;
  const frontier = frontierFrom(row.size, row.frontier);
  const stated = parseCheckpoint(parseNote(row.note)?.text ?? row.note);
  const isRight = frontier && stated?.size === row.size && toHex(rootOf(frontier, sha256)) === toHex(stated.root);
  return isRight ? frontier : emptyFrontier;
}
