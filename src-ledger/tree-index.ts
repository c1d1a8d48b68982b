/**
 * The Merkle tree of a ledger for whoever proves something by it. Nothing of it is on the disk: it is grown from the leaves
 * when first asked for, and keeps the nodes from 256 leaves upwards, which is about a megabyte for five million entries.
 */
import { split } from '../src-shared/merkle/proof.ts';
import { nodeHash } from '../src-shared/merkle/tree.ts';
import { damaged, type Sqlite } from './database.ts';
import { sha256 } from './sha256.ts';
import { turn } from './turn.ts';

/** Leaves below the lowest node that is kept: 2 to the power of `lowest`. */
const lowest = 8;
const chunk = 2 ** lowest;
/** Chunks at a time: a few milliseconds. */
const piece = 8;

export class TreeIndex {
  readonly #leavesFrom;
  /** `#levels[n]` holds the roots of the whole subtrees of 2 ** (lowest + n) leaves, from the left. */
  readonly #levels: Uint8Array[][] = [[]];
  /** The chunk that was asked for last: its leaves, and above them its whole subtrees. */
  #open: { readonly at: number; readonly levels: readonly (readonly Uint8Array[])[] } | undefined;

  constructor(db: Sqlite) {
    this.#leavesFrom = db
      .prepare<[number, number], Uint8Array>('SELECT leaf FROM entry WHERE seq > ? ORDER BY seq LIMIT ?')
      .pluck();
  }

  /** Takes in the leaves up to `size`. Needed before `subtree` is asked for any of them. */
  async grow(size: number, signal: AbortSignal): Promise<void> {
    this.#open = undefined; // It may have been the last one, and have grown since.
    while ((this.#chunks + 1) * chunk <= size) {
      const leaves = this.#leavesFrom.all(this.#chunks * chunk, piece * chunk);
      if (leaves.length < chunk) throw damaged('Entries of the ledger are missing.');
      for (let at = 0; at + chunk <= leaves.length; at += chunk) this.#add(leaves.slice(at, at + chunk));
      await turn();
      signal.throwIfAborted();
    }
  }

  /** The root of the subtree of the leaves `from` (inclusive) to `to` (exclusive), one that RFC 6962 speaks of. */
  subtree(from: number, to: number): Uint8Array {
    const count = to - from;
    const level = Math.log2(count);
    if (!Number.isInteger(level)) {
      const middle = from + split(count);
      return nodeHash(this.subtree(from, middle), this.subtree(middle, to), sha256);
    }
    const node =
      level < lowest
        ? this.#chunkOf(from)[level]?.[(from % chunk) / count]
        : this.#levels[level - lowest]?.[from / count];
    if (!node) throw damaged('Entries of the ledger are missing.');
    return node;
  }

  get #chunks(): number {
    return this.#levels[0]?.length ?? 0;
  }

  #add(leaves: readonly Uint8Array[]): void {
    let node = levelsOf(leaves)[lowest]?.[0];
    for (let level = 0; node; level += 1) {
      const nodes = (this.#levels[level] ??= []);
      nodes.push(node);
      const left = nodes.at(-2);
      node = nodes.length % 2 === 0 && left ? nodeHash(left, node, sha256) : undefined;
    }
  }

  #chunkOf(leaf: number): readonly (readonly Uint8Array[])[] {
    const at = Math.floor(leaf / chunk);
    if (this.#open?.at !== at) this.#open = { at, levels: levelsOf(this.#leavesFrom.all(at * chunk, chunk)) };
    return this.#open.levels;
  }
}

/** Whole subtrees over some leaves: the leaves, their pairs, and so on. */
function levelsOf(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const levels = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
    const next: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) {
      next.push(nodeHash(below[at] as Uint8Array, below[at + 1] as Uint8Array, sha256));
    }
    levels.push(next);
  }
  return levels;
}
