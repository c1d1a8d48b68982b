/**
 * What tombstones say of bodies that are gone: a few numbers for each customer, however many tombstones there are. Bodies go
 * from the oldest on, so the first tombstone that reaches as far as an entry explains it.
 */
import { z } from 'zod';
import type { Sqlite } from './database.ts';
import { turn } from './turn.ts';

/** Read at a time: a few milliseconds. */
const piece = 250;

interface Reach {
  upTo: number;
  readonly isKey: boolean;
}

export class Tombstones {
  /** By the customer of the entries, each further than the one before. */
  readonly #reaches = new Map<string | null, Reach[]>();
  /** The last entry that `readOn` has looked at. */
  #read = 0;

  add(seq: number, params: unknown): void {
    const tombstone = Tombstone.safeParse(params).data;
    if (!tombstone || tombstone.upTo >= seq) return; // One that speaks of what is yet to come is none of ours.
    const isKey = tombstone.because === 'key';
    for (const customer of tombstone.customers) {
      if (tombstone.upTo <= this.upTo(customer)) continue;
      const reaches = this.#reaches.get(customer) ?? [];
      const last = reaches.at(-1);
      if (last?.isKey === isKey) last.upTo = tombstone.upTo;
      else reaches.push({ upTo: tombstone.upTo, isKey });
      this.#reaches.set(customer, reaches);
    }
  }

  /** Adds those that came since, in pieces between which entries are recorded. */
  async readOn(db: Sqlite, signal: AbortSignal): Promise<void> {
    for (;;) {
      const found = tombstonesAfter(db, this.#read, piece);
      for (const { seq, params } of found) this.add(seq, params);
      const isEnd = found.length < piece;
      this.#read = (isEnd ? newest(db) : found.at(-1)?.seq) ?? 0;
      if (isEnd) return;
      await turn();
      signal.throwIfAborted();
    }
  }

  /** The last entry of a customer's up to which bodies may be gone; 0 when none may. */
  upTo(customer: string | null): number {
    return this.#reaches.get(customer)?.at(-1)?.upTo ?? 0;
  }

  /** What became of the body of an entry; undefined when nothing says so. */
  whyGone(seq: number, customer: string | null): 'dropped' | 'destroyed' | undefined {
    const reach = this.#reaches.get(customer)?.find(({ upTo }) => upTo >= seq);
    return reach && (reach.isKey ? 'destroyed' : 'dropped');
  }
}

/** Whoever can write the file may have changed them. */
const Tombstone = z.looseObject({
  upTo: z.int(),
  customers: z.array(z.string().nullable()),
  because: z.unknown().optional(),
});

/** The first of those that were recorded after an entry, or all of them. */
export function tombstonesAfter(db: Sqlite, seq: number, most = -1): { seq: number; params: unknown }[] {
  return db
    .prepare<[number, number], { seq: number; text: unknown }>(
      "SELECT seq, text FROM entry WHERE kind = 'retention.tombstone' AND seq > ? ORDER BY seq LIMIT ?",
    )
    .all(seq, most)
    .map(({ seq: at, text }) => ({ seq: at, params: paramsOf(text) }));
}

const newest = (db: Sqlite): number | null | undefined =>
  db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get();

function paramsOf(text: unknown): unknown {
  try {
    return (JSON.parse(String(text)) as { params?: unknown } | null)?.params;
  } catch {
    return undefined;
  }
}
