/**
 * The evidence bundle (docs/audit-format.md): entries, the checkpoint, what proves the one to be in the other, the device's
 * public key, policies, bodies when asked for, a manifest, and how to check it all. One tar file, in pieces as it is read.
 */
import { openedBodies } from './bodies.ts';
import { deviceKeyText } from './device-key.ts';
import { earlierPolicyLines, type NamedPolicies, policyLines } from './policies.ts';
import { readme } from './readme.ts';
import {
  incomplete,
  inclusionOf,
  isWhole,
  jsonLines,
  pages,
  pagesOf,
  type Piece,
  proveWithin,
  readAgain,
  type Source,
} from './source.ts';
import { Tar } from './tar.ts';

/** Checkpoints of earlier exports that are proven, and the most that can be asked for at a time. */
const batch = 500;

export async function* bundle(source: Source): AsyncGenerator<Piece> {
  const { api, covered, note, filter, now, newSha256, bodies } = source;
  const tar = new Tar(now, newSha256);
  const key = deviceKeyText(await api.deviceKey(undefined, source.within()), newSha256);
  const hasPolicy = filter.customer === undefined && filter.cross === undefined; // Each names every customer of the company.
  const holds = { isWhole: isWhole(source), hasPolicy, bodies };
  yield* tar.add('README.txt', [readme(key, holds)]);
  yield* tar.add('keys.txt', [`${key}\n`]);
  yield* tar.add('checkpoint.txt', [note]);
  yield* tar.add('entries.jsonl', entryLines(source));
  if (!holds.isWhole) yield* tar.add('proofs.jsonl', proofLines(source));
  if (bodies) yield* tar.add('bodies.jsonl', openedBodies(source));
  yield* tar.add('consistency.jsonl', consistencyLines(source));
  const named: NamedPolicies = new Map();
  yield* tar.add('policies.jsonl', policyLines(source, named));
  if (hasPolicy) {
    const policy = await api.policy(undefined, source.within());
    yield* tar.add('policy.json', [jsonLines([policy])]);
    yield* tar.add('earlier-policies.jsonl', earlierPolicyLines(source, named, policy));
  }
  const manifest = {
    format: 'bulkhead-evidence',
    v: 1,
    made: new Date(now).toISOString(),
    origin: note.slice(0, note.indexOf('\n')),
    filter: holds.isWhole ? null : filter,
    entries: source.count.entries,
    covered,
    files: [...tar.files],
  };
  yield* tar.add('manifest.json', [jsonLines([manifest])]);
  yield tar.end();
}

async function* entryLines(source: Source): AsyncGenerator<string> {
  for await (const entries of pages(source)) yield jsonLines(entries);
}

/** One line for each entry: its path in the tree of the checkpoint. */
async function* proofLines(source: Source): AsyncGenerator<string> {
  let count = 0;
  for await (const entries of readAgain(source)) {
    count += entries.length;
    const inclusion = await inclusionOf(source, entries);
    yield jsonLines(entries.map(({ seq }, index) => ({ seq, inclusion: inclusion[index] })));
  }
  if (count !== source.count.entries) throw incomplete(count, source.count.entries);
}

/** The checkpoints that left in earlier exports, by the ledger's own record, and what proves that this one continues them. */
async function* consistencyLines(source: Source): AsyncGenerator<string> {
  let earlier: number[] = []; // They only grow: a checkpoint is never of less than the one before.
  for await (const entries of pagesOf(source, { kinds: ['alert'] })) {
    for (const { params } of entries) {
      const { entries: size } = (params?.['checkpoint'] ?? {}) as { entries?: unknown };
      const isNew = params?.['alert'] === 'ledger-exported' && typeof size === 'number' && size !== earlier.at(-1);
      if (isNew) earlier.push(size);
    }
    earlier = earlier.slice(-batch);
  }
  const { api, covered } = source;
  const { consistency } = await api.prove({ size: covered, seqs: [], earlier }, source.within(proveWithin));
  yield jsonLines(consistency);
}
