/**
 * The evidence bundle (docs/audit-format.md): entries, the checkpoint, what proves the one to be in the other, the device's
 * public key, the policy versions, a manifest, and how to check it all. One tar file, written as it is read.
 */
import type { FileHandle } from 'node:fs/promises';
import type { Entry } from '../../src-shared/model/entry.ts';
import { deviceKeyText } from '../device-key.ts';
import { readme } from './readme.ts';
import { isWhole, pages, pagesOf, type Source } from './source.ts';
import { TarWriter, type Written } from './tar.ts';

/** Proofs asked for at a time. */
const batch = 500;
/** Milliseconds: the first question reads every leaf of the ledger. */
const proveWithin = 120_000;

/** Answers how many entries the bundle holds. */
export async function writeBundle(source: Source, file: FileHandle): Promise<number> {
  const { app, covered, note, filter, now } = source;
  const tar = new TarWriter(file, now);
  const key = deviceKeyText(await app.api.deviceKey(undefined, app.within()));
  const seqs: number[] = [];
  const files: Written[] = [];
  const add = async (name: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> => {
    files.push(await tar.add(name, text));
  };
  await add('README.txt', [readme(key, isWhole(source))]);
  await add('keys.txt', [`${key}\n`]);
  await add('checkpoint.txt', [note]);
  await add('entries.jsonl', entryLines(source, seqs));
  if (!isWhole(source)) await add('proofs.jsonl', proofLines(source, seqs));
  await add('consistency.jsonl', consistencyLines(source));
  await add('policies.jsonl', policyLines(source));
  const manifest = {
    format: 'bulkhead-evidence',
    v: 1,
    made: new Date(now).toISOString(),
    origin: note.slice(0, note.indexOf('\n')),
    filter: isWhole(source) ? null : filter,
    entries: seqs.length,
    covered,
    files,
  };
  await tar.add('manifest.json', [`${JSON.stringify(manifest)}\n`]);
  await tar.end();
  return seqs.length;
}

async function* entryLines(source: Source, seqs: number[]): AsyncGenerator<string> {
  for await (const entries of pages(source)) {
    for (const { seq } of entries) seqs.push(seq);
    yield lines(entries);
  }
}

/** One line for each entry: its path in the tree of the checkpoint. */
async function* proofLines(source: Source, seqs: readonly number[]): AsyncGenerator<string> {
  for (let at = 0; at < seqs.length; at += batch) {
    const asked = seqs.slice(at, at + batch);
    const inclusion = await inclusionOf(source, asked);
    yield lines(asked.map((seq, index) => ({ seq, inclusion: inclusion[index] })));
  }
}

/** The checkpoints that left in earlier exports, by the ledger's own record, and what proves that this one continues them. */
async function* consistencyLines(source: Source): AsyncGenerator<string> {
  const sizes = new Set<number>();
  for await (const entries of pagesOf(source, { kinds: ['alert'] })) {
    for (const { params } of entries) {
      const { entries: size } = (params?.['checkpoint'] ?? {}) as { entries?: unknown };
      if (params?.['alert'] === 'ledger-exported' && typeof size === 'number') sizes.add(size);
    }
  }
  const earlier = [...sizes].toSorted((one, other) => one - other).slice(-batch);
  const { app, covered } = source;
  const { consistency } = await app.api.prove({ size: covered, seqs: [], earlier }, app.within(proveWithin));
  yield lines(consistency);
}

/** The entries that put a policy in force, each with its proof, whatever the export leaves out otherwise. */
async function* policyLines(source: Source): AsyncGenerator<string> {
  for await (const page of pagesOf(source, { kinds: ['policy.applied'] })) {
    const entries = page.filter(({ customer, params }) => customer === null && typeof params?.['version'] === 'number');
    const inclusion = await inclusionOf(
      source,
      entries.map(({ seq }) => seq),
    );
    yield lines(entries.map((entry: Entry, index) => ({ entry, inclusion: inclusion[index] })));
  }
}

async function inclusionOf({ app, covered }: Source, seqs: number[]): Promise<string[][]> {
  if (seqs.length === 0) return [];
  const { inclusion } = await app.api.prove({ size: covered, seqs, earlier: [] }, app.within(proveWithin));
  return inclusion;
}

const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
