import { deny } from '../../src-shared/model/denial.ts';
import { err, ok } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByPolicy, ByPrincipal, ByTenant } from '../proofs.ts';

/** Gate 5: the company's Cedar policy. Default deny; a forbid wins; an error of any kind is a denial. */
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
  return decision.isAllowed ? ok({ policies: decision.policies }) : err(deny('POLICY_DENIED'));
};
