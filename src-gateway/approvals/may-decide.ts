import { Fault } from '../../src-shared/fault.ts';
import type { ApprovalId, Rule, StandingTerms } from '../../src-shared/model/approval.ts';
import type { IdentityClaims } from '../../src-shared/model/bundle.ts';
import type { DecideQuestion, Person, Policy } from '../policy/policy.ts';
import type { HeldCall } from './held-call.ts';

/** What a person sends to decide a call. */
export interface Decision {
  readonly id: ApprovalId;
  /** The one the person saw. */
  readonly fingerprint: string;
  /** Their signed identity. */
  readonly identity: string;
  readonly decision: 'approve' | 'deny';
  readonly reason: string;
  readonly standing: StandingTerms | null;
}

/**
 * The rules that let a person decide a call. Whoever may approve may deny, and give it more time; who approved already cannot be
 * the second. `now` in milliseconds since 1970: a policy may say when.
 * @throws Fault NOT_YOURS, SAME_PERSON
 */
export function mayDecide(
  held: HeldCall,
  { person, policy, now }: { person: IdentityClaims; policy: Policy; now: number },
  { decision, standing }: { decision: Decision['decision'] | 'extend'; standing: StandingTerms | null },
): readonly Rule[] {
  const question = { ...asking(held, { id: person.sub, roles: person.roles }), now };
  const approving = policy.mayDecide('approve', question);
  if (!approving.isAllowed) throw notYours("The company's policy does not let you decide this call.");
  if (decision !== 'approve') return approving.because;
  if (held.approvedBy.some(({ id }) => id === person.sub)) throw samePerson();
  if (!standing) return approving.because;
  const forAWhile = policy.mayDecide('stand', question);
  if (!forAWhile.isAllowed) throw notYours("The company's policy does not let you approve calls for a while.");
  return [...approving.because, ...forAWhile.because];
}

/** Whether policy would let them approve a call, were they to prove who they are. Only to be shown. */
export function couldApprove(
  held: HeldCall,
  person: Person,
  { policy, now }: { policy: Policy; now: number },
): boolean {
  const hasApproved = held.approvedBy.some(({ id }) => id === person.id);
  return !hasApproved && policy.mayDecide('approve', { ...asking(held, person), now }).isAllowed;
}

/** What policy is asked of a person and a call. */
function asking(held: HeldCall, person: Person): Omit<DecideQuestion, 'now'> {
  const { binding, tool, connector, risk, client, principal } = held;
  return { person, customer: binding.customer, tool, connector, risk, client, isOwn: person.id === principal.id };
}

const notYours = (reason: string): Fault => new Fault('NOT_YOURS', reason, 'Ask a person whom it lets.');
const samePerson = (): Fault =>
  new Fault('SAME_PERSON', 'You have approved it already, and it needs another person.', 'Ask a second person.');
