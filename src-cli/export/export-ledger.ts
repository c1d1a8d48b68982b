import { createHash, randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Sha256 } from '../../src-shared/export/sha256.ts';
import type { ExportApi, Piece } from '../../src-shared/export/source.ts';
import { type Wanted, writeExport, type Written } from '../../src-shared/export/write-export.ts';
import { Fault } from '../../src-shared/fault.ts';
import { onDisk } from './on-disk.ts';

export interface Exported extends Written {
  readonly out: string;
  readonly format: Wanted['format'];
}

interface Target {
  readonly out: string;
  readonly interrupted: AbortSignal;
}

/**
 * Writes the ledger as docs/audit-format.md says, a page at a time: its size does not matter to memory. The app has recorded
 * the export before the first entry is read. The file appears as a whole or not at all, readable by its owner only, and from
 * the moment of an interruption nothing of it is left.
 * Faults: EXPORT_UNWRITABLE, EXPORT_INCOMPLETE, EXPORT_TOO_LONG, CANCELLED, and the app's own.
 */
export async function exportLedger(api: ExportApi, wanted: Wanted, { out, interrupted }: Target): Promise<Exported> {
  const path = resolve(out);
  await requirePlaceForFile(path);
  await removeLeftovers(path, wanted.now);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await onDisk(() => open(temporary, 'wx', 0o600));
  const removeNow = (): void => removeIfPossible(temporary); // Before a second interruption ends this process.
  interrupted.addEventListener('abort', removeNow);
  try {
    const write = (piece: Piece): Promise<void> => onDisk(() => writeAll(file, piece));
    const written = await writeExport(wanted, { api, signal: interrupted, newSha256: nativeSha256, write });
    await onDisk(() => file.sync());
    await file.close();
    await onDisk(() => rename(temporary, path));
    await syncFolder(dirname(path));
    return { out: path, format: wanted.format, ...written };
  } catch (thrown) {
    await file.close().catch(() => {}); // It may be closed already.
    removeIfPossible(temporary);
    throw interrupted.aborted ? new Fault('CANCELLED', 'The export was cancelled.') : thrown;
  } finally {
    interrupted.removeEventListener('abort', removeNow);
  }
}

/** Asked before the export is on record: the rename would find out when it is over. */
async function requirePlaceForFile(path: string): Promise<void> {
  const found = await onDisk(async () => statSync(path, { throwIfNoEntry: false }));
  if (!found || found.isFile()) return;
  throw new Fault('EXPORT_UNWRITABLE', 'There is something else than a file at this place.', 'Name a file.');
}

/** Milliseconds after which nobody writes to a file any more: the app has two minutes for an answer. */
const abandonedAfter = 3_600_000;

/** Removes what exports to the same place left that were killed: there may be opened bodies in it. */
async function removeLeftovers(path: string, now: number): Promise<void> {
  const [folder, own] = [dirname(path), `${basename(path)}.`];
  const names = await readdir(folder).catch(() => []); // It may only be written to.
  for (const name of names) {
    if (!name.startsWith(own) || !/^[0-9a-f]{8}\.part$/.test(name.slice(own.length))) continue;
    const found = await lstat(join(folder, name)).catch(() => undefined); // It may be gone meanwhile.
    if (found && now - found.mtimeMs > abandonedAfter) removeIfPossible(join(folder, name));
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is another's, or a folder: no reason to make no export, and what went wrong with this one is told.
  }
}

/** Node's own SHA-256, several times as fast as one in JavaScript. */
export function nativeSha256(): Sha256 {
  const sha256 = createHash('sha256');
  return { update: (bytes) => void sha256.update(bytes), digest: () => sha256.digest() };
}

/** A write may take less than it was given: at a full disk, say, where the next one tells. */
async function writeAll(file: FileHandle, { at, bytes }: Piece): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Makes the rename durable where the folder can be opened: not on Windows, and not where it may only be written to. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {}); // The export is there, and whole.
  await folder?.close();
}
