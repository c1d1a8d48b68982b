// Where in their lives the calls were that a kill met, as far as it can be told afterwards: from what the ledger, the vendors and
// the clients each noted, by one machine's clock.
import type { Book } from './book.ts';
import type { Call } from './traffic.ts';
import type { Asked } from './vendor-side.ts';

export interface Kill {
  readonly victim: string;
  /** What was going on: nothing but calls, a start, an end, a checkpoint, another kill. */
  readonly occasion: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The calls that were under way. */
  readonly calls: readonly Call[];
}

export const phases = [
  'before the intent',
  'before the vendor',
  'at the vendor',
  'before the outcome',
  'before the answer',
] as const;
export type Phase = (typeof phases)[number];

export function phaseOf(at: number, call: Call, { book, asked }: { book: Book; asked: readonly Asked[] }): Phase {
  const intent = book.intentsOf(call.mark).find((one) => one.at >= call.from);
  if (!intent || at < intent.at) return 'before the intent';
  const requests = asked.filter((one) => one.mark === call.mark && one.at >= call.from);
  const outcome = book.outcomesOf(intent.seq).find(({ status }) => status !== 'interrupted');
  if (outcome && outcome.at <= at) return 'before the answer';
  const [first] = requests;
  if (!first || at < first.at) return 'before the vendor';
  const isBack = requests.every(({ answeredAt }) => answeredAt !== null && answeredAt <= at);
  return isBack ? 'before the outcome' : 'at the vendor';
}

/** Whether entries were being written when the kill came: within so many milliseconds of it. */
export function metACommit(at: number, book: Book, within = 3): boolean {
  const last = book.lines.findLast((line) => line.at <= at + within);
  return last !== undefined && last.at >= at - within;
}
