import { closeSync, constants, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file so that a reader, or a crash at any point, sees the old text or the new and never a part.
 * The file is readable by its owner only. Throws what the file system throws.
 *
 * Under `--permission` Node forbids fsync, so there the file is written through at once (O_SYNC) and only the rename is
 * left to the file system: after a power cut the old text may be back, but never a part.
 */
export function writeFileAtomic(path: string, text: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | writeThrough(), 0o600);
  try {
    writeFileSync(file, text); // To the end: a single write may stop short on a full disk without a word.
    if (!isConfined()) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** The text of a file, or undefined when there is none. */
export function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `process.permission` is there only under `--permission`. */
const isConfined = (): boolean => process.permission !== undefined;
/** Not every platform has the flag. */
const writeThrough = (): number => (isConfined() ? (constants.O_SYNC ?? 0) : 0);

/** Makes a rename durable. Windows cannot open a directory, and needs no such flush. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32' || isConfined()) return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
