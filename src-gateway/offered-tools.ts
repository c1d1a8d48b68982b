import type { OfferedTool } from '../src-shared/contract/gateway.ts';
import { bindingOf } from '../src-shared/model/binding.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { Result } from '../src-shared/result.ts';
import { entitle } from './gates/entitlement.ts';
import { policy } from './gates/policy.ts';
import type { Powers } from './powers.ts';
import type { ByPrincipal, ByTenant } from './proofs.ts';

/** Every tool this principal could call, and whether gates 3 to 5 would let it now. Asks the gates; decides nothing. */
export function offeredTools(call: ByPrincipal & ByTenant, powers: Powers): readonly OfferedTool[] {
  const { app, session, issuedIn } = call;
  const binding = bindingOf(app, powers.scope.switcher(issuedIn));
  const customer = binding && session.customers.get(binding.customer);
  return [...session.tools.values()].map(({ definition }) => {
    const offered = ({ ok, denial }: { ok: boolean; denial?: Denial }): OfferedTool =>
      ok ? { definition, isAllowed: true } : { definition, isAllowed: false, reason: denial?.reason ?? '' };
    if (!binding || !customer) return offered({ ok: false, denial: deny('NO_CUSTOMER') });
    if (app !== 'operator' && app.state !== 'armed') return offered({ ok: false, denial: deny('CLIENT_SUSPENDED') });
    const entitled = entitle({ tool: definition.name, session, principal: call.principal, binding, customer }, powers);
    if (!entitled.ok) return offered({ ok: false, denial: entitled.error });
    const decided = policy({ ...call, binding, customer, ...entitled.value }, powers) as Result<object, Denial>;
    return decided.ok ? offered({ ok: true }) : offered({ ok: false, denial: decided.error });
  });
}
