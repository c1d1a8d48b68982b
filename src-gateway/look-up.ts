// What a call acts on, before a person is asked to approve it (docs/adr/0022). The worker of exactly this customer reads and
// proves what the call names, as the call itself would; the gateway judges that once more. A call of its own: counted, on record
// before the vendor is asked and after it, and over when its binding is.
import type { WorkerAnswer } from '../src-shared/contract/worker.ts';
import { asFault } from '../src-shared/fault.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import { lookUpTool, mostOfName, Subject, type Subjects } from '../src-shared/model/subject.ts';
import type { AskedCall } from './approvals/asked-call.ts';
import { shortAskedBody } from './asked-body.ts';
import type { Dispatch } from './dispatch.ts';
import { cutShort, judgeHealth } from './execute.ts';
import type { Health } from './health.ts';
import { narrow } from './narrow.ts';
import { summarise } from './record-summary.ts';
import type { Recorder } from './recorder.ts';
import type { Boarding, Scope } from './scope.ts';

/** Milliseconds the gateway waits beyond the worker's own deadline; and as many more for a worker that has to be started. */
const spareMs = 1000;

export interface LookUpPowers {
  readonly now: () => number;
  readonly clock: () => number;
  readonly scope: Pick<Scope, 'board' | 'clients' | 'isStopped' | 'bindingOf'>;
  readonly health: Health;
  readonly dispatch: Pick<Dispatch, 'lookUp'>;
  readonly recorder: Pick<Recorder, 'record'>;
}

/** `unproven`: it names a record that is not provably the customer's, so the call could only be denied. */
export type LookedUp =
  | { readonly state: 'done'; readonly subjects: Subjects }
  | { readonly state: 'unproven' }
  | { readonly state: 'unrecorded' };

export async function lookUp(asked: AskedCall, powers: LookUpPowers): Promise<LookedUp> {
  const { app, binding, session, principal, customer, definition } = asked;
  if (definition.limits.lookUpMs === undefined) return { state: 'done', subjects: [] };
  const counted = { technician: principal.id, client: principal.client, customer: customer.code, tool: lookUpTool };
  const taken = session.quota.take(counted, { now: powers.now(), clock: powers.clock() });
  if (!taken.ok) return unknown;

  const boarding = powers.scope.board(app, binding);
  try {
    const from = powers.clock();
    const { recorder } = powers;
    const asks = shortAskedBody({ tool: definition.name, arguments: asked.arguments, session }, customer);
    const intent = await recorder.record({ ...about(asked), kind: 'call.intent', gates: passed, body: asks });
    if (!intent.ok) {
      taken.value();
      return { state: 'unrecorded' };
    }
    const seen = await look(asked, powers, boarding).catch((): Seen => broken);
    const ms = Math.round(powers.clock() - from);
    const execution: GateOutcome = {
      gate: 'execution',
      ok: seen.ok,
      ms,
      ...(seen.ok ? {} : { code: seen.denial.code }),
    };
    const outcome = await recorder.record({
      ...about(asked),
      kind: 'call.outcome',
      ref: intent.seq,
      gates: [...passed, execution, { gate: 'audit', ok: true, ms: intent.ms }],
      result: resultOf(seen, ms),
      ...(seen.ok ? { body: { under: customer.id, content: { ...summarise(seen.subjects) } } } : {}),
    });
    if (!outcome.ok) return { state: 'unrecorded' };
    if (seen.ok) return { state: 'done', subjects: [...seen.subjects] };
    return seen.denial.code === 'OWNERSHIP_UNPROVEN' ? { state: 'unproven' } : unknown;
  } finally {
    boarding.land();
  }
}

const unknown: LookedUp = { state: 'done', subjects: null };

/** What had said yes by then. Whether the call may be made is not said yet, and not needed: nothing is done but looking. */
const passed: GateOutcome[] = (['principal', 'tenant', 'customer', 'entitlement', 'quota'] as const).map((gate) => ({
  gate,
  ok: true,
  ms: 0,
}));

/** In the name of whoever called. `params` say for which tool. */
function about({ principal, customer, cross, definition, session }: AskedCall): Omit<EntryDraft, 'kind'> {
  return {
    principal,
    customer: customer.code,
    ...(cross === undefined ? {} : { cross }),
    tool: lookUpTool,
    connector: definition.connector,
    risk: 'read',
    params: { tool: definition.name },
    policyVersion: session.bundle.version,
  };
}

type Seen =
  | { readonly ok: true; readonly subjects: readonly Subject[]; readonly redacted: number; readonly flagged: number }
  | { readonly ok: false; readonly denial: Denial };

const broken: Seen = { ok: false, denial: deny('VENDOR_ERROR') };

async function look(asked: AskedCall, powers: LookUpPowers, { signal, isCurrent }: Boarding): Promise<Seen> {
  const { app, binding, definition, instance, customer } = asked;
  const { lookUpMs = 0 } = definition.limits;
  const line = { instance: instance.id, customer: customer.id };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), lookUpMs + 2 * spareMs);
  powers.health.attempt(line);
  let answer: WorkerAnswer;
  try {
    answer = await powers.dispatch.lookUp(asked, AbortSignal.any([signal, late.signal]), lookUpMs + spareMs);
  } catch (thrown) {
    powers.health.released(line);
    const isLate = ['DEADLINE', 'CANCELLED'].includes(asFault(thrown).code);
    return {
      ok: false,
      denial: isCurrent() ? deny(isLate ? 'TIMED_OUT' : 'VENDOR_ERROR') : cutShort({ app, binding }, powers),
    };
  } finally {
    clearTimeout(timer);
  }
  // Its time is shorter than that of a call: what was too slow for it may be well.
  if (answer.status === 'denied' && answer.code === 'TIMED_OUT') powers.health.released(line);
  else judgeHealth(answer, { ...line, definition }, powers.health);
  if (!isCurrent()) return { ok: false, denial: cutShort({ app, binding }, powers) };
  return answer.status === 'ok' ? judged(asked, answer) : { ok: false, denial: deny(answer.code) };
}

/** Every one of them must be the customer's, by the gateway's own judgement. A name is text, and screened like any. */
function judged(
  { definition, session, owner, customer }: AskedCall,
  answer: Extract<WorkerAnswer, { status: 'ok' }>,
): Seen {
  const { records, dropped } = narrow(answer, owner, definition);
  if (dropped > 0) return { ok: false, denial: deny('OWNERSHIP_UNPROVEN') };
  const parsed = Subject.array().max(8).safeParse(records);
  if (!parsed.success) return broken;
  const screened = parsed.data.map((subject) => {
    if (subject.name === null) return { subject, redacted: 0, flagged: 0 };
    const {
      records: left,
      redacted,
      flagged,
      withheld,
    } = session.screen.apply([{ name: subject.name }], customer.id, textual);
    const name = Subject.shape.name.safeParse(left[0]?.['name'] ?? null).data ?? null;
    return { subject: { ...subject, name }, redacted, flagged: flagged + withheld };
  });
  const sum = (of: 'redacted' | 'flagged'): number => screened.reduce((total, each) => total + each[of], 0);
  const subjects = screened.map(({ subject }) => subject);
  return { ok: true, subjects, redacted: sum('redacted'), flagged: sum('flagged') };
}

const textual = { type: 'object', properties: { name: { type: 'string', maxLength: mostOfName } } };

/** Nothing of it leaves to the caller, so no bytes do. */
function resultOf(seen: Seen, ms: number): NonNullable<EntryDraft['result']> {
  const none = { records: 0, dropped: 0, redacted: 0, bytes: 0, ms };
  if (!seen.ok) return { ...none, status: seen.denial.code };
  const { subjects, redacted, flagged } = seen;
  return { ...none, status: 'ok', records: subjects.length, redacted, ...(flagged === 0 ? {} : { flagged }) };
}
