/** The entries that say which policy was in force from when on, and their texts where these are there. */
import { appliedBy } from './applied-policy.ts';
import { readJson } from './canonical.ts';
import { type Checkpoint, tenantOf } from './checkpoint.ts';
import { checkEarlierPolicies, type CheckedTexts } from './earlier-policies.ts';
import { type Entry, entryOf } from './entry.ts';
import { changed } from './manifest.ts';
import { readPolicy } from './policy.ts';
import { isInTree, readHashes } from './proofs.ts';
import type { Bad, EvidenceVerdict } from './verdict.ts';
import { eachLine, type EntryLines } from './verify-entries.ts';

/**
 * Holds the entries of a bundle that put a policy in force against policies.jsonl, one after the other: both are in order, or
 * something else is wrong with them.
 */
export class PolicyEntries {
  /** The bundle leaves no entry out. */
  readonly areAll: boolean;
  readonly #listed: AsyncGenerator<number | undefined, undefined>;
  #areListed = true;

  /** `lines`: those of policies.jsonl. */
  constructor(areAll: boolean, lines: EntryLines) {
    this.areAll = areAll;
    this.#listed = seqsIn(lines);
  }

  async add(entry: Entry): Promise<void> {
    if (!this.#areListed || !appliedBy(entry)) return;
    let { value } = await this.#listed.next();
    while (!this.areAll && value !== undefined && value < entry.seq) ({ value } = await this.#listed.next());
    this.#areListed = value === entry.seq;
  }

  /** Whether each of them is listed, and, where they are all, no other. */
  async areListed(): Promise<boolean> {
    return this.#areListed && (!this.areAll || (await this.#listed.next()).done === true);
  }
}

/** The places of the entries in lines of policies.jsonl; undefined for a line that has none. */
async function* seqsIn(lines: EntryLines): AsyncGenerator<number | undefined, undefined> {
  for await (const line of eachLine(lines)) {
    const seq = (readJson(line) as { entry?: { seq?: unknown } | null } | null | undefined)?.entry?.seq;
    yield typeof seq === 'number' ? seq : undefined;
  }
  return undefined;
}

interface Enclosed {
  /** Those of policies.jsonl. */
  readonly lines: EntryLines;
  /** Those of earlier-policies.jsonl; undefined when it is not there. */
  readonly earlier: EntryLines | undefined;
  readonly checkpoint: Checkpoint;
  /** The text of policy.json; undefined when it is not there. */
  readonly text: string | undefined;
  readonly found: PolicyEntries;
}

interface CheckedPolicies extends CheckedTexts {
  readonly policy?: NonNullable<EvidenceVerdict['policy']>;
}

export async function checkPolicies({ lines, earlier, checkpoint, text, found }: Enclosed): Promise<CheckedPolicies> {
  const tenant = tenantOf(checkpoint);
  const policy = text === undefined ? undefined : readPolicy(text, tenant);
  let last: Entry | undefined;
  for await (const piece of lines()) {
    for (const line of piece) {
      const value = readJson(line) as { entry?: unknown; inclusion?: unknown } | null | undefined;
      const entry = entryOf(value?.entry);
      const proof = readHashes(value?.inclusion);
      if (!entry || !proof || entry.leaf !== entry.computed || !isInTree(entry, proof, checkpoint))
        return { bad: changed('policies.jsonl', "an entry of it is not in the device's tree", entry?.seq) };
      const bad = misplaced(entry, last, checkpoint);
      if (bad) return { bad };
      last = entry;
    }
  }
  if (!(await found.areListed()))
    return { bad: changed('policies.jsonl', 'it does not hold the entries that put a policy in force') };
  const texts = { applied: lines, texts: earlier, last: policy, tenant };
  if (text === undefined) return checkEarlierPolicies(texts);
  if (!policy)
    return { bad: changed('policy.json', "it is not signed by the company's key it names, or not alone in it") };
  const applied = last && appliedBy(last);
  if (applied?.version !== policy.version)
    return { bad: changed('policy.json', 'no entry says that it was in force at the end') };
  const isRecorded = 'sha256' in applied;
  if (isRecorded && applied.sha256 !== policy.sha256)
    return { bad: changed('policy.json', 'it is not the text that the ledger says was put in force') };
  return { policy: { version: policy.version, isRecorded }, ...(await checkEarlierPolicies(texts)) };
}

/** What an entry of `policies.jsonl` must be beyond being in the tree. */
function misplaced(entry: Entry, last: Entry | undefined, checkpoint: Checkpoint): Bad | undefined {
  const { seq } = entry;
  if (entry.tenant !== tenantOf(checkpoint) || !appliedBy(entry))
    return { seq, what: 'inserted', problem: `Entry ${seq} put no policy in force, and is in policies.jsonl.` };
  if (last && last.seq >= seq)
    return { seq, what: 'reordered', problem: `Entry ${seq} is not after entry ${last.seq} in policies.jsonl.` };
  return undefined;
}
