import type { WorkerAnswer } from '../src-shared/contract/worker.ts';
import { asFault } from '../src-shared/fault.ts';
import { bindingOf } from '../src-shared/model/binding.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { CallResult, EntryDraft } from '../src-shared/model/entry.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import { isRead } from '../src-shared/model/risk.ts';
import type { AllowedAnswer, ToolAnswer } from '../src-shared/model/tool-answer.ts';
import { admit } from './admit.ts';
import { denied } from './denied.ts';
import type { Dispatch } from './dispatch.ts';
import type { Health, Line } from './health.ts';
import { narrow, type Narrowed } from './narrow.ts';
import type { Powers } from './powers.ts';
import type { Admitted, Received } from './proofs.ts';
import type { Recorder } from './recorder.ts';
import type { Boarding, Scope } from './scope.ts';
import type { KnownTool } from './tenant-session.ts';

/** Milliseconds the gateway waits beyond a tool's own deadline before it gives a worker up. */
const spareMs = 1000;

/** What a call needs beyond what the gates may look at. */
export interface CallPowers extends Powers {
  readonly scope: Scope;
  readonly health: Health;
  readonly dispatch: Pick<Dispatch, 'run'>;
  readonly recorder: Recorder;
  /** Milliseconds from any fixed point, for durations. */
  readonly clock: () => number;
}

/**
 * A tool call, from received to answered: admit, record the intent, dispatch, narrow, record the outcome, answer.
 * Nothing reaches a vendor that is not on the disk, and nothing leaves that is not on the disk. `signal` ends when the
 * caller goes away.
 */
export async function callTool(received: Received, powers: CallPowers, signal: AbortSignal): Promise<ToolAnswer> {
  const from = powers.clock();
  const { gates, known, verdict } = await admit.run(received, powers, powers.clock);
  if (!verdict.ok) return refuse(verdict.error, { gates, known, from }, powers);

  const call = verdict.value;
  const boarding = powers.scope.board(call.app, call.binding);
  signal.addEventListener('abort', boarding.leave, { once: true });
  if (signal.aborted) boarding.leave();
  try {
    const intent = await powers.recorder.record({ ...about(call), kind: 'call.intent', gates: [...gates] });
    if (!intent.ok) {
      call.release();
      return denied(deny('AUDIT_UNAVAILABLE'), '');
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

type Ran =
  | {
      readonly ok: true;
      readonly answer: Omit<AllowedAnswer, 'auditRef'>;
      readonly dropped: number;
      readonly bytes: number;
      readonly ms: number;
    }
  | { readonly ok: false; readonly denial: Denial; readonly ms: number };

const broken: Ran = { ok: false, denial: deny('VENDOR_ERROR'), ms: 0 };

/** Gate 7. Whatever goes wrong is a denial; whatever arrives after the binding died is dropped unread. */
async function execute(call: Admitted, powers: CallPowers, { signal, isCurrent }: Boarding): Promise<Ran> {
  const from = powers.clock();
  const done = () => Math.round((powers.clock() - from) * 1000) / 1000;
  const { deadlineMs, maxBytes } = call.definition.limits;
  const line = { instance: call.instance.id, customer: call.customer.id };
  powers.health.attempt(line);

  let answer: WorkerAnswer;
  try {
    answer = await powers.dispatch.run(call, signal, deadlineMs + spareMs);
  } catch (thrown) {
    const code = asFault(thrown).code;
    if (code === 'DEADLINE') powers.health.failed(line, deny('TIMED_OUT').reason);
    else powers.health.released(line);
    return { ok: false, denial: isCurrent() ? brokenExecution(code) : cutShort(call, powers), ms: done() };
  }
  judgeHealth(answer, line, powers.health);
  if (!isCurrent()) return { ok: false, denial: cutShort(call, powers), ms: done() };
  if (answer.status === 'denied') {
    return {
      ok: false,
      denial: deny(answer.code, answer.reason === undefined ? {} : { reason: answer.reason }),
      ms: done(),
    };
  }
  const { records, dropped, redacted, flagged, withheld } = screened(call, narrow(answer, call.owner, call.definition));
  if (withheld > 0 && !isRead(call.definition.risk)) {
    return { ok: false, denial: deny('VENDOR_ERROR', { reason: madeButNotShown }), ms: done() };
  }
  const bytes = Buffer.byteLength(JSON.stringify(records));
  if (bytes > maxBytes) {
    const reason = 'The answer is larger than this tool may return. Ask for less at once.';
    return { ok: false, denial: deny('VENDOR_ERROR', { reason }), ms: done() };
  }
  return {
    ok: true,
    answer: {
      customer: call.customer.code,
      records: [...records],
      ...(answer.next === undefined ? {} : { page: { next: answer.next } }),
      dropped: isShaped(call) ? 0 : dropped,
      redacted,
      ...(flagged === 0 ? {} : { flagged }),
      provenance: { connector: call.definition.connector, trust: 'untrusted' },
    },
    dropped,
    bytes,
    ms: done(),
  };
}

/** What an answer says of the vendor. A denial that is no outage says nothing: the caller may have asked for it. */
function judgeHealth(answer: WorkerAnswer, line: Line, health: Health): void {
  if (answer.status === 'ok') health.succeeded(line);
  else if (answer.isOutage === true) health.failed(line, deny(answer.code).reason);
  else health.released(line, answer.code === 'CREDENTIAL_UNAVAILABLE' ? deny(answer.code).reason : undefined);
}

/**
 * What is left once mentions of other customers are dealt with as the company's policy says; a record withheld for one counts
 * as dropped. A secret is not text: the one record that a person asked to see is handed over as the vendor holds it.
 */
function screened({ session, customer, definition }: Admitted, { records, dropped }: Narrowed) {
  if (definition.risk === 'credential') return { records, dropped, redacted: 0, flagged: 0, withheld: 0 };
  const left = session.screen.apply(records, customer.id, definition.recordSchema);
  return { ...left, dropped: dropped + left.withheld };
}

const madeButNotShown =
  'The change was made, but its record names another customer and is not shown. Do not repeat it.';

/**
 * Whether the caller chose what was asked for. How many of others' records fit such a question is an answer about them: a
 * foreign id must look like a missing one, and a text only others have like one nobody has. What a vendor could not filter
 * at all says only how much others have. The ledger keeps the number.
 */
function isShaped({ definition, arguments: args }: Admitted): boolean {
  return definition.returns !== 'list' || Object.keys(args).some((name) => name !== 'customer' && name !== 'page');
}

/** Why a running call lost its binding: the technician switched, or took this client app's rights away. */
function cutShort({ app, binding }: Admitted, { scope }: CallPowers): Denial {
  const now = app === 'operator' ? app : scope.clients().find(({ id }) => id === app.id);
  const bound = now && bindingOf(now, scope.switcher(binding.tenant));
  const isSame = bound?.customer === binding.customer && bound.epoch === binding.epoch;
  if (!isSame) return deny('CUSTOMER_CONTEXT_CHANGED');
  return deny('CLIENT_SUSPENDED', {
    reason: 'This client app was suspended while the call was running. Nothing was returned.',
  });
}

function brokenExecution(code: string): Denial {
  if (code === 'DEADLINE') return deny('TIMED_OUT');
  if (code === 'CANCELLED') return deny('TIMED_OUT', { reason: 'The caller went away before the vendor answered.' });
  const what =
    code === 'PORT_CLOSED' ? 'The isolated worker ended before it answered.' : "The vendor's answer could not be read.";
  return deny('VENDOR_ERROR', { reason: `${what} A write may or may not have happened.` });
}

/** Records and returns the "no" of a gate before execution. An unrecorded denial is still a denial, with another code. */
async function refuse(
  denial: Denial,
  { gates, known, from }: { gates: readonly GateOutcome[]; known: Received & Partial<Admitted>; from: number },
  powers: CallPowers,
): Promise<ToolAnswer> {
  const recorded = await powers.recorder.record({
    ...about(known),
    customer: boundCode(known, powers),
    kind: 'call.denied',
    gates: [...gates, { gate: 'audit', ok: true, ms: 0 }],
    result: {
      status: denial.code,
      records: 0,
      dropped: 0,
      redacted: 0,
      bytes: 0,
      ms: Math.round(powers.clock() - from),
    },
  });
  return recorded.ok ? denied(denial, String(recorded.seq)) : denied(deny('AUDIT_UNAVAILABLE'), '');
}

/** The customer a denied call was under, also when it was denied for naming another: whoever reads the entry asks that. */
function boundCode({ app, issuedIn, session }: Partial<Admitted>, { scope }: CallPowers): string | null {
  const binding = app && issuedIn ? bindingOf(app, scope.switcher(issuedIn)) : undefined;
  return (binding && session?.customers.get(binding.customer)?.code) ?? null;
}

/** What an entry says of a call, from whatever was proven before it ended. */
function about(call: Received & Partial<Admitted>): Omit<EntryDraft, 'kind'> {
  const definition = call.definition ?? call.session?.tools.get(call.tool)?.definition;
  return {
    principal: call.principal ?? { kind: 'anonymous', id: '', name: '', client: '' },
    customer: call.customer?.code ?? null,
    tool: call.tool.slice(0, 80),
    params: withoutSecrets(call.arguments, call.session?.tools.get(call.tool)),
    ...(definition ? { connector: definition.connector, risk: definition.risk } : {}),
    ...(call.session ? { policyVersion: call.session.bundle.version } : {}),
  };
}

/**
 * The arguments as they may be written down: a secret's place is kept, and of a tool that takes one nothing undeclared. Of a
 * tool nobody knows all may be secret: its name may be a misspelt one.
 */
function withoutSecrets(args: Received['arguments'], tool: KnownTool | undefined): EntryDraft['params'] {
  if (tool?.secrets.size === 0) return { ...args };
  const { properties = {} } = (tool?.definition.inputSchema ?? customerOnly) as { properties?: object };
  const isWritten = (name: string, value: unknown): boolean =>
    tool?.secrets.has(name) !== true &&
    Object.hasOwn(properties, name) &&
    (name !== 'customer' || (typeof value === 'string' && value.length <= 20));
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) =>
      isWritten(name, value) ? [name, value] : [name.slice(0, 80), notWritten],
    ),
  );
}

const customerOnly = { properties: { customer: {} } };

const notWritten = '[not recorded]';

function result(ran: Ran, ms: number): CallResult {
  if (!ran.ok) return { status: ran.denial.code, records: 0, dropped: 0, redacted: 0, bytes: 0, ms };
  const { records, redacted, flagged } = ran.answer;
  const mentions = flagged === undefined ? {} : { flagged };
  return { status: 'ok', records: records.length, dropped: ran.dropped, redacted, ...mentions, bytes: ran.bytes, ms };
}
