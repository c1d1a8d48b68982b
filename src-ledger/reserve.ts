/**
 * Room kept aside on the ledger's disk. When the disk is full it is given up once, so that denials can still be recorded
 * while calls are refused; it is taken again when there is room for it and some more.
 */
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Reserve {
  /** Gives the room up. False when there was none. */
  release(): boolean;
  /** Takes the room again if the disk has it. True when it is taken. */
  take(): boolean;
}

const piece = new Uint8Array(1024 * 1024);

export function fileReserve(file: string, bytes: number): Reserve {
  const hasIt = (): boolean => statSync(file, { throwIfNoEntry: false })?.size === bytes;
  return {
    release: () => {
      const had = statSync(file, { throwIfNoEntry: false }) !== undefined;
      rmSync(file, { force: true });
      return had;
    },
    take: () => {
      if (hasIt()) return true;
      try {
        const { bavail, bsize } = statfsSync(dirname(file));
        if (bavail * bsize < 2 * bytes) return false;
        fill(file, bytes);
        return true;
      } catch {
        rmSync(file, { force: true }); // A reserve is a comfort: without one the ledger still works until the disk is full.
        return false;
      }
    },
  };
}

/** Written and not just sized, because a file system gives a sparse file no room. */
function fill(path: string, bytes: number): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let left = bytes; left > 0; left -= piece.length) writeSync(file, piece, 0, Math.min(left, piece.length));
  } finally {
    closeSync(file);
  }
}
