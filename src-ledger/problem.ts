/** What can keep the ledger from recording, in the words of the window and `doctor`, and what a person can do about each. */
import { Fault } from '../src-shared/fault.ts';
import { codeOf, damaged as damagedFile } from './database.ts';

/** Why nothing can be recorded, and what a person can do. */
export interface Problem {
  readonly text: string;
  readonly remedy: string;
}

const space = 'Free some space on the disk of the Bulkhead folder; recording starts again by itself.';
export const problems = {
  full: { text: 'The disk is full: nothing can be recorded, so every call is refused.', remedy: space },
  noRoom: { text: 'There is not enough room on the disk for this.', remedy: 'Free some space, and try again.' },
  onReserve: { text: 'The disk is full: calls are refused, and only denials are still recorded.', remedy: space },
  disk: {
    text: 'The disk reports an error: nothing can be recorded, so every call is refused.',
    remedy: 'Check the disk of the Bulkhead folder; recording starts again by itself when it works.',
  },
  readOnly: {
    text: 'The ledger cannot be written: every call is refused.',
    remedy: 'Give Bulkhead the right to write to its folder; recording starts again by itself.',
  },
  noKey: {
    text: 'The vault does not answer: what calls ask cannot be sealed, so calls are refused.',
    remedy: 'Bulkhead tries again at every call. If it stays so, stop Bulkhead and start it again.',
  },
  damaged: {
    text: 'The file of the ledger is damaged: nothing can be recorded, so every call is refused.',
    remedy:
      'Stop Bulkhead and keep the file as evidence; `bulkhead audit verify` says how far it is whole. Restore it from a backup, or move it away to begin a new ledger.',
  },
} as const satisfies Record<string, Problem>;

/** What an error of SQLite's, or a fault of a file that is not what it was, means for recording. */
export function problemOf(error: unknown): Problem {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) return problems.full;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'LEDGER_DAMAGED')
    return problems.damaged;
  return code.startsWith('SQLITE_READONLY') ? problems.readOnly : problems.disk;
}

export const unwritable = ({ text, remedy }: Problem): Fault => new Fault('LEDGER_UNWRITABLE', text, remedy);

/** Why one thing was not done, of an error of SQLite's: it says nothing of whether calls are recorded. */
export function notDone(error: unknown): Fault {
  const problem = problemOf(error);
  if (problem === problems.damaged) return damagedFile('The file of the ledger is damaged.');
  return unwritable(problem === problems.full ? problems.noRoom : problem);
}
