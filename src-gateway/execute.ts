// Gate 7 of an admitted call: in its worker, then judged once more, and screened.
import type { WorkerAnswer } from '../src-shared/contract/worker.ts';
import { asFault } from '../src-shared/fault.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import { isRead, needsPerson, type Risk } from '../src-shared/model/risk.ts';
import type { AllowedAnswer } from '../src-shared/model/tool-answer.ts';
import type { Dispatch } from './dispatch.ts';
import { crossEnded, stoppedMeanwhile } from './gates/customer.ts';
import type { Health, Line } from './health.ts';
import { narrow, type Narrowed } from './narrow.ts';
import type { Admitted } from './proofs.ts';
import type { Boarding, Scope } from './scope.ts';

/** Milliseconds the gateway waits beyond a tool's own deadline before it gives a worker up. */
const spareMs = 1000;

export interface ExecutePowers {
  readonly scope: Pick<Scope, 'clients' | 'isStopped' | 'bindingOf'>;
  readonly health: Health;
  readonly dispatch: Pick<Dispatch, 'run'>;
  /** Milliseconds from any fixed point, for durations. */
  readonly clock: () => number;
}

/** What became of an admitted call. */
export type Ran =
  | {
      readonly ok: true;
      readonly answer: Omit<AllowedAnswer, 'auditRef'>;
      readonly dropped: number;
      /** Mentions left in place, and records withheld for one. */
      readonly flagged: number;
      readonly bytes: number;
      readonly ms: number;
    }
  | { readonly ok: false; readonly denial: Denial; readonly ms: number };

export const broken: Ran = { ok: false, denial: deny('VENDOR_ERROR'), ms: 0 };

/** Gate 7. Whatever goes wrong is a denial; whatever arrives after the binding died is dropped unread. */
export async function execute(call: Admitted, powers: ExecutePowers, { signal, isCurrent }: Boarding): Promise<Ran> {
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
    if (code === 'DEADLINE') powers.health.failed(line, tooLong);
    else powers.health.released(line);
    return {
      ok: false,
      denial: isCurrent() ? brokenExecution(code, call.definition.risk) : cutShort(call, powers),
      ms: done(),
    };
  }
  judgeHealth(answer, { ...line, definition: call.definition }, powers.health);
  if (!isCurrent()) return { ok: false, denial: cutShort(call, powers), ms: done() };
  if (answer.status === 'denied') return { ok: false, denial: workersDenial(answer, call.definition.risk), ms: done() };

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
    flagged: flagged + withheld,
    bytes,
    ms: done(),
  };
}

/** What an answer says of the vendor. A denial that is no outage says nothing: the caller may have asked for it. */
export function judgeHealth(
  answer: WorkerAnswer,
  { definition, ...line }: Line & Pick<Admitted, 'definition'>,
  health: Health,
): void {
  if (answer.status === 'ok') {
    const isUnfiltered = definition.returns === 'list' && answer.dropped > answer.records.length;
    return isUnfiltered ? health.succeeded(line, unfiltered) : health.succeeded(line);
  }
  if (answer.isOutage === true) {
    return health.failed(line, answer.code === 'TIMED_OUT' ? tooLong : deny(answer.code).reason);
  }
  if (answer.isBusy === true) return health.released(line, 'The rate limit of the vendor is reached.');
  health.released(line, answer.code === 'CREDENTIAL_UNAVAILABLE' ? deny(answer.code).reason : undefined);
}

const unfiltered =
  "It answers with other customers' records, which are removed here. Searches may miss some of the customer's own.";

/** The worker's "no" with what to do about it, which depends on what was asked for. */
function workersDenial({ code, reason, isBusy }: Extract<WorkerAnswer, { status: 'denied' }>, risk: Risk): Denial {
  const words = reason === undefined ? {} : { reason };
  if (isBusy === true) return deny(code, { ...words, remedy: 'Wait that long, and ask for less at a time.' });
  if (code === 'TIMED_OUT') return timedOut(risk, words);
  if (code === 'VENDOR_ERROR' && !isRead(risk))
    return deny(code, {
      ...words,
      remedy: lookFirst,
    });
  // It found something to be other than expected, a price or an address: that is a person's to weigh, not to be retried.
  if (code === 'INVALID_ARGUMENTS' && needsPerson(risk))
    return deny(code, { ...words, remedy: 'Tell the technician before you call again.' });
  return deny(code, words);
}

function timedOut(risk: Risk, words: { readonly reason?: string } = {}): Denial {
  return isRead(risk)
    ? deny('TIMED_OUT', { reason: tooLong, remedy: 'Try again, or ask for less at a time.' })
    : deny('TIMED_OUT', {
        ...words,
        remedy: lookFirst,
      });
}

const tooLong = 'The vendor took too long.';
const lookFirst = 'Look at the record before you call again, and ask the technician if in doubt.';

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

/** Why a running call lost its binding: all AI work was stopped, the technician switched, or this app's rights were taken away. */
export function cutShort(
  { app, binding, cross, member }: Pick<Admitted, 'app' | 'binding'> & Partial<Pick<Admitted, 'cross' | 'member'>>,
  { scope }: Pick<ExecutePowers, 'scope'>,
): Denial {
  if (app !== 'operator' && scope.isStopped(binding.tenant)) return stoppedMeanwhile;
  const now = app === 'operator' ? app : scope.clients().find(({ id }) => id === app.id);
  const bound = now && scope.bindingOf(now, binding.tenant, member);
  const isSame = bound?.customer === binding.customer && bound.epoch === binding.epoch;
  if (!isSame) return cross === undefined ? deny('CUSTOMER_CONTEXT_CHANGED') : crossEnded;
  return deny('CLIENT_SUSPENDED', {
    cause: 'not-armed',
    reason: 'This client app was suspended while the call was running. Nothing was returned.',
  });
}

function brokenExecution(code: string, risk: Risk): Denial {
  if (code === 'DEADLINE') return timedOut(risk);
  if (code === 'CANCELLED') return deny('TIMED_OUT', { reason: 'The caller went away before the vendor answered.' });
  if (code === 'WORKER_UNAVAILABLE') return notStarted;
  if (code === 'PORT_CLOSED') return isRead(risk) ? workerEnded : workerEndedAtChange;
  const what = "The vendor's answer could not be read.";
  return deny('VENDOR_ERROR', { reason: isRead(risk) ? what : `${what} ${maybeMade}` });
}

const maybeMade = 'The change may or may not have been made.';

const workerEnded = deny('VENDOR_ERROR', {
  cause: 'worker-ended',
  reason: "Bulkhead's own isolated process for this connector ended before there was an answer.",
  remedy: 'Call again: Bulkhead starts a new one. If it ends again, ask the technician to restart Bulkhead.',
});

const workerEndedAtChange: Denial = { ...workerEnded, reason: `${workerEnded.reason} ${maybeMade}`, remedy: lookFirst };

const notStarted = deny('VENDOR_ERROR', {
  cause: 'worker-not-started',
  reason: "Bulkhead's own isolated process for this connector could not be started. Nothing was sent to the vendor.",
  remedy: 'Call again. If it stays, ask the technician to look at Connectors in Bulkhead, and to restart it.',
});
