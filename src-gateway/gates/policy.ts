import { deny } from '../../src-shared/model/denial.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import { err, ok } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByPolicy, ByPrincipal, ByTenant } from '../proofs.ts';

/** What a policy cannot give an AI alone. There is no way to ask a person yet, so these are denied whatever it permits. */
const needsPerson: readonly Risk[] = ['credential', 'external', 'spend', 'destructive'];

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
  if (!decision.isAllowed) return err(deny('POLICY_DENIED'));
  if (needsPerson.includes(definition.risk)) {
    return err(
      deny('POLICY_DENIED', { reason: 'This needs the approval of a person, which cannot be asked for yet.' }),
    );
  }
  return ok({ policies: decision.policies });
};
