/**
 * When entries were recorded, as far as it can be told now. `at` tells it up to now. A later `at` is of a clock that was ahead, and
 * every entry behind it bears it too: of those `clock` tells it, and of any other no more than that it was before the next of
 * which it is known. No entry counts as older than one before it: to set the clock back makes nothing older.
 * Instants are texts as entries have them, of which the later is the greater.
 */
import type { Sqlite } from './database.ts';
import { turn } from './turn.ts';

/** Entries looked at in one go: a few milliseconds. */
const piece = 2000;

/** For the columns of a SELECT, with now: what a later entry says of the clock. A tampered file may hold anything in its place. */
export const clockColumn = "iif(at > ? AND json_valid(text), text ->> '$.clock', NULL) AS clock";

export interface Times {
  readonly at: string;
  readonly clock: unknown;
}

export function knownTime({ at, clock }: Times, now: string): string | undefined {
  if (at <= now) return at;
  return typeof clock === 'string' && clock <= now ? clock : undefined;
}

interface Known {
  readonly seq: number;
  readonly time: string;
}

export class KnownTimes {
  readonly #db: Sqlite;
  readonly #now: () => number;
  /** What `before` answered of the last instants: it is asked for piece after piece of what is to be dropped. */
  readonly #ends = new Map<string, Promise<number>>();

  constructor(db: Sqlite, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** Now, as entries would have it. */
  get now(): string {
    return new Date(this.#now()).toISOString();
  }

  /** An instant that is not before an entry was recorded; what it says, where nothing better is known yet. */
  async latestOf(seq: number, at: string): Promise<string> {
    if (at <= this.now) return at;
    for await (const { time } of this.#from(seq)) return time;
    return at;
  }

  /** The first entry that is not known to be recorded before an instant. */
  endOf(instant: string): Promise<number> {
    const known = this.#ends.get(instant);
    if (known) return known;
    if (this.#ends.size >= 8) this.#ends.clear();
    const end = this.#findEnd(instant);
    this.#ends.set(instant, end);
    end.catch(() => this.#ends.delete(instant));
    return end;
  }

  async #findEnd(instant: string): Promise<number> {
    let end = firstAt(this.#db, instant);
    for await (const { seq, time } of this.#from(end)) {
      if (time >= instant) break;
      end = seq + 1;
    }
    return end;
  }

  /** Those of which it is known, from an entry on, in pieces between which others are recorded. */
  async *#from(first: number): AsyncGenerator<Known> {
    const select = this.#db.prepare<[string, number], Times & { seq: number }>(
      `SELECT seq, at, ${clockColumn} FROM entry WHERE seq >= ? ORDER BY seq LIMIT ${piece}`,
    );
    const { now } = this;
    for (let next = first; ; ) {
      const found = select.all(now, next);
      for (const { seq, ...times } of found) {
        const time = knownTime(times, now);
        if (time !== undefined) yield { seq, time };
      }
      const last = found.at(-1);
      if (!last || found.length < piece) return;
      next = last.seq + 1;
      await turn();
    }
  }
}

/** The first entry whose `at` is not before an instant. It never falls, so it is looked for by halves. */
function firstAt(db: Sqlite, instant: string): number {
  const at = db.prepare<[number], string>('SELECT at FROM entry WHERE seq = ?').pluck();
  let low = 1;
  let high = (db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((at.get(middle) ?? '') < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
