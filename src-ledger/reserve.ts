/**
 * Room kept aside on the ledger's disk. When the disk is full it is given up once, so that denials can still be recorded
 * while calls are refused; it is taken again when there is room for it and some more. Its file stays, empty, so that the next
 * start knows: it must not spend on calls what was kept for denials.
 */
import { randomFillSync } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, rmSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Reserve {
  /** Gives the room up. False when there was none. */
  release(): boolean;
  /** Takes the room again if the disk has it. True when it is taken. */
  take(): boolean;
  /** Whether it was given up, now or before the start, and not taken again. A disk too small for it has none to give up. */
  isSpent(): boolean;
}

const pieceLength = 1024 * 1024;

export function fileReserve(file: string, bytes: number): Reserve {
  const size = (): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;
  const isSpent = (): boolean => size() === 0;
  return {
    isSpent,
    release: () => {
      if (!size()) return false;
      truncateSync(file);
      return true;
    },
    take: () => {
      if (size() === bytes) return true;
      const wasSpent = isSpent();
      try {
        const { bavail, bsize } = statfsSync(dirname(file));
        if (bavail * bsize < 2 * bytes) return false;
        fill(file, bytes);
        return true;
      } catch {
        if (!wasSpent) rmSync(file, { force: true });
        return false; // A reserve is a comfort: without one the ledger still works until the disk is full.
      }
    },
  };
}

/** Written, because a file system gives a sparse file no room, and random, because some give little to what can be compressed. */
function fill(path: string, bytes: number): void {
  const piece = new Uint8Array(Math.min(bytes, pieceLength));
  const file = openSync(path, 'w', 0o600);
  try {
    for (let left = bytes; left > 0; left -= piece.length) {
      writeSync(file, randomFillSync(piece), 0, Math.min(left, piece.length));
    }
  } catch (error) {
    ftruncateSync(file);
    throw error;
  } finally {
    closeSync(file);
  }
}
