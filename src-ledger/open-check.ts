/**
 * Whether the calls that the file says are open are those that its entries leave open. No leaf covers that list, and what is not on it
 * is never told as cut short. Remembers calls that are open at once, whatever the ledger's length.
 */
import type { BadEntry } from '../src-shared/merkle/chain.ts';
import type { Sqlite } from './database.ts';
import type { Read } from './rows.ts';

/** Far more than ever run at once: a file that was tampered with may hold any number. */
const mostAtOnce = 1_000_000;

export class OpenCheck {
  /** On the list, and their intents have not come by. */
  readonly #unseen: Set<number>;
  /** On the list, and their intents have. */
  readonly #open = new Set<number>();
  /** Not on the list: their answers must come by. */
  readonly #unanswered = new Set<number>();

  /** Reads the list: of the entries that there are at this moment, no others may be added. */
  constructor(db: Sqlite) {
    const listed = db.prepare<[number], number>('SELECT seq FROM open_intent ORDER BY seq LIMIT ?').pluck();
    this.#unseen = new Set(listed.all(mostAtOnce + 1));
  }

  /** Takes the next entry. Answers what is wrong, if it shows by now. */
  add({ seq, kind, ref }: Read): BadEntry | undefined {
    if (kind === 'call.intent') {
      if (this.#unseen.delete(seq)) this.#open.add(seq);
      else this.#unanswered.add(seq);
    } else if ((kind === 'call.outcome' || kind === 'call.denied') && ref !== undefined && ref < seq) {
      if (this.#open.has(ref) || this.#unseen.has(ref)) return bad(ref, over);
      this.#unanswered.delete(ref);
    }
    if (this.#unanswered.size > mostAtOnce || this.#unseen.size > mostAtOnce) return this.problem();
    return undefined;
  }

  /** The first call that is wrong, once the last entry was added. `from` is the first one that was. */
  problem(from = 1): BadEntry | undefined {
    const unseen = this.#unseen.values().find((seq) => seq < 1 || seq >= from); // As they were read: the lowest first.
    const unanswered = this.#unanswered.values().next().value;
    if (unseen === undefined && unanswered === undefined) return undefined;
    const isUnseen = (unseen ?? Number.POSITIVE_INFINITY) < (unanswered ?? Number.POSITIVE_INFINITY);
    return isUnseen ? bad(unseen ?? 0, none) : bad(unanswered ?? 0, forgotten);
  }
}

const over = (seq: number): string => `The call of entry ${seq} is over and among the open ones.`;
const none = (seq: number): string => `Entry ${seq} is among the open calls and is none.`;
const forgotten = (seq: number): string => `The call of entry ${seq} has no outcome and is not among the open ones.`;

/** A file that was tampered with may name any number. */
function bad(found: number, problem: (seq: number) => string): BadEntry {
  const seq = Math.min(Math.max(found, 0), Number.MAX_SAFE_INTEGER);
  return { seq, problem: problem(seq) };
}
