import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Sha256 } from '../../src-shared/export/sha256.ts';
import type { ExportApi, Piece } from '../../src-shared/export/source.ts';
import { type Wanted, writeExport, type Written } from '../../src-shared/export/write-export.ts';
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
 * the export before the first entry is read. The file appears as a whole or not at all, readable by its owner only.
 * Faults: EXPORT_UNWRITABLE, EXPORT_INCOMPLETE, EXPORT_TOO_LONG, and the app's own.
 */
export async function exportLedger(api: ExportApi, wanted: Wanted, { out, interrupted }: Target): Promise<Exported> {
  const path = resolve(out);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await onDisk(() => open(temporary, 'wx', 0o600));
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
    await rm(temporary, { force: true });
    throw thrown;
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
