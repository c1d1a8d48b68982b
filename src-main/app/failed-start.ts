import { asFault } from '../../src-shared/fault.ts';
import type { FailedStart } from '../../src-shared/model/failed-start.ts';
import type { Host } from '../host.ts';
import { paths } from './paths.ts';

/** The home is in use by another, which may serve well; `doctor` sees that one by itself. */
const isAnothers: ReadonlySet<string> = new Set(['ALREADY_RUNNING', 'LEDGER_LOCKED']);

/** Keeps why a start failed. Never throws: on a full disk nothing can be kept, and the fault itself is told all the same. */
export function keepFailure({ files, now }: Pick<Host, 'files' | 'now'>, thrown: unknown): void {
  const { code, message, remedy = 'Look at logs/bulkhead.log in the home folder.' } = asFault(thrown);
  if (isAnothers.has(code)) return;
  const failure: FailedStart = { at: new Date(now()).toISOString(), code, message, remedy };
  try {
    files.write(paths.failedStart, `${JSON.stringify(failure)}\n`);
  } catch {
    // What keeps this from being written is what `doctor` sees from outside.
  }
}

/** A start succeeded. */
export function forgetFailure({ files }: Pick<Host, 'files'>): void {
  files.remove(paths.failedStart);
}
