import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import type { LedgerFilter } from '../src-shared/contract/ledger.ts';
import type { App } from './running-app.ts';

const pageSize = 500;
/** Milliseconds: a checkpoint may wait for the broker's signature. */
const checkpointWithin = 30_000;

export interface Exported {
  readonly out: string;
  readonly entries: number;
  /** How many entries the checkpoint covers. */
  readonly checkpoint: number;
  readonly isSigned: boolean;
}

/**
 * Writes the ledger as docs/audit-format.md says, a page at a time: its size does not matter to memory. The file appears
 * as a whole or not at all, readable by its owner only. Faults: EXPORT_UNWRITABLE, EXPORT_INCOMPLETE.
 */
export async function exportLedger(
  app: App,
  { out, filter }: { out: string; filter: LedgerFilter },
): Promise<Exported> {
  const path = resolve(out);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await onDisk(() => open(temporary, 'wx', 0o600));
  try {
    const done = await write(app, file, filter);
    await onDisk(() => file.sync());
    await file.close();
    await onDisk(() => rename(temporary, path));
    await syncFolder(dirname(path));
    return { out: path, ...done };
  } catch (thrown) {
    await file.close().catch(() => {}); // It may be closed already.
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** The checkpoint is made first, so that the export ends where it ends, however much is recorded meanwhile. */
async function write({ api, within }: App, file: FileHandle, filter: LedgerFilter): Promise<Omit<Exported, 'out'>> {
  const { entries: covered, note, isSigned } = await api.checkpoint(undefined, within(checkpointWithin));
  let entries = 0;
  for (let after = 0, isEnd = covered === 0; !isEnd; ) {
    const page = await api.entries({ after, before: covered + 1, limit: pageSize, filter }, within());
    await onDisk(() => file.appendFile(page.entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')));
    entries += page.entries.length;
    const last = page.entries.at(-1)?.seq;
    isEnd = page.isEnd || last === undefined;
    after = last ?? after;
  }
  const isWhole = Object.keys(filter).length === 0;
  if (isWhole && entries !== covered) {
    throw new Fault(
      'EXPORT_INCOMPLETE',
      `The ledger gave ${entries} of ${covered} entries.`,
      'Run: bulkhead audit verify',
    );
  }
  await onDisk(() => file.appendFile(`${JSON.stringify({ checkpoint: note, ...(isWhole ? {} : { filter }) })}\n`));
  return { entries, checkpoint: covered, isSigned };
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

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Fault(
      'EXPORT_UNWRITABLE',
      `The export cannot be written (${code}).`,
      'Check the folder, its rights and the free space.',
    );
  }
}
