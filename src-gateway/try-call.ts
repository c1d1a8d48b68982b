import { PolicyVerdict, type Trial } from '../src-shared/contract/gateway.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import { ok } from '../src-shared/result.ts';
import { identify } from './admit.ts';
import type { Claims } from './approvals/claim.ts';
import { trail, turnsOf } from './cross-call.ts';
import { customer } from './gates/customer.ts';
import { entitlement } from './gates/entitlement.ts';
import { judgeCall, policy } from './gates/policy.ts';
import { hasRoom } from './gates/quota.ts';
import type { Gate } from './pipeline.ts';
import type { Judgement } from './policy/policy.ts';
import type { Powers } from './powers.ts';
import type { ByCustomer, ByEntitlement, ByPrincipal, ByTenant, Received } from './proofs.ts';

/** What policy said of the call, and whether it still waits for somebody. */
interface ByTrial extends Judgement {
  readonly isWaiting: boolean;
}

type Entitled = Received & ByPrincipal & ByTenant & ByCustomer & ByEntitlement;

/** Gate 5, but a call that people would be asked about goes on: what comes after the asking is of interest too. */
const judged: Gate<Powers, Entitled, ByTrial> = async (call, powers) => {
  const passed = await policy(call, powers);
  const isWaiting = !passed.ok && passed.error.code === 'APPROVAL_PENDING';
  return passed.ok || isWaiting ? ok({ ...judgeCall(call, powers.now()), isWaiting }) : passed;
};

/** Gates 1 to 6 as admit.ts has them, without the two that take something: nobody is asked and no call is counted. */
const trial = identify
  .gate('customer', customer)
  .gate('entitlement', entitlement)
  .gate('policy', judged)
  .gate('quota', (call: Entitled, powers) => hasRoom(call, powers));

/**
 * Judges a call as the gates would now, without running it. `look` answers what people said of it so far and asks nobody.
 * In a cross-customer scope the call is one of each member, and what the strictest of them meets is told.
 */
export async function tryCall(received: Received, powers: Powers, look: Claims): Promise<Trial> {
  const looking = { ...powers, approvals: look };
  const { gates, verdict } = await identify.run(received, looking, powers.clock);
  if (!verdict.ok || !powers.scope.crossOf(verdict.value.app)) return tryOne(received, looking);
  const turns = turnsOf(verdict.value, looking);
  if (!turns.ok) {
    const denial = shown(turns.error);
    return { verdict: 'denied', gates: [...gates, ...trail(turns.error)], because: [], denial };
  }
  const trials = await Promise.all(
    turns.value.map(({ member, customer: { code } }) =>
      tryOne({ ...received, arguments: { ...received.arguments, customer: code }, member }, looking),
    ),
  );
  return trials.toSorted((one, other) => strictness(other) - strictness(one))[0] ?? tryOne(received, looking);
}

const strictness = ({ verdict }: Trial): number => PolicyVerdict.options.indexOf(verdict);

async function tryOne(received: Received, powers: Powers): Promise<Trial> {
  const { gates, known, verdict } = await trial.run(received, powers, powers.clock);
  if (!verdict.ok) {
    const because = isEntitled(known) ? judgeCall(known, powers.now()).because : [];
    return { verdict: 'denied', gates: [...gates], because: [...because], denial: shown(verdict.error) };
  }
  const { isWaiting, because } = verdict.value;
  return {
    verdict: isWaiting ? verdict.value.verdict : 'runs',
    gates: isWaiting ? gates.map(waits) : [...gates],
    because: [...because],
    denial: null,
  };
}

/** Whether a call came as far as the policy. */
const isEntitled = (known: Received & Partial<Entitled>): known is Entitled => known.owner !== undefined;

const waits = (outcome: GateOutcome): GateOutcome =>
  outcome.gate === 'policy' ? { ...outcome, ok: false, code: deny('APPROVAL_PENDING').code } : outcome;

const shown = ({ gate, code, reason, remedy }: Denial): Trial['denial'] => ({ gate, code, reason, remedy });
