import type { ApprovalId, StandingId } from '../../src-shared/model/approval.ts';
import type { AskedCall } from './asked-call.ts';

/**
 * What people say of one call, now. `approved` and `standing` let it run if `use` does: it takes the one use (or one of
 * them) at the moment the call is about to be made, and says no to whoever comes second or too late.
 */
export type Claim =
  | { readonly state: 'approved'; readonly approval: ApprovalId; readonly use: () => boolean }
  | { readonly state: 'standing'; readonly standing: StandingId; readonly use: () => boolean }
  /** Somebody is asked. Without a reference: nobody is yet, because this was only a look. */
  | { readonly state: 'pending'; readonly approval?: ApprovalId }
  | { readonly state: 'denied'; readonly approval: ApprovalId }
  /** Nobody decided in time. `isFinal` while it was left unanswered so often that nobody is asked again. */
  | { readonly state: 'expired'; readonly approval: ApprovalId; readonly isFinal: boolean }
  /** Too much of this client app waits, or was refused, already: nobody is asked. */
  | { readonly state: 'full' }
  /** It acts on a record that is not provably the customer's: nobody is asked. */
  | { readonly state: 'unproven' }
  /** The binding or what is enrolled is another by now. */
  | { readonly state: 'changed' }
  /** It could not be recorded that a person is asked, so none is. */
  | { readonly state: 'unrecorded' };

/** Where gate 5 asks for people. */
export interface Claims {
  claim(asked: AskedCall): Promise<Claim>;
  /** A call is about to be made that needs nobody's claim by now. Had it waited for people, it waits no more. */
  ran(asked: AskedCall): void;
}
