/**
 * The checks of one entry after the other, in order (docs/audit-format.md, "Checking an export"). It keeps the last entry and
 * a hash for each bit of the tree's size, whatever the size of the ledger. The first trouble is final.
 */
import type { Entry } from './entry.ts';
import { Tree } from './tree.ts';
import type { Bad } from './verdict.ts';

/** Where entries may be left out: nowhere, before the first and after the last, or anywhere. */
export type Gaps = 'none' | 'ends' | 'anywhere';

export interface Claim {
  readonly tenant: string;
  readonly size: number;
  readonly root: Buffer;
  readonly gaps: Gaps;
  /** Roots of earlier trees, from whoever kept them: they narrow down where history was rewritten. */
  readonly earlier: ReadonlyMap<number, Buffer>;
}

/** What is wrong, or that only what follows can tell: an entry out of its place, or one that does not fit the one before. */
export type Trouble = Bad | 'misplaced' | 'broken';

export class Walk {
  readonly claim: Claim;
  #last: Entry | undefined;
  #tree: Tree;
  #beforeLast: Tree;
  #entries: number;

  /** Goes on where another stands, if one is given. */
  constructor(claim: Claim, from?: Walk) {
    this.claim = claim;
    this.#last = from?.last;
    this.#tree = new Tree(from && from.#tree);
    this.#beforeLast = new Tree(from && from.#beforeLast);
    this.#entries = from?.entries ?? 0;
  }

  /** How many entries were in order. */
  get entries(): number {
    return this.#entries;
  }

  get last(): Entry | undefined {
    return this.#last;
  }

  /** The position after the last entry. */
  get next(): number {
    return (this.#last?.seq ?? 0) + 1;
  }

  /** The tree before the last entry. */
  get beforeLast(): Tree {
    return this.#beforeLast;
  }

  /** Takes the next entry; undefined is a line that is none. Answers what is wrong with it. */
  add(entry: Entry | undefined): Trouble | undefined {
    const { tenant, size, gaps, earlier } = this.claim;
    const { next, last } = this;
    if (!entry) return bad(next, 'changed', `In the place of entry ${next} is something that is not an entry.`);
    const mayFollow = gaps === 'anywhere' || (gaps === 'ends' && !last);
    const place = mayFollow ? Math.max(entry.seq, next) : next;
    if (entry.computed !== entry.leaf)
      return bad(place, 'changed', `Entry ${place} was changed: it does not give its leaf.`);
    if (entry.tenant !== tenant) return bad(place, 'inserted', `Entry ${place} is of another company's ledger.`);
    if (entry.seq !== place) return 'misplaced';
    if (entry.seq > size)
      return bad(entry.seq, 'inserted', `Entry ${entry.seq} is not covered by the checkpoint, which ends at ${size}.`);
    if (entry.seq === next && entry.prev !== (last?.leaf ?? zeros)) return 'broken';
    if (last && entry.at < last.at)
      return bad(entry.seq, 'reordered', `Entry ${entry.seq} is older than the entry before it.`);

    this.#last = entry;
    this.#entries += 1;
    if (gaps !== 'none') return undefined;
    this.#beforeLast = new Tree(this.#tree);
    this.#tree.add(entry.leaf);
    const kept = earlier.get(entry.seq);
    if (!kept || kept.equals(this.#tree.root)) return undefined;
    return bad(entry.seq, 'forked', `The first ${entry.seq} entries are not those an earlier checkpoint was made of.`);
  }

  /** After the last entry: whether these are all that the checkpoint was made of. */
  end(): Bad | undefined {
    const { size, root, gaps } = this.claim;
    if (gaps !== 'none') return undefined;
    const { size: found } = this.#tree;
    if (found < size) return bad(found + 1, 'truncated', `Entries ${found + 1} to ${size} are missing at the end.`);
    if (this.#tree.root.equals(root)) return undefined;
    return bad(size, 'forked', `The ${size} entries are not those the checkpoint was made of.`);
  }
}

/** The `prev` of entry 1. */
const zeros = '0'.repeat(64);

const bad = (seq: number, what: Bad['what'], problem: string): Bad => ({ seq, what, problem });
