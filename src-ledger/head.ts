/** Where a ledger ends: its last entry, and the frontier of the tree of all entries. Read from the file, which is the truth. */
import { parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { toHex, zeros } from '../src-shared/merkle/chain.ts';
import { parseNote, toBase64 } from '../src-shared/merkle/note.ts';
import { emptyFrontier, type Frontier, frontierFrom, grow, rootOf } from '../src-shared/merkle/tree.ts';
import type { LastSigned } from '../src-shared/model/last-signed.ts';
import { damaged, type Sqlite } from './database.ts';
import { sha256 } from './sha256.ts';

export interface Head {
  readonly seq: number;
  /** RFC 3339 with milliseconds; empty before the first entry. */
  readonly at: string;
  readonly leaf: string;
  readonly frontier: Frontier;
}

/** The head of a ledger that is only read. */
export function readHead(db: Sqlite): Head {
  return { ...readEnd(db), frontier: grown(db, storedFrontier(db)) };
}

/**
 * The head that a writer goes on from, and whether entries that were signed are gone. A frontier in the file counts only when it
 * leads to the root that the broker remembers: whoever writes entries anew writes that anew too. Throws LEDGER_DAMAGED when
 * nothing leads there.
 */
export function provenHead(db: Sqlite, signed: LastSigned | null): { head: Head; isCut: boolean } {
  if (!signed) return { head: readHead(db), isCut: false };
  const end = readEnd(db);
  const frontier = end.seq < signed.size ? undefined : frontierOf(db, signed);
  if (frontier) return { head: { ...end, frontier: grown(db, frontier) }, isCut: false };
  if (end.seq >= signed.size && !signed.isGivenUp) throw damaged('Entries that this device signed were changed.');
  return { head: { ...end, frontier: grown(db, emptyFrontier) }, isCut: true };
}

/** The head on the disk, grown from one that was there before. Throws LEDGER_DAMAGED when that is no longer there. */
export function headAfter(db: Sqlite, known: Head): Head {
  const end = readEnd(db);
  if (end.seq === known.seq && end.leaf === known.leaf) return known;
  if (end.seq <= known.seq) throw damaged(`Entry ${known.seq} is gone from the disk.`);
  return { ...end, frontier: grown(db, known.frontier) };
}

function readEnd(db: Sqlite): Omit<Head, 'frontier'> {
  const last = db.prepare<[], EndRow>('SELECT seq, at, leaf FROM entry ORDER BY seq DESC LIMIT 1').get();
  return last ? { seq: last.seq, at: last.at, leaf: toHex(last.leaf) } : { seq: 0, at: '', leaf: zeros };
}

interface EndRow {
  readonly seq: number;
  readonly at: string;
  readonly leaf: Uint8Array;
}

/** The frontier at the size of a checkpoint, if its root is that one. The walk is short when the file has one from near there. */
function frontierOf(db: Sqlite, { size, root }: LastSigned): Frontier | undefined {
  const near = db
    .prepare<[number], FrontierRow>('SELECT size, frontier FROM tree_head WHERE size <= ? ORDER BY size DESC LIMIT 1')
    .get(size);
  const from = near && frontierFrom(near.size, near.frontier);
  return [...(from ? [from] : []), emptyFrontier]
    .values()
    .map((each) => grown(db, each, size))
    .find((frontier) => toBase64(rootOf(frontier, sha256)) === root);
}

/** Grows a frontier by the leaves after it: a thousand rows at a time, never all of them. */
function grown(db: Sqlite, from: Frontier, to = Number.MAX_SAFE_INTEGER): Frontier {
  const rows = db.prepare<[number, number], { seq: number; leaf: Uint8Array }>(
    'SELECT seq, leaf FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 1000',
  );
  let frontier = from;
  for (;;) {
    const leaves = rows.all(frontier.size, to);
    for (const { seq, leaf } of leaves) {
      if (seq !== frontier.size + 1) throw damaged(`Entry ${frontier.size + 1} is missing.`);
      frontier = grow(frontier, leaf, sha256);
    }
    if (leaves.length < 1000) return frontier;
  }
}

interface FrontierRow {
  readonly size: number;
  readonly frontier: Uint8Array;
}

/** The last frontier in the file, when it gives the root its own note states: damage shows, tampering does not. */
function storedFrontier(db: Sqlite): Frontier {
  const row = db
    .prepare<[], FrontierRow & { readonly note: string }>(
      'SELECT size, note, frontier FROM tree_head ORDER BY size DESC LIMIT 1',
    )
    .get();
  if (!row) return emptyFrontier;
  const frontier = frontierFrom(row.size, row.frontier);
  const stated = parseCheckpoint(parseNote(row.note)?.text ?? row.note);
  const isRight = frontier && stated?.size === row.size && toHex(rootOf(frontier, sha256)) === toHex(stated.root);
  return isRight ? frontier : emptyFrontier;
}
