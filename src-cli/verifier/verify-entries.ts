/**
 * Walks the entries of an export and says where the evidence ends and why. What follows the first trouble is only looked at
 * to tell an entry that is gone from one that was moved, put in or replaced.
 */
import { type Entry, readEntry } from './entry.ts';
import { Tree } from './tree.ts';
import type { Bad } from './verdict.ts';
import { type Claim, Walk } from './walk.ts';

/** The lines of the entries, pieces of them at a time, from the first on whenever it is called. */
export type EntryLines = () => AsyncIterable<readonly string[]>;

/** The lines one by one. */
export async function* eachLine(all: EntryLines): AsyncGenerator<string, undefined> {
  for await (const piece of all()) yield* piece;
  return undefined;
}

export interface Walked {
  /** Entries that were in order. */
  readonly entries: number;
  readonly firstBad?: Bad;
  /** When the last of them was recorded, and what its clock said where it says so. */
  readonly lastAt?: string;
  readonly lastClock?: string | undefined;
}

/** `also` is asked of every entry that was in order so far. */
export async function verifyEntries(
  lines: EntryLines,
  claim: Claim,
  also: (entry: Entry) => Bad | undefined | Promise<Bad | undefined> = () => undefined,
): Promise<Walked> {
  const walk = new Walk(claim);
  for await (const piece of lines()) {
    for (const line of piece) {
      const entry = readEntry(line);
      const { entries } = walk;
      const trouble = walk.add(entry) ?? (entry && (await also(entry)));
      if (trouble === undefined) continue;
      if (typeof trouble === 'object') return { entries, firstBad: trouble };
      const diagnose = trouble === 'misplaced' ? misplaced : broken;
      return { entries, firstBad: await diagnose(entry as Entry, walk, lines) };
    }
  }
  const firstBad = walk.end();
  const { entries, last } = walk;
  return { entries, ...(firstBad ? { firstBad } : {}), ...(last ? { lastAt: last.at, lastClock: last.clock } : {}) };
}

/** An entry that is whole but not where it should be: is it one too many, or is one elsewhere or gone? */
async function misplaced({ seq }: Entry, { next, last, claim: { size } }: Walk, lines: EntryLines): Promise<Bad> {
  const inItsPlace = `In the place of entry ${next} is entry ${seq}`;
  if (seq === last?.seq) return { seq, what: 'inserted', problem: `There are two entries ${seq}.` };
  if (seq > size) return { seq: next, what: 'inserted', problem: `${inItsPlace}, which does not belong there.` };
  let isNextLater = seq < next;
  let count = 0;
  for await (const entry of after(lines, 0)) {
    isNextLater ||= entry?.seq === next;
    if (entry?.seq === seq) count += 1;
  }
  if (!isNextLater) return { seq: next, what: 'missing', problem: `Entry ${next} is missing.` };
  if (count > 1) return { seq: next, what: 'inserted', problem: `${inItsPlace}, which is there once more.` };
  return { seq: next, what: 'reordered', problem: `${inItsPlace}: entries were put in another order.` };
}

/** An entry whose `prev` is not the leaf of the entry before. */
async function broken(entry: Entry, walk: Walk, lines: EntryLines): Promise<Bad> {
  const { last, claim, beforeLast: before, entries } = walk;
  const { seq } = entry;
  const problem = last
    ? `Entry ${seq} does not continue entry ${last.seq}: two histories were put together.`
    : 'Entry 1 is not a first entry: it continues another ledger.';
  const forked: Bad = { seq, what: 'forked', problem };
  if (claim.gaps !== 'none' || !last) return forked;
  const changed = await replaced({ lines, passed: entries + 1, before, last, entry, root: claim.root });
  if (changed === undefined) return forked;
  return { seq: changed, what: 'changed', problem: `Entry ${changed} was changed, and its leaf with it.` };
}

interface Break {
  readonly lines: EntryLines;
  /** Lines up to and with that of `entry`. */
  readonly passed: number;
  /** The tree before `last`. */
  readonly before: Tree;
  readonly last: Entry;
  /** Its `prev` is not the leaf of `last`. */
  readonly entry: Entry;
  readonly root: Buffer;
}

/**
 * Which one of two entries that do not fit was replaced, if only one was: the tree has the checkpoint's root when that
 * one's leaf is taken from its neighbour's word for it.
 */
async function replaced({ lines, passed, before, last, entry, root }: Break): Promise<number | undefined> {
  let isFirst = true;
  const first = new Tree(before); // With `last` replaced.
  first.add(entry.prev);
  first.add(entry.leaf);
  const second = new Tree(before); // With `entry` replaced.
  second.add(last.leaf);
  let isNext = true;
  let leaf = entry.leaf;
  for await (const following of after(lines, passed)) {
    if (!following || following.computed !== following.leaf || (!isNext && following.prev !== leaf)) return undefined;
    if (isNext) {
      isFirst = following.prev === leaf;
      second.add(following.prev);
    }
    first.add(following.leaf);
    second.add(following.leaf);
    isNext = false;
    ({ leaf } = following);
  }
  if (isFirst && first.root.equals(root)) return last.seq;
  return !isNext && second.root.equals(root) ? entry.seq : undefined;
}

async function* after(lines: EntryLines, passed: number): AsyncGenerator<Entry | undefined> {
  let at = 0;
  for await (const piece of lines()) {
    for (const line of piece) {
      at += 1;
      if (at > passed) yield readEntry(line);
    }
  }
}
