/** That an entry is in the tree of the checkpoint: for each entry of a bundle that leaves some out, line by line. */
import { readJson } from './canonical.ts';
import { bytesOf, type Checkpoint } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import type { Filter } from './filter.ts';
import { isIncluded } from './tree.ts';
import { eachLine, type EntryLines, verifyEntries, type Walked } from './verify-entries.ts';
import type { Claim } from './walk.ts';

interface Proven {
  readonly claim: Claim;
  readonly checkpoint: Checkpoint;
  readonly filter: Filter;
  /** Is told of each entry. */
  readonly policies: { add(entry: Entry): Promise<void> };
}

/** A proof has at most so many hashes: no tree is higher. */
const longestPath = 64;
/** Bytes of a line with one proof: three thousand as it is written, and some for who writes it otherwise. */
export const longestProof = 16 * 1024;

/** One proof is read for each entry, when it is its turn: neither is ever held as a whole. */
export async function verifyProven(
  entries: EntryLines,
  proofs: EntryLines,
  { claim, checkpoint, filter, policies }: Proven,
): Promise<Walked> {
  const lines = eachLine(proofs);
  const walked = await verifyEntries(entries, claim, async (entry) => {
    const next = await lines.next();
    const proof = next.done ? undefined : readProof(next.value);
    await policies.add(entry);
    if (!proof || proof.seq !== entry.seq)
      return { seq: entry.seq, what: 'missing', problem: `The proof of entry ${entry.seq} is missing.` };
    if (isInTree(entry, proof.inclusion, checkpoint)) return filter.unasked(entry);
    return { seq: entry.seq, what: 'changed', problem: `Entry ${entry.seq} is not the one in the device's tree.` };
  });
  if (walked.firstBad || (await lines.next()).done) return walked;
  return { ...walked, firstBad: { seq: 0, what: 'inserted', problem: 'There are more proofs than entries.' } };
}

export function isInTree(entry: Entry, proof: readonly Buffer[], { size, root }: Checkpoint): boolean {
  return isIncluded({ index: entry.seq - 1, leaf: Buffer.from(entry.computed, 'hex'), size, root, proof });
}

function readProof(line: string): { seq: unknown; inclusion: Buffer[] } | undefined {
  const value = readJson(line) as { seq?: unknown; inclusion?: unknown } | null | undefined;
  const inclusion = readHashes(value?.inclusion);
  return inclusion && { seq: value?.seq, inclusion };
}

/** The hashes of a JSON value; undefined for any other. */
export function readHashes(value: unknown): Buffer[] | undefined {
  if (!Array.isArray(value) || value.length > longestPath) return undefined;
  const hashes = value.map((each) => (typeof each === 'string' ? bytesOf(each) : undefined));
  return hashes.every((each) => each !== undefined) ? hashes : undefined;
}
