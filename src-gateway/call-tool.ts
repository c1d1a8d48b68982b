import type { Customer } from '../src-shared/model/customer.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { CallResult, Decision, EntryDraft } from '../src-shared/model/entry.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import type { ToolAnswer } from '../src-shared/model/tool-answer.ts';
import { admit } from './admit.ts';
import type { Approvals } from './approvals/approvals.ts';
import { askedBody, shortAskedBody } from './asked-body.ts';
import { denied } from './denied.ts';
import { broken, execute, type ExecutePowers, type Ran } from './execute.ts';
import type { Health } from './health.ts';
import type { Powers } from './powers.ts';
import type { Admitted, ByPolicy, JudgedDenial, Received } from './proofs.ts';
import { summarise } from './record-summary.ts';
import type { Recorder } from './recorder.ts';
import type { Scope } from './scope.ts';

/** What a call needs beyond what the gates may look at. */
export interface CallPowers extends Powers, ExecutePowers {
  readonly scope: Scope;
  readonly health: Health;
  readonly recorder: Recorder;
  readonly approvals: Pick<Approvals, 'claim' | 'ran' | 'look' | 'settled'>;
}

/**
 * A tool call, from received to answered: admit, record the intent, dispatch, narrow, record the outcome, answer.
 * Nothing reaches a vendor that is not on the disk, and nothing leaves that is not on the disk. `signal` ends when the
 * caller goes away.
 */
export async function callTool(received: Received, powers: CallPowers, signal: AbortSignal): Promise<ToolAnswer> {
  const from = powers.clock();
  const { gates, known, verdict } = await admit.run(received, powers, powers.clock);
  if (!verdict.ok) return refuse(verdict.error, { gates: saidBy(verdict.error, gates), known, from }, powers);

  const call = verdict.value;
  if (!call.use()) {
    call.release();
    return refuse(usedUp(call), { gates: stoppedAtPolicy(gates), known, from }, powers);
  }
  const boarding = powers.scope.board(call.app, call.binding);
  signal.addEventListener('abort', boarding.leave, { once: true });
  if (signal.aborted) boarding.leave();
  try {
    const intent = await powers.recorder.record({
      ...about(call),
      kind: 'call.intent',
      gates: [...gates],
      body: askedBody(call, call.customer),
    });
    if (!intent.ok) {
      call.release();
      const denial = deny('AUDIT_UNAVAILABLE');
      // One that did not answer is not waited for a second time.
      return intent.isAnswered ? await refuse(denial, { gates, known: call, from }, powers) : denied(denial, '');
    }

    // Whatever a worker may send, the call it belongs to has an outcome.
    const ran = await execute(call, powers, boarding).catch(() => broken);
    const ms = Math.round(powers.clock() - from);
    const execution: GateOutcome = ran.ok
      ? { gate: 'execution', ok: true, ms: ran.ms }
      : { gate: 'execution', ok: false, code: ran.denial.code, ms: ran.ms };
    const outcome = await powers.recorder.record({
      ...about(call),
      kind: 'call.outcome',
      ref: intent.seq,
      gates: [...gates, execution, { gate: 'audit', ok: true, ms: intent.ms }],
      result: result(ran, ms),
      ...(ran.ok ? {} : causeOf(ran.denial)),
      ...(ran.ok ? { body: { under: call.customer.id, content: { ...summarise(ran.answer.records) } } } : {}),
    });
    if (!outcome.ok) return denied(deny('AUDIT_UNAVAILABLE'), String(intent.seq));
    if (!ran.ok) return denied(ran.denial, String(outcome.seq));
    // The binding may have died while the outcome was written. The ledger then says more left than did, never less.
    if (!boarding.isCurrent()) return denied(deny('CUSTOMER_CONTEXT_CHANGED'), String(outcome.seq));
    return { ...ran.answer, auditRef: String(outcome.seq) };
  } finally {
    signal.removeEventListener('abort', boarding.leave);
    boarding.land();
  }
}

/** What people would be asked about is looked up first. Where that says no, no person has: policy has not judged to the end. */
const saidBy = ({ gate }: Denial, gates: readonly GateOutcome[]): readonly GateOutcome[] =>
  gate === 'execution' ? gates.map((each) => (each.ok ? each : { ...each, gate })) : gates;

/** Records and returns the "no" of a gate before execution. An unrecorded denial is still a denial, with another code. */
export async function refuse(
  denial: Denial,
  { gates, known, from }: { gates: readonly GateOutcome[]; known: Received & Partial<Admitted>; from: number },
  powers: CallPowers,
): Promise<ToolAnswer> {
  const customer = known.customer ?? boundTo(known, powers);
  const recorded = await powers.recorder.record({
    ...about(known),
    customer: customer?.code ?? null,
    ...('because' in denial ? { decision: decisionOf(denial as JudgedDenial) } : {}),
    ...causeOf(denial),
    kind: 'call.denied',
    gates: [
      ...gates,
      { gate: 'audit', ms: 0, ...(denial.gate === 'audit' ? { ok: false, code: denial.code } : { ok: true }) },
    ],
    result: {
      status: denial.code,
      records: 0,
      dropped: 0,
      redacted: 0,
      bytes: 0,
      ms: Math.round(powers.clock() - from),
    },
    body: shortAskedBody(known, customer),
  });
  return recorded.ok ? denied(denial, String(recorded.seq)) : denied(deny('AUDIT_UNAVAILABLE'), '');
}

/** The customer a call is under that was denied before that was proven, as when it names another: whoever reads the entry asks that. */
function boundTo({ app, issuedIn, session, member }: Partial<Admitted>, { scope }: CallPowers): Customer | undefined {
  const binding = member ?? (app && issuedIn ? scope.bindingOf(app, issuedIn) : undefined);
  return binding && session?.customers.get(binding.customer);
}

/** What anyone who may read the ledger reads of a call, from whatever was proven before it ended. */
export function about(call: Received & Partial<Admitted>): Omit<EntryDraft, 'kind'> {
  const cross = call.member?.cross ?? call.cross;
  const definition = call.definition ?? call.session?.tools.get(call.tool)?.definition;
  return {
    principal: call.principal ?? { kind: 'anonymous', id: '', name: '', client: '' },
    customer: call.customer?.code ?? null,
    ...(cross === undefined ? {} : { cross }),
    tool: call.tool.slice(0, 80),
    ...(definition
      ? { connector: definition.connector, risk: call.session?.riskOf(definition) ?? definition.risk }
      : {}),
    ...(call.session ? { policyVersion: call.session.bundle.version } : {}),
    ...(call.because ? { decision: decisionOf({ ...call, because: call.because }) } : {}),
  };
}

/** What the entry says of a denial besides its code. */
export const causeOf = ({ cause }: Denial): Pick<EntryDraft, 'params'> =>
  cause === undefined ? {} : { params: { because: cause } };

/** What the entry says decided: the rules, and the approval the call rests on or waits for. */
function decisionOf({
  because,
  approval,
  standing,
}: Pick<ByPolicy, 'because'> & { approval?: string; standing?: string }): Decision {
  return {
    policies: because.map(({ id }) => id).slice(0, 50),
    ...(approval === undefined ? {} : { approval }),
    ...(standing === undefined ? {} : { standing }),
  };
}

/** Its approval was another call's by now, of two that came at once, or it was over before this one could be made. */
const usedUp = ({ because, approval }: Admitted): JudgedDenial => ({
  ...deny('APPROVAL_EXPIRED', {
    reason: 'The approval of this call is used up or over.',
    remedy: 'Call again if it should be made once more: people are then asked anew.',
    ...(approval === undefined ? {} : { approval }),
  }),
  because,
});

/** The trail of a call whose approval was gone when it was about to be made. */
function stoppedAtPolicy(gates: readonly GateOutcome[]): GateOutcome[] {
  const passed = gates.slice(
    0,
    gates.findIndex(({ gate }) => gate === 'policy'),
  );
  return [...passed, { gate: 'policy', ok: false, code: 'APPROVAL_EXPIRED', ms: 0 }];
}

function result(ran: Ran, ms: number): CallResult {
  if (!ran.ok) return { status: ran.denial.code, records: 0, dropped: 0, redacted: 0, bytes: 0, ms };
  const { records, redacted } = ran.answer;
  const mentions = ran.flagged === 0 ? {} : { flagged: ran.flagged };
  return { status: 'ok', records: records.length, dropped: ran.dropped, redacted, ...mentions, bytes: ran.bytes, ms };
}
