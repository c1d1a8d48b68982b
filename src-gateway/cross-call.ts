// A call of a client app that works on several customers at once: the ordinary call (call-tool.ts), once for each of them.
// Each has its own gates, its own worker and its own entries; nothing asks a vendor for "all", and nothing an AI sends says
// whose turn it is (docs/adr/0013).
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import type { ToolAnswer } from '../src-shared/model/tool-answer.ts';
import { err, type Result } from '../src-shared/result.ts';
import { identify } from './admit.ts';
import { shortAskedBody } from './asked-body.ts';
import { about, callTool, type CallPowers, causeOf, refuse } from './call-tool.ts';
import { CrossAnswer } from './cross-answer.ts';
import { denied } from './denied.ts';
import { boundMembers, claimed, crossEnded, type Members, stoppedMeanwhile } from './gates/customer.ts';
import type { KnownTool } from './known-tools.ts';
import type { Powers } from './powers.ts';
import type { ByPrincipal, ByTenant, Received } from './proofs.ts';

/** Members that are asked at the same time. */
const atOnce = 4;
/** Milliseconds for all of them; clients wait a minute. Who is not done by then is withheld. */
const wholeDeadline = 50_000;

type Identified = Received & ByPrincipal & ByTenant;

/**
 * A call of a client app: once where one customer is bound for it, else once for every member of its scope. The answer then
 * names the customer of each record, and each customer of whom there is none because its own call was denied. `auditRef` is
 * the entry of the whole; those of the members come before it and carry the same `cross`.
 */
export async function callForMembers(received: Received, powers: CallPowers, signal: AbortSignal): Promise<ToolAnswer> {
  const from = powers.clock();
  const { gates, verdict } = await identify.run(received, powers, powers.clock);
  if (!verdict.ok || verdict.value.app === 'operator') return callTool(received, powers, signal);
  const call = verdict.value;
  const cross = powers.scope.crossOf(verdict.value.app)?.scope.code;
  if (cross === undefined) return callTool(received, powers, signal);

  const known = { ...call, cross };
  const turns = turnsOf(call, powers);
  if (!turns.ok) return refuse(turns.error, { gates: [...gates, ...trail(turns.error)], known, from }, powers);

  const boarding = powers.scope.boardCross(verdict.value.app, cross);
  signal.addEventListener('abort', boarding.leave, { once: true });
  if (signal.aborted) boarding.leave();
  try {
    const parts = new CrossAnswer();
    await askAll(turns.value, boarding.signal, async ({ member, customer: { code } }, until) => {
      const turn = { ...received, arguments: { ...received.arguments, customer: code }, member };
      const answer = await callTool(turn, powers, until);
      if (!until.aborted) parts.take(code, answer);
    });
    const codes = turns.value.map(({ customer }) => customer.code);
    const { answer, result } = parts.whole(cross, codes, connectorOf(call));
    const ended = (): Denial => (powers.scope.isStopped(call.issuedIn) ? stoppedMeanwhile : crossEnded);
    const end = boarding.isCurrent() ? undefined : ended();
    const stop = end?.code;
    const ms = Math.round(powers.clock() - from);
    const outcome = await powers.recorder.record({
      ...about(known),
      ...(end ? causeOf(end) : {}),
      kind: 'call.outcome',
      // What the gates in between said is said of each member's own call, in its own entries.
      gates: [
        ...gates,
        { gate: 'customer', ok: true, ms: 0 },
        ...(stop ? [{ gate: 'execution' as const, ok: false, code: stop, ms }] : []),
        { gate: 'audit', ok: true, ms: 0 },
      ],
      result: { ...(stop ? { status: stop, ...nothing } : { status: 'ok', ...result }), ms },
      // What came of it is with each member's own entries: of the whole only what was asked may lie under no customer's key.
      body: shortAskedBody(known, undefined),
    });
    if (!outcome.ok) return denied(deny('AUDIT_UNAVAILABLE'), '');
    if (!boarding.isCurrent()) return denied(ended(), String(outcome.seq));
    return { ...answer, auditRef: String(outcome.seq) };
  } finally {
    signal.removeEventListener('abort', boarding.leave);
    boarding.land();
  }
}

/** Every member, if this call may be made of them at all. What only one of them would be denied is not asked here. */
export function turnsOf(call: Identified, powers: Powers): Result<readonly Turn[], Denial> {
  const bound = boundMembers(call, powers);
  if (!bound) return err(crossEnded);
  if (!bound.ok) return bound;
  const claim = claimed(call.arguments, bound.value.code, bound.value.members);
  if (!claim.ok) return claim;
  const denial = unfit(call.session.tools.get(call.tool), call);
  return denial ? err(denial) : claim;
}

/** Whether a tool may be called of several customers at once: lists that only read. */
export const isOfSeveral = ({ definition }: KnownTool, { session }: ByTenant): boolean =>
  definition.returns !== 'one' && [definition.risk, session.riskOf(definition)].every((risk) => reads.includes(risk));

const reads: readonly string[] = ['read', 'sensitive'];

function unfit(tool: KnownTool | undefined, call: Identified): Denial | undefined {
  if (!tool) return deny('UNKNOWN_TOOL');
  if (tool.review !== 'accepted') return deny('TOOL_CHANGED');
  if (!isOfSeveral(tool, call)) return listsOnly;
  if ('page' in call.arguments) return noPages;
  const problem = tool.misfit(call.arguments);
  if (problem === undefined) return undefined;
  return deny('INVALID_ARGUMENTS', { reason: `The arguments do not fit the tool's input schema: ${problem}.` });
}

export const listsOnly = deny('POLICY_DENIED', {
  reason: 'Of several customers at once only lists can be read.',
  remedy: 'Ask the technician to bind the one customer this is about.',
});

const noPages = deny('INVALID_ARGUMENTS', {
  reason: 'Of several customers at once there is no next page.',
  remedy: 'Ask for less at once, or ask the technician to bind the one customer.',
});

export const trail = ({ gate, code }: Denial): GateOutcome[] => [
  ...(gate === 'customer' ? [] : [{ gate: 'customer' as const, ok: true, ms: 0 }]),
  { gate, ok: false, code, ms: 0 },
];

const connectorOf = ({ session, tool }: Identified): string => session.tools.get(tool)?.definition.connector ?? '';

const nothing = { records: 0, dropped: 0, redacted: 0, bytes: 0 };

type Turn = Members['members'][number];

/** Asks a few at a time, until all are asked, the time is up or `signal` aborts. */
async function askAll(
  turns: readonly Turn[],
  signal: AbortSignal,
  ask: (turn: Turn, until: AbortSignal) => Promise<void>,
): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), wholeDeadline);
  const until = AbortSignal.any([signal, late.signal]);
  const waiting = [...turns];
  const work = async (): Promise<void> => {
    for (let turn = waiting.shift(); turn && !until.aborted; turn = waiting.shift()) await ask(turn, until);
  };
  await Promise.all(Array.from({ length: atOnce }, work)).finally(() => clearTimeout(timer));
}
