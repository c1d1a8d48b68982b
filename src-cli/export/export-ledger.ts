import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { LedgerFilter } from '../../src-shared/contract/ledger.ts';
import type { App } from '../running-app.ts';
import { writeBundle } from './bundle.ts';
import { writeCsv } from './csv.ts';
import { writeJsonLines } from './json-lines.ts';
import { onDisk } from './on-disk.ts';
import type { Source } from './source.ts';

export type Format = 'jsonl' | 'csv' | 'bundle';

/** Milliseconds: a checkpoint may wait for the broker's signature. */
const beginWithin = 30_000;

export interface Exported {
  readonly out: string;
  readonly format: Format;
  readonly entries: number;
  /** How many entries the checkpoint covers. */
  readonly checkpoint: number;
  readonly isSigned: boolean;
  /** The `seq` of the entry that records this export. */
  readonly recorded: number;
}

export interface Wanted {
  readonly out: string;
  readonly format: Format;
  readonly filter: LedgerFilter;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const write: Readonly<Record<Format, (source: Source, file: FileHandle) => Promise<number>>> = {
  jsonl: writeJsonLines,
  csv: writeCsv,
  bundle: writeBundle,
};

/**
 * Writes the ledger as docs/audit-format.md says, a page at a time: its size does not matter to memory. The app has recorded
 * the export before the first entry is read. The file appears as a whole or not at all, readable by its owner only.
 * Faults: EXPORT_UNWRITABLE, EXPORT_INCOMPLETE, and the app's own.
 */
export async function exportLedger(app: App, { out, format, filter, now }: Wanted): Promise<Exported> {
  const path = resolve(out);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await onDisk(() => open(temporary, 'wx', 0o600));
  try {
    // The checkpoint comes first, so that the export ends where it ends, however much is recorded meanwhile.
    const begun = await app.api.beginExport({ format, filter }, app.within(beginWithin));
    const entries = await write[format]({ app, filter, now, covered: begun.entries, note: begun.note }, file);
    await onDisk(() => file.sync());
    await file.close();
    await onDisk(() => rename(temporary, path));
    await syncFolder(dirname(path));
    const { isSigned, recorded } = begun;
    return { out: path, format, entries, checkpoint: begun.entries, isSigned, recorded };
  } catch (thrown) {
    await file.close().catch(() => {}); // It may be closed already.
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** Makes the rename durable. Windows cannot open a folder, and needs no such flush. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await onDisk(() => open(path, 'r'));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
