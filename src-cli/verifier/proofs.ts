/** That an entry is in the tree of the checkpoint: for each entry of a bundle that leaves some out, line by line. */
import type { FileHandle } from 'node:fs/promises';
import { readJson } from './canonical.ts';
import { bytesOf, type Checkpoint } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import type { Filter } from './filter.ts';
import { readLines } from './read-file.ts';
import type { Part } from './tar.ts';
import { isIncluded } from './tree.ts';
import { type EntryLines, verifyEntries, type Walked } from './verify-entries.ts';
import type { Claim } from './walk.ts';

export type Parts = ReadonlyMap<string, Part>;

interface Proven {
  readonly claim: Claim;
  readonly checkpoint: Checkpoint;
  readonly filter: Filter;
  /** Is told of each entry. */
  readonly policies: { add(entry: Entry): void };
}

export async function verifyProven(
  file: FileHandle,
  parts: Parts,
  { claim, checkpoint, filter, policies }: Proven,
): Promise<Walked> {
  if (!parts.has('proofs.jsonl'))
    return { entries: 0, firstBad: { seq: 0, what: 'missing', problem: 'The bundle has no proofs.jsonl.' } };
  const iterator = linesOf(file, parts.get('proofs.jsonl'))()[Symbol.asyncIterator]();
  let waiting: readonly string[] = [];
  let at = 0;
  /** As many proofs as entries are read, so that neither is ever held as a whole. */
  const paired: EntryLines = async function* () {
    for await (const piece of linesOf(file, parts.get('entries.jsonl'))()) {
      waiting = waiting.slice(at);
      at = 0;
      while (waiting.length < piece.length) {
        const more = await iterator.next();
        if (more.done) break;
        waiting = [...waiting, ...more.value];
      }
      yield piece;
    }
  };
  let isFirstWalk = true;
  const entryLines: EntryLines = () => {
    const all = isFirstWalk ? paired() : linesOf(file, parts.get('entries.jsonl'))();
    isFirstWalk = false;
    return all;
  };
  const walked = await verifyEntries(entryLines, claim, (entry) => {
    const proof = readProof(waiting[at] ?? '');
    at += 1;
    policies.add(entry);
    if (!proof || proof.seq !== entry.seq)
      return { seq: entry.seq, what: 'missing', problem: `The proof of entry ${entry.seq} is missing.` };
    if (isInTree(entry, proof.inclusion, checkpoint)) return filter.unasked(entry);
    return { seq: entry.seq, what: 'changed', problem: `Entry ${entry.seq} is not the one in the device's tree.` };
  });
  const isMore = async (): Promise<boolean> => at < waiting.length || !(await iterator.next()).done;
  if (walked.firstBad || !(await isMore())) return walked;
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
  if (!Array.isArray(value) || value.length > 64) return undefined;
  const hashes = value.map((each) => (typeof each === 'string' ? bytesOf(each) : undefined));
  return hashes.every((each) => each !== undefined) ? hashes : undefined;
}

/** The lines of a part, from the first on whenever they are asked for; none when it is not there. */
export function linesOf(file: FileHandle, part: Part | undefined): EntryLines {
  return async function* () {
    if (part) yield* readLines(file, part);
  };
}
