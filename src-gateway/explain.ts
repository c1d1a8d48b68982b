import type { Explanation } from '../src-shared/contract/gateway.ts';
import type { Denial } from '../src-shared/model/denial.ts';
import { Risk } from '../src-shared/model/risk.ts';
import type { Result } from '../src-shared/result.ts';
import { boundCustomer } from './gates/customer.ts';
import { offeredTools } from './offered-tools.ts';
import type { Powers } from './powers.ts';
import type { ByCustomer, ByPrincipal, ByTenant } from './proofs.ts';

/**
 * What one client app may do for whom it is bound to, class by class and tool by tool, with the rules that say so. In a
 * cross-customer scope the classes are those of its first member. Asks what the gates ask; decides nothing.
 */
export function explain(call: ByPrincipal & ByTenant, powers: Powers): Explanation {
  const { app, session } = call;
  const client = app === 'operator' ? app : app.name;
  const bound = boundFirst(call, powers);
  if (!bound.ok) return { client, customer: null, blocked: bound.error.reason, classes: [], tools: [] };
  const { customer, cross } = bound.value;
  const classes = Risk.options.map((risk) => {
    // The empty names are no tool's and no connector's: only rules about a whole class match them.
    const judged = { risk, tool: '', connector: '', isCross: cross !== undefined, now: powers.now() };
    const judgement = session.policy.judge({ person: session.person, customer: customer.id, client, ...judged });
    return { risk, verdict: judgement.verdict, because: [...judgement.because] };
  });
  return {
    client,
    customer: cross ?? customer.code,
    blocked: null,
    classes,
    tools: [...offeredTools(call, powers)],
  };
}

function boundFirst(call: ByPrincipal & ByTenant, powers: Powers): Result<ByCustomer, Denial> {
  const scope = powers.scope.crossOf(call.app)?.scope;
  const [first] = scope?.members ?? [];
  return boundCustomer(scope && first ? { ...call, member: { cross: scope.code, ...first } } : call, powers);
}
