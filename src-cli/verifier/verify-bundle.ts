/** Checks an evidence bundle: the entries, the proofs that they are in the device's tree, and that the manifest names it all. */
import type { FileHandle } from 'node:fs/promises';
import { checkBodies } from './bodies.ts';
import { readJson } from './canonical.ts';
import { bytesOf, type Checkpoint, readCheckpoint, readKey, tenantOf } from './checkpoint.ts';
import type { Filter } from './filter.ts';
import { conflicting, type Given, judgeSignature, unprovable } from './judge.ts';
import { checkManifest, readManifest } from './manifest.ts';
import { checkPolicies, PolicyEntries } from './policies.ts';
import { longestProof, readHashes, verifyProven } from './proofs.ts';
import { readLines, readText } from './read-file.ts';
import type { Parts } from './tar.ts';
import { isConsistent } from './tree.ts';
import { type Bad, type EvidenceVerdict, verdictOf } from './verdict.ts';
import { eachLine, type EntryLines, verifyEntries, type Walked } from './verify-entries.ts';
import type { Claim, Gaps } from './walk.ts';

export async function verifyBundle(file: FileHandle, parts: Parts, given: Given): Promise<EvidenceVerdict> {
  const lines = (name: string): EntryLines =>
    async function* () {
      const part = parts.get(name);
      if (part) yield* readLines(file, part, isOfProofs(name) ? longestProof : undefined);
    };
  const text = async (name: string): Promise<string> => {
    const part = parts.get(name);
    return (part && (await readText(file, part))) ?? '';
  };
  const checkpoint = readCheckpoint(await text('checkpoint.txt'));
  const manifest = readManifest(await text('manifest.json'));
  if (!checkpoint || !manifest) {
    const problem = 'The bundle has no checkpoint or no manifest that can be read.';
    return verdictOf({ firstBad: { seq: 0, what: 'truncated', problem } });
  }
  const enclosed = (await text('keys.txt')).split('\n').flatMap((line) => readKey(line) ?? []);
  const own = given.key ?? enclosed.find(({ name }) => name === checkpoint.origin);
  const { signature: found, bad: badSignature } = judgeSignature(checkpoint, own);
  const signature = found === 'valid' && !given.key ? 'enclosed' : found;
  const conflict = badSignature ?? conflicting(checkpoint, given.kept);
  if (conflict) return verdictOf({ firstBad: conflict, signature });

  const { filter } = manifest;
  const { gaps } = filter;
  const consistency = await checkConsistency(lines('consistency.jsonl'), checkpoint, given.kept);
  const claim = {
    tenant: tenantOf(checkpoint),
    size: checkpoint.size,
    root: checkpoint.root,
    gaps,
    earlier: new Map(given.kept ? [...consistency.earlier, [given.kept.size, given.kept.root]] : consistency.earlier),
  };
  const policies = new PolicyEntries(gaps === 'none', lines('policies.jsonl'));
  const misplaced = misplacedProofs(gaps, parts);
  const { entries, firstBad, lastAt, lastClock } = misplaced
    ? { entries: 0, firstBad: misplaced }
    : await verifyAll(lines, { claim, checkpoint, filter, policies });
  const bodies =
    parts.has('bodies.jsonl') && !firstBad
      ? await checkBodies(lines('entries.jsonl'), lines('bodies.jsonl'))
      : undefined;
  const bad =
    firstBad ??
    consistency.bad ??
    (given.kept && consistency.earlier.has(given.kept.size) ? undefined : unprovable(checkpoint, given.kept, gaps)) ??
    bodies?.bad;
  const policy = parts.has('policy.json') ? await text('policy.json') : undefined;
  const earlier = parts.has('earlier-policies.jsonl') ? lines('earlier-policies.jsonl') : undefined;
  const checked: Awaited<ReturnType<typeof checkPolicies>> = bad
    ? { bad }
    : await checkPolicies({ lines: lines('policies.jsonl'), earlier, checkpoint, text: policy, found: policies });
  const last = checked.bad ?? (await checkManifest(file, parts, { manifest, checkpoint, entries }));
  const { policy: atEnd, policies: texts } = checked;
  const more = { covered: checkpoint.size, lastAt, lastClock, bodies: bodies?.bodies, policy: atEnd, policies: texts };
  return verdictOf({ entries, firstBad: last, signature, isComplete: gaps === 'none', isProven: true, ...more });
}

const isOfProofs = (name: string): boolean => name === 'proofs.jsonl' || name === 'consistency.jsonl';

/** Where entries are left out there are proofs, and only there: those of a whole bundle are the tree. */
function misplacedProofs(gaps: Gaps, parts: Parts): Bad | undefined {
  if (parts.has('proofs.jsonl') === (gaps !== 'none')) return undefined;
  if (gaps !== 'none') return { seq: 0, what: 'missing', problem: 'The bundle has no proofs.jsonl.' };
  return { seq: 0, what: 'inserted', problem: 'The bundle leaves nothing out, and has a proofs.jsonl.' };
}

function verifyAll(
  lines: (name: string) => EntryLines,
  proven: { claim: Claim; checkpoint: Checkpoint; filter: Filter; policies: PolicyEntries },
): Promise<Walked> {
  const { claim, policies } = proven;
  if (claim.gaps !== 'none') return verifyProven(lines('entries.jsonl'), lines('proofs.jsonl'), proven);
  return verifyEntries(lines('entries.jsonl'), claim, async (entry) => {
    await policies.add(entry);
    return undefined;
  });
}

/** Those the ledger repeats (docs/audit-format.md): each is held until the end. */
const mostEarlier = 500;

/** Earlier checkpoints, as the ledger repeats them, and what proves that this one continues them. */
async function checkConsistency(
  all: EntryLines,
  { size, root }: Checkpoint,
  kept: Checkpoint | undefined,
): Promise<{ earlier: Map<number, Buffer>; bad?: Bad }> {
  const earlier = new Map<number, Buffer>();
  let count = 0;
  for await (const line of eachLine(all)) {
    count += 1;
    if (count > mostEarlier) return { earlier, bad: tooMany };
    const value = readJson(line) as { size?: unknown; root?: unknown; proof?: unknown } | null | undefined;
    const oldRoot = typeof value?.root === 'string' ? bytesOf(value.root) : undefined;
    const proof = readHashes(value?.proof);
    const oldSize = Number.isSafeInteger(value?.size) ? (value?.size as number) : undefined;
    if (oldSize === undefined || !oldRoot || !proof || !isConsistent({ oldSize, oldRoot, size, root, proof })) {
      const problem = `The tree of ${oldSize ?? 'an unknown number of'} entries is not proven to be the beginning of this one.`;
      return { earlier, bad: { seq: oldSize ?? 0, what: 'forked', problem } };
    }
    earlier.set(oldSize, oldRoot);
    if (kept?.size === oldSize && !kept.root.equals(oldRoot)) {
      const problem = `The kept checkpoint of ${oldSize} entries is of others.`;
      return { earlier, bad: { seq: oldSize, what: 'forked', problem } };
    }
  }
  return { earlier };
}

const tooMany: Bad = {
  seq: 0,
  what: 'inserted',
  problem: `There are more than ${mostEarlier} earlier checkpoints in consistency.jsonl.`,
};
