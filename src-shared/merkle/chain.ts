/**
 * The checks every reader of a ledger makes, one entry after the other: the leaf, the chain, the order, and the root at the
 * size of a checkpoint. Nothing it is fed is trusted; the first problem is final, because all that follows hangs on it.
 */
import type { Checkpoint } from './checkpoint.ts';
import { emptyFrontier, grow, type Hash, leafHash, rootOf } from './tree.ts';

/** An entry as it was found: the text that was hashed, the leaf stored beside it, and the members the chain needs. */
export interface Found {
  readonly text: string;
  readonly leaf: string;
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
}

export interface BadEntry {
  readonly seq: number;
  readonly problem: string;
}

/** Where entries may be left out: nowhere, or before the first one found. */
type Gaps = 'none' | 'before';

export class ChainCheck {
  readonly #hash: Hash;
  readonly #gaps: Gaps;
  #last: { readonly seq: number; readonly at: string; readonly leaf: string } | undefined;
  #frontier = emptyFrontier;
  #entries = 0;

  constructor(hash: Hash, { gaps = 'none' }: { gaps?: Gaps } = {}) {
    this.#hash = hash;
    this.#gaps = gaps;
  }

  /** How many entries were in order. */
  get entries(): number {
    return this.#entries;
  }

  /** The position after the last entry that was in order. */
  get next(): number {
    return (this.#last?.seq ?? 0) + 1;
  }

  /** Takes the next entry. Answers what is wrong with it, if anything is. */
  add({ text, leaf, seq, at, prev }: Found): BadEntry | undefined {
    const bad = (problem: string): BadEntry => ({ seq, problem });
    const last = this.#last;
    if (seq < this.next) return { seq: this.next, problem: `In the place of entry ${this.next} is entry ${seq}.` };
    const mayFollow = this.#gaps === 'before' && !last;
    if (seq > this.next && !mayFollow) return { seq: this.next, problem: `Entry ${this.next} is missing.` };

    const computed = leafHash(new TextEncoder().encode(text), this.#hash);
    if (toHex(computed) !== leaf) return bad(`Entry ${seq} was changed: it does not give its leaf.`);
    if (seq === 1 && prev !== zeros) return bad('Entry 1 is not a first entry: it continues another ledger.');
    if (last?.seq === seq - 1 && prev !== last.leaf) {
      return bad(`Entry ${seq} does not continue entry ${seq - 1}: one of the two was changed or replaced.`);
    }
    if (last && at < last.at) return bad(`Entry ${seq} is older than the entry before it.`);

    this.#last = { seq, at, leaf };
    this.#entries += 1;
    if (this.#gaps === 'none') this.#frontier = grow(this.#frontier, computed, this.#hash);
    return undefined;
  }

  /** Holds the tree against a checkpoint of exactly its present size; one of another size says nothing yet. */
  against({ size, root }: Checkpoint): BadEntry | undefined {
    if (size !== this.#frontier.size || toHex(rootOf(this.#frontier, this.#hash)) === toHex(root)) return undefined;
    return { seq: size, problem: `The first ${size} entries are not those the checkpoint was made of.` };
  }
}

/** The `prev` of the first entry. */
export const zeros = '0'.repeat(64);

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexOf[byte];
  return text;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
