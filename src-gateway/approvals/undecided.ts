// Why a person's decision does not count, or not for the call.
import { Fault } from '../../src-shared/fault.ts';

export const over = (): Fault =>
  new Fault('APPROVAL_OVER', 'This call does not wait any more: it was decided, expired or withdrawn.');
export const standingEnded = (): Fault =>
  new Fault(
    'STANDING_ENDED',
    'This call ran or ended before your answer. What was approved for a while with it is ended, and the same call is denied for now.',
  );
export const changed = (): Fault =>
  new Fault('APPROVAL_CHANGED', 'This is not the call you saw.', 'Look at it again before you decide.');
export const unwritable = (): Fault =>
  new Fault(
    'LEDGER_UNWRITABLE',
    'The approval could not be recorded, so it does not count, and the call is withdrawn.',
    'Look at the ledger. If the call is still wanted, the AI has to make it again.',
  );
