/** Checks an evidence bundle: the entries, the proofs that they are in the device's tree, and that the manifest names it all. */
import type { FileHandle } from 'node:fs/promises';
import { checkBodies } from './bodies.ts';
import { readJson } from './canonical.ts';
import { bytesOf, type Checkpoint, readCheckpoint, readKey } from './checkpoint.ts';
import { type Entry, readEntry } from './entry.ts';
import { conflicting, gapsOf, type Given, judgeSignature, tenantOf, unprovable } from './judge.ts';
import { readPolicy } from './policy.ts';
import { hashOf, readLines, readText } from './read-file.ts';
import type { Part } from './tar.ts';
import { isConsistent, isIncluded } from './tree.ts';
import type { Bad, EvidenceVerdict } from './verdict.ts';
import { type EntryLines, verifyEntries } from './verify-entries.ts';
import type { Gaps } from './walk.ts';

type Parts = ReadonlyMap<string, Part>;

export async function verifyBundle(file: FileHandle, parts: Parts, given: Given): Promise<EvidenceVerdict> {
  const text = async (name: string): Promise<string> => {
    const part = parts.get(name);
    return (part && (await readText(file, part))) ?? '';
  };
  const checkpoint = readCheckpoint(await text('checkpoint.txt'));
  const manifest = readManifest(await text('manifest.json'));
  if (!checkpoint || !manifest) {
    const problem = 'The bundle has no checkpoint or no manifest that can be read.';
    return verdict({ entries: 0, firstBad: { seq: 0, what: 'truncated', problem }, signature: 'none' });
  }
  const enclosed = (await text('keys.txt')).split('\n').flatMap((line) => readKey(line) ?? []);
  const own = given.key ?? enclosed.find(({ name }) => name === checkpoint.origin);
  const { signature: found, bad: badSignature } = judgeSignature(checkpoint, own);
  const signature = found === 'valid' && !given.key ? 'enclosed' : found;
  const conflict = badSignature ?? conflicting(checkpoint, given.kept);
  if (conflict) return verdict({ entries: 0, firstBad: conflict, signature });

  const { gaps } = manifest;
  const consistency = await checkConsistency(lines(file, parts.get('consistency.jsonl')), checkpoint, given.kept);
  const claim = {
    tenant: tenantOf(checkpoint),
    size: checkpoint.size,
    root: checkpoint.root,
    gaps,
    earlier: new Map(given.kept ? [...consistency.earlier, [given.kept.size, given.kept.root]] : consistency.earlier),
  };
  const { entries, firstBad } =
    gaps === 'none'
      ? await verifyEntries(lines(file, parts.get('entries.jsonl')), claim)
      : await verifyProven(file, parts, { claim, checkpoint });
  const bodies = parts.has('bodies.jsonl') && !firstBad ? await bodiesOf(file, parts) : undefined;
  const bad =
    firstBad ??
    consistency.bad ??
    (given.kept && consistency.earlier.has(given.kept.size) ? undefined : unprovable(checkpoint, given.kept, gaps)) ??
    bodies?.bad ??
    (await checkPolicies(file, parts, checkpoint)) ??
    (await checkManifest(file, parts, manifest.files)) ??
    (manifest.entries === entries ? undefined : changed('manifest.json', 'another number of entries is there'));
  return verdict({ entries, firstBad: bad, signature, gaps, bodies: bodies?.bodies });
}

const bodiesOf = (file: FileHandle, parts: Parts) =>
  checkBodies(lines(file, parts.get('entries.jsonl')), lines(file, parts.get('bodies.jsonl')));

interface Found {
  readonly entries: number;
  readonly firstBad: Bad | undefined;
  readonly signature: EvidenceVerdict['signature'];
  readonly gaps?: Gaps;
  readonly bodies?: EvidenceVerdict['bodies'] | undefined;
}

interface Manifest {
  readonly gaps: Gaps;
  readonly entries: number;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

function readManifest(text: string): Manifest | undefined {
  const value = readJson(text.trim()) as Record<string, unknown> | null | undefined;
  if (value?.['format'] !== 'bulkhead-evidence' || value['v'] !== 1 || !Array.isArray(value['files'])) return undefined;
  const gaps = gapsOf(value['filter']);
  return gaps && { gaps, entries: Number(value['entries']), files: value['files'] as Manifest['files'] };
}

/** Entries of a bundle that leaves some out: each with its own proof, line by line. */
async function verifyProven(
  file: FileHandle,
  parts: Parts,
  { claim, checkpoint }: { claim: Parameters<typeof verifyEntries>[1]; checkpoint: Checkpoint },
): Promise<{ entries: number; firstBad?: Bad }> {
  const proofs = lines(file, parts.get('proofs.jsonl'))();
  const iterator = proofs[Symbol.asyncIterator]();
  let waiting: readonly string[] = [];
  let at = 0;
  /** As many proofs as entries are read, so that neither is ever held as a whole. */
  const paired: EntryLines = async function* () {
    for await (const piece of lines(file, parts.get('entries.jsonl'))()) {
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
    const all = isFirstWalk ? paired() : lines(file, parts.get('entries.jsonl'))();
    isFirstWalk = false;
    return all;
  };
  return verifyEntries(entryLines, claim, (entry) => {
    const proof = readProof(waiting[at] ?? '');
    at += 1;
    if (!proof || proof.seq !== entry.seq)
      return { seq: entry.seq, what: 'missing', problem: `The proof of entry ${entry.seq} is missing.` };
    return isInTree(entry, proof.inclusion, checkpoint)
      ? undefined
      : { seq: entry.seq, what: 'changed', problem: `Entry ${entry.seq} is not the one in the device's tree.` };
  });
}

function isInTree(entry: Entry, proof: readonly Buffer[], { size, root }: Checkpoint): boolean {
  return isIncluded({ index: entry.seq - 1, leaf: Buffer.from(entry.computed, 'hex'), size, root, proof });
}

/** Earlier checkpoints, as the ledger repeats them, and what proves that this one continues them. */
async function checkConsistency(
  all: EntryLines,
  { size, root }: Checkpoint,
  kept: Checkpoint | undefined,
): Promise<{ earlier: Map<number, Buffer>; bad?: Bad }> {
  const earlier = new Map<number, Buffer>();
  for await (const piece of all()) {
    for (const line of piece) {
      const value = readJson(line) as { size?: unknown; root?: unknown; proof?: unknown } | null | undefined;
      const oldRoot = typeof value?.root === 'string' ? bytesOf(value.root) : undefined;
      const proof = readHashes(value?.proof);
      const oldSize = Number(value?.size);
      if (!oldRoot || !proof || !isConsistent({ oldSize, oldRoot, size, root, proof })) {
        const problem = `The tree of ${oldSize} entries is not proven to be the beginning of this one.`;
        return { earlier, bad: { seq: oldSize, what: 'forked', problem } };
      }
      earlier.set(oldSize, oldRoot);
      if (kept?.size !== oldSize) continue;
      if (!kept.root.equals(oldRoot))
        return {
          earlier,
          bad: { seq: oldSize, what: 'forked', problem: `The kept checkpoint of ${oldSize} entries is of others.` },
        };
    }
  }
  return { earlier };
}

/** Entries that say which policy was in force from when on, and the last one's text where it is there. */
async function checkPolicies(file: FileHandle, parts: Parts, checkpoint: Checkpoint): Promise<Bad | undefined> {
  let applied: Applied = {};
  const part = parts.get('policy.json');
  const policy = part && readPolicy((await readText(file, part)) ?? '', tenantOf(checkpoint));
  if (part && !policy) return changed('policy.json', "it is not signed by the company's key it names");
  for await (const piece of lines(file, parts.get('policies.jsonl'))()) {
    for (const line of piece) {
      const value = readJson(line) as { entry?: { params?: Applied }; inclusion?: unknown } | null | undefined;
      const entry = readEntry(JSON.stringify(value?.entry ?? null));
      const proof = readHashes(value?.inclusion);
      if (!entry || !proof || !isInTree(entry, proof, checkpoint))
        return changed('policies.jsonl', 'an entry of it is not in the device’s tree', entry?.seq);
      if (value?.entry?.params?.version === policy?.version) applied = value?.entry?.params ?? {};
    }
  }
  if (!policy || applied.sha256 === undefined || applied.sha256 === policy.sha256) return undefined;
  return changed('policy.json', 'it is not the text that the ledger says was put in force');
}

interface Applied {
  readonly version?: unknown;
  readonly sha256?: unknown;
}

async function checkManifest(file: FileHandle, parts: Parts, files: Manifest['files']): Promise<Bad | undefined> {
  const named = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, part] of parts) {
    if (name === 'manifest.json') continue;
    if (!named.has(name)) return { seq: 0, what: 'inserted', problem: `The manifest does not name ${name}.` };
    if (named.get(name) !== (await hashOf(file, part))) return changed(name, 'it is not what the manifest says');
    named.delete(name);
  }
  const [missing] = named.keys();
  return missing === undefined ? undefined : { seq: 0, what: 'missing', problem: `The bundle has no ${missing}.` };
}

const changed = (name: string, why: string, seq = 0): Bad => ({
  seq,
  what: 'changed',
  problem: `The bundle was changed at ${name}: ${why}.`,
});

function readProof(line: string): { seq: unknown; inclusion: Buffer[] } | undefined {
  const value = readJson(line) as { seq?: unknown; inclusion?: unknown } | null | undefined;
  const inclusion = readHashes(value?.inclusion);
  return inclusion && { seq: value?.seq, inclusion };
}

function readHashes(value: unknown): Buffer[] | undefined {
  if (!Array.isArray(value) || value.length > 64) return undefined;
  const hashes = value.map((each) => (typeof each === 'string' ? bytesOf(each) : undefined));
  return hashes.every((each) => each !== undefined) ? hashes : undefined;
}

function lines(file: FileHandle, part: Part | undefined): EntryLines {
  return async function* () {
    if (part) yield* readLines(file, part);
  };
}

function verdict({ entries, firstBad, signature, gaps = 'anywhere', bodies }: Found): EvidenceVerdict {
  const ok = !firstBad;
  const isComplete = ok && gaps === 'none';
  const more = { ...(firstBad ? { firstBad } : {}), ...(bodies ? { bodies } : {}) };
  return { ok, entries, ...more, isComplete, isProven: ok, signature };
}
