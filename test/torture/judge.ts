// Whether the ledger explains what vendors were asked and what clients were told. It is asked while no call is under way and
// after a start, when every call that was cut short must have been found.
import type { Book, Line } from './book.ts';
import type { Call, Ended } from './traffic.ts';
import type { Asked } from './vendor-side.ts';

export interface Told {
  readonly book: Book;
  /** What vendors were asked and clients were told since the last time. */
  readonly asked: readonly Asked[];
  readonly calls: readonly Call[];
  /** Milliseconds by which clocks may have been set back meanwhile. */
  readonly clockSlack: number;
}

/**
 * Milliseconds for which a request without a mark (a sign-in, a look at the ticket that is written to) may come after its
 * call has an outcome: it was on its way when the call was cut short.
 */
const onItsWay = 5000;

/** Each violation as a sentence. */
export function judge({ book, asked, calls, clockSlack }: Told): string[] {
  return [
    ...asked.flatMap((one) => judgeAsked(one, book, clockSlack)),
    ...judgeWrites(asked, book),
    ...calls.flatMap((call) => judgeAnswer(call, book)),
    ...judgeOutcomes(book),
  ];
}

/** Nothing reaches a vendor that was not on the disk before. */
function judgeAsked({ connector, method, path, at, mark }: Asked, book: Book, clockSlack: number): string[] {
  const what = `${connector} was asked ${method} ${path} at ${new Date(at).toISOString()}`;
  if (mark !== null) {
    const intents = book.intentsOf(mark);
    if (intents.length === 0) return [`${what} for call ${mark}, of which there is no intent`];
    if (intents.some((intent) => intent.at <= at + clockSlack)) return [];
    return [`${what} for call ${mark}, before its intent (entry ${intents[0]?.seq}) was recorded`];
  }
  const isCovered = (intent: Line): boolean => {
    if (intent.kind !== 'call.intent' || intent.connector !== connector || intent.at > at + clockSlack) return false;
    const [outcome] = book.outcomesOf(intent.seq);
    return outcome === undefined || outcome.at + onItsWay >= at;
  };
  return book.lines.findLast(isCovered) ? [] : [`${what}, and no call to it was under way`];
}

/** A change is sent once for each call that was admitted. */
function judgeWrites(asked: readonly Asked[], book: Book): string[] {
  const sent = new Map<number, number>();
  for (const { method, mark } of asked)
    if (method !== 'GET' && mark !== null) sent.set(mark, (sent.get(mark) ?? 0) + 1);
  return [...sent].flatMap(([mark, times]) => {
    const admitted = book.intentsOf(mark).length;
    return times <= admitted ? [] : [`the change of call ${mark} was sent ${times} times on ${admitted} intents`];
  });
}

/** Nothing leaves that is not on the disk. */
function judgeAnswer({ mark, client, kind, end }: Call, book: Book): string[] {
  const what = `call ${mark} (${kind}) of ${client}`;
  if (!end) return [`${what} is still under way`];
  if (end.how === 'hung') return [`${what} was neither answered nor cut off`];
  if (end.how === 'lost' || end.how === 'refused') return [];
  const line = book.line(Number(end.auditRef));
  if (end.code === 'AUDIT_UNAVAILABLE') {
    return line || end.auditRef === '' ? [] : [`${what} was denied with a reference to nothing`];
  }
  const isItsOwn = line?.client === client && (line.kind === 'call.denied' || book.line(line.ref)?.mark === mark);
  if (isItsOwn && isSaid(end, line)) return [];
  return [`${what} ended with ${end.how} ${end.code} (${end.auditRef}) and the ledger does not say so`];
}

/** What ended while its outcome was written was withheld: the ledger may say that more left than did, never less. */
function isSaid({ how, code }: Ended, { kind, status }: Line): boolean {
  if (how === 'ok') return kind === 'call.outcome' && status === 'ok';
  return status === code || (kind === 'call.outcome' && status === 'ok' && code === 'CUSTOMER_CONTEXT_CHANGED');
}

function judgeOutcomes(book: Book): string[] {
  return book.lines.flatMap(({ kind, seq, ref }) => {
    if (kind === 'call.intent' && book.outcomesOf(seq).length > 1) return [`the intent ${seq} has several outcomes`];
    const isStray = kind === 'call.outcome' && book.line(ref)?.kind !== 'call.intent';
    return isStray ? [`the outcome ${seq} belongs to no intent`] : [];
  });
}
