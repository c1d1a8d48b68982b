import { bindingOf } from '../../src-shared/model/binding.ts';
import { type Denial, deny } from '../../src-shared/model/denial.ts';
import { err, ok, type Result } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByPrincipal, ByTenant, Received } from '../proofs.ts';

/**
 * Gate 3: exactly one customer, taken from the binding and from nothing else. The `customer` argument is the caller's
 * claim of what it is talking about: it must equal the bound code, and it selects nothing.
 */
export const customer: Gate<Powers, Received & ByPrincipal & ByTenant, ByCustomer> = (call, powers) => {
  const bound = boundCustomer(call, powers);
  if (!bound.ok) return bound;
  const claimed = call.arguments['customer'];
  if (typeof claimed !== 'string')
    return err(deny('CUSTOMER_MISMATCH', { reason: 'The call does not say which customer it is about.' }));
  if (claimed !== bound.value.customer.code) return err(deny('CUSTOMER_MISMATCH'));
  return bound;
};

/** The same without a claim: whom this principal may work for now. What lists tools and tells the context asks it too. */
export function boundCustomer(
  { app, issuedIn, session }: ByPrincipal & ByTenant,
  { scope }: Powers,
): Result<ByCustomer, Denial> {
  const binding = bindingOf(app, scope.switcher(issuedIn));
  if (!binding || binding.tenant !== issuedIn) return err(deny('NO_CUSTOMER'));
  const found = session.customers.get(binding.customer);
  if (!found) return err(deny('NO_CUSTOMER', { reason: 'The bound customer is no longer one of this company.' }));
  if (app !== 'operator' && app.state !== 'armed') return err(deny('CLIENT_SUSPENDED'));
  return ok({ binding, customer: found });
}
