/** The manifest of a bundle. It is not signed: it finds an accident, and what it says of the evidence has to be so. */
import type { FileHandle } from 'node:fs/promises';
import { readJson } from './canonical.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Filter, readFilter } from './filter.ts';
import { hashOf } from './read-file.ts';
import type { Parts } from './tar.ts';
import type { Bad } from './verdict.ts';

interface Manifest {
  readonly filter: Filter;
  readonly origin: string;
  readonly entries: number;
  readonly covered: number;
  readonly files: readonly NamedFile[];
}

interface NamedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The manifest of a text; undefined for any other. */
export function readManifest(text: string): Manifest | undefined {
  const value = readJson(text) as Record<string, unknown> | null | undefined;
  if (value?.['format'] !== 'bulkhead-evidence' || value['v'] !== 1) return undefined;
  const { origin, entries, covered, files } = value;
  const filter = readFilter(value['filter']);
  const isManifest =
    typeof origin === 'string' && isCount(entries) && isCount(covered) && Array.isArray(files) && files.every(isNamed);
  return filter && isManifest ? { filter, origin, entries, covered, files } : undefined;
}

/** What it says that is not so. `entries`: how many there are. */
export async function checkManifest(
  file: FileHandle,
  parts: Parts,
  { manifest, checkpoint, entries }: { manifest: Manifest; checkpoint: Checkpoint; entries: number },
): Promise<Bad | undefined> {
  const named = new Map(manifest.files.map((each) => [each.name, each]));
  if (named.size < manifest.files.length) return changed('manifest.json', 'it names a file twice');
  for (const [name, part] of parts) {
    if (name === 'manifest.json') continue;
    const said = named.get(name);
    if (!said) return { seq: 0, what: 'inserted', problem: `The manifest does not name ${name}.` };
    if (said.bytes !== part.bytes || said.sha256 !== (await hashOf(file, part)))
      return changed(name, 'it is not what the manifest says');
    named.delete(name);
  }
  const [missing] = named.keys();
  if (missing !== undefined) return { seq: 0, what: 'missing', problem: `The bundle has no ${missing}.` };
  if (manifest.entries !== entries) return changed('manifest.json', 'another number of entries is there');
  if (manifest.covered === checkpoint.size && manifest.origin === checkpoint.origin) return undefined;
  return changed('manifest.json', 'the checkpoint is another than it says');
}

export const changed = (name: string, why: string, seq = 0): Bad => ({
  seq,
  what: 'changed',
  problem: `The bundle was changed at ${name}: ${why}.`,
});

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isNamed(value: unknown): value is NamedFile {
  const { name, bytes, sha256 } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && isCount(bytes) && typeof sha256 === 'string';
}
