import { deny } from '../../src-shared/model/denial.ts';
import { needsPerson } from '../../src-shared/model/risk.ts';
import { err, ok } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByPolicy, ByPrincipal, ByTenant } from '../proofs.ts';

/**
 * Gate 5: the company's Cedar policy. Default deny; a forbid wins; an error of any kind is a denial. What needs a person is
 * never an AI's to do, whatever the policy permits; the operator is one, and has the exact arguments before their eyes.
 */
export const policy: Gate<Powers, ByPrincipal & ByTenant & ByCustomer & ByEntitlement, ByPolicy> = (call) => {
  const { session, customer, definition, app } = call;
  const decision = session.policy.decide({
    tenant: session.bundle.tenant.id,
    technician: session.identity.sub,
    roles: session.identity.roles,
    customer: customer.id,
    tool: definition.name,
    connector: definition.connector,
    risk: definition.risk,
    client: app === 'operator' ? 'operator' : app.name,
  });
  if (!decision.isAllowed) return err(deny('POLICY_DENIED'));
  if (app !== 'operator' && needsPerson(definition.risk)) {
    return err(
      deny('POLICY_DENIED', {
        reason: 'A person must do this, with these exact arguments before their eyes.',
        remedy: 'Ask the technician to make this call in Bulkhead, under Try a tool.',
      }),
    );
  }
  return ok({ policies: decision.policies });
};
