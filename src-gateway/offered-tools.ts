import type { OfferedTool } from '../src-shared/contract/gateway.ts';
import type { Denial } from '../src-shared/model/denial.ts';
import type { Result } from '../src-shared/result.ts';
import { boundCustomer } from './gates/customer.ts';
import { entitle } from './gates/entitlement.ts';
import { policy } from './gates/policy.ts';
import type { Powers } from './powers.ts';
import type { ByPrincipal, ByTenant } from './proofs.ts';

/** Every tool this principal could call, and whether gates 3 to 5 would let it now. Asks the gates; decides nothing. */
export function offeredTools(call: ByPrincipal & ByTenant, powers: Powers): readonly OfferedTool[] {
  const bound = boundCustomer(call, powers);
  return [...call.session.tools.values()].map(({ definition }) => {
    const offered = (decided: Result<object, Denial>): OfferedTool =>
      ({
      definition,
      risk: definition.risk,
      asks: 0,
      because: [],
      ...(decided.ok ? { isAllowed: true } : { isAllowed: false, reason: decided.error.reason }),
    });
    if (!bound.ok) return offered(bound);
    const entitled = entitle({ ...call, ...bound.value, tool: definition.name }, powers);
    if (!entitled.ok) return offered(entitled);
    return offered(policy({ ...call, ...bound.value, ...entitled.value }, powers) as Result<object, Denial>);
  });
}
