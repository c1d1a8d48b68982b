import type { OfferedTool } from '../src-shared/contract/gateway.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import { isOfSeveral, listsOnly } from './cross-call.ts';
import { boundCustomer } from './gates/customer.ts';
import { entitle } from './gates/entitlement.ts';
import { judgeCall, presentPerson } from './gates/policy.ts';
import type { Powers } from './powers.ts';
import type { ByPrincipal, ByTenant, Member } from './proofs.ts';

type Identified = ByPrincipal & ByTenant;

/**
 * Every tool this principal could call, whether gates 3 to 5 would let it now, and how many persons each call needs. Asks
 * what the gates ask; decides nothing. In a cross-customer scope a tool is offered when one member's gates allow it.
 */
export function offeredTools(call: Identified, powers: Powers): readonly OfferedTool[] {
  const { session, app } = call;
  const scope = powers.scope.crossOf(app)?.scope;
  const members = scope?.members.map((member): Member => ({ cross: scope.code, ...member }));
  return [...session.tools.values()].map((known) => {
    const { definition } = known;
    if (!members) return offered(call, definition, powers);
    if (!isOfSeveral(known, call)) return refused(call, definition, listsOnly);
    const each = members.map((member) => offered({ ...call, member }, definition, powers));
    return each.find(({ isAllowed }) => isAllowed) ?? each[0] ?? refused(call, definition, deny('NO_CUSTOMER'));
  });
}

function offered(call: Identified & { member?: Member }, definition: ToolDefinition, powers: Powers): OfferedTool {
  const bound = boundCustomer(call, powers);
  if (!bound.ok) return refused(call, definition, bound.error);
  const entitled = entitle({ ...call, ...bound.value, tool: definition.name }, powers);
  if (!entitled.ok) return refused(call, definition, entitled.error);
  const judged = { ...call, ...bound.value, definition };
  const { verdict, because } = judgeCall(judged, powers.now());
  const tool = { definition, risk: call.session.riskOf(definition), because: [...because] };
  if (verdict === 'denied') {
    const reason = because.find(({ says }) => says !== '')?.says ?? deny('POLICY_DENIED').reason;
    return { ...tool, isAllowed: false, asks: 0, reason };
  }
  const needed = verdict === 'runs' ? 0 : verdict === 'asks' ? 1 : 2;
  // Whoever calls in person, and may approve it, is one of those it needs.
  const isPresent = needed > 0 && presentPerson(judged, powers.now()) !== undefined;
  return { ...tool, isAllowed: true, asks: isPresent ? needed - 1 : needed };
}

const refused = ({ session }: Identified, definition: ToolDefinition, { reason }: Denial): OfferedTool => ({
  definition,
  risk: session.riskOf(definition),
  isAllowed: false,
  asks: 0,
  because: [],
  reason,
});
