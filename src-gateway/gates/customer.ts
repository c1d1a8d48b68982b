import type { Customer } from '../../src-shared/model/customer.ts';
import { type Denial, deny } from '../../src-shared/model/denial.ts';
import { err, ok, type Result } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByPrincipal, ByTenant, Member, Received } from '../proofs.ts';

/**
 * Gate 3: exactly one customer, taken from the binding and from nothing else. The `customer` argument is the caller's
 * claim of what it is talking about: it must equal the bound code, and it selects nothing.
 */
export const customer: Gate<Powers, Received & ByPrincipal & ByTenant, ByCustomer> = (call, powers) => {
  const bound = boundCustomer(call, powers);
  return bound.ok ? claimed(call.arguments, bound.value.customer.code, bound.value) : bound;
};

/** What was proven, if the caller claims this code, and no other, as what it is talking about. */
export function claimed<T>(args: Received['arguments'], code: string, proven: T): Result<T, Denial> {
  const claim = args['customer'];
  if (typeof claim !== 'string')
    return err(deny('CUSTOMER_MISMATCH', { reason: 'The call does not say which customer it is about.' }));
  return claim === code ? ok(proven) : err(deny('CUSTOMER_MISMATCH'));
}

/**
 * The same without a claim: whom this principal may work for now. What lists tools and tells the context asks it too. Of an
 * app with a cross-customer scope it is asked for one member at a time.
 */
export function boundCustomer(
  { app, issuedIn, session, member }: ByPrincipal & ByTenant & Pick<Received, 'member'>,
  { scope }: Powers,
): Result<ByCustomer, Denial> {
  if (app !== 'operator' && scope.isStopped(issuedIn)) return err(allStopped);
  const cross = scope.crossOf(app);
  if (cross?.isOver === true) return err(crossOver);
  const binding = scope.bindingOf(app, issuedIn, member);
  if (!binding || binding.tenant !== issuedIn) return err(cross || member ? noMember : deny('NO_CUSTOMER'));
  const found = session.customers.get(binding.customer);
  if (!found) return err(deny('NO_CUSTOMER', { reason: 'The bound customer is no longer one of this company.' }));
  if (app !== 'operator' && app.state !== 'armed') return err(notArmed);
  return ok({ binding, customer: found, ...(cross ? { cross: cross.scope.code } : {}) });
}

/** Every member of the app's cross-customer scope, one of them the turn of each call; undefined where it has no such scope. */
export function boundMembers(call: ByPrincipal & ByTenant, powers: Powers): Result<Members, Denial> | undefined {
  const scope = powers.scope.crossOf(call.app)?.scope;
  if (!scope) return undefined;
  const members: { member: Member; customer: Customer }[] = [];
  for (const each of scope.members) {
    const member = { cross: scope.code, ...each };
    const bound = boundCustomer({ ...call, member }, powers);
    if (!bound.ok) return bound; // Of an app that may not work for one of them nothing is known for sure.
    members.push({ member, customer: bound.value.customer });
  }
  return ok({ code: scope.code, members });
}

export interface Members {
  readonly code: string;
  readonly members: readonly { readonly member: Member; readonly customer: Customer }[];
}

const notArmed = deny('CLIENT_SUSPENDED', { cause: 'not-armed' });

/** Somebody stopped all AI work of the tenant. */
export const allStopped = deny('CLIENT_SUSPENDED', {
  cause: 'ai-stopped',
  reason: 'All AI work is stopped.',
  remedy: 'Stop, and wait until a person allows AI work again in Bulkhead.',
});

/** The same, for a call that was running. */
export const stoppedMeanwhile: Denial = {
  ...allStopped,
  reason: 'All AI work was stopped while the call was running. Nothing was returned.',
};

/** The app's cross-customer scope ended while the call was running. */
export const crossEnded = deny('CUSTOMER_CONTEXT_CHANGED', {
  reason: 'The work on several customers ended while this call was running. Nothing was returned.',
});

const crossOver = deny('CLIENT_SUSPENDED', {
  cause: 'scope-over',
  reason: 'The time for working on several customers at once is over.',
  remedy: 'Stop, start a new conversation, and ask the technician to arm this client app in Bulkhead.',
});

const noMember = deny('NO_CUSTOMER', {
  reason: 'The customers this client app works on together have changed.',
  remedy: 'Call again, and ask the technician if it stays.',
});
