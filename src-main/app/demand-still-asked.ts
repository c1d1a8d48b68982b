import { Fault } from '../../src-shared/fault.ts';

/**
 * Throws when whoever asked has given up: they were told that it failed, so it must not come true after that. Asked for the last
 * time just before a deed counts; the ledger may then tell of one that did not come true, and never the other way round.
 * @throws Fault CANCELLED
 */
export function demandStillAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', 'Whoever asked for this has given up. Nothing was done.');
}
