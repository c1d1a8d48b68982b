/**
 * Whether every body that is gone is explained by a tombstone. Remembers a few numbers for each customer, whatever the ledger's
 * length: bodies go from the oldest on, so the last one gone and the furthest tombstone say whether something is amiss.
 */
import type { BadEntry } from '../src-shared/merkle/chain.ts';
import { bodyTable } from './bodies.ts';
import type { Sqlite } from './database.ts';
import type { Read } from './rows.ts';
import { Tombstones, tombstonesAfter } from './tombstones.ts';

export class BodyCheck {
  /** By the customer of the entry: the last entry whose body is gone. */
  readonly #gone = new Map<string | null, number>();
  readonly #explained = new Tombstones();

  /** Takes an entry, and whether its body is kept. */
  add({ seq, kind, customer, hasBody, params }: Read, isKept: boolean): void {
    if (hasBody && !isKept) this.#gone.set(customer, seq);
    if (kind === 'retention.tombstone') this.#explained.add(seq, params);
  }

  /** The first body that is gone without a word. `end` is the last entry that was added: tombstones may have come since. */
  problem(db: Sqlite, end: number): BadEntry | undefined {
    if (this.#unexplained().length === 0) return undefined;
    for (const { seq, params } of tombstonesAfter(db, end)) this.#explained.add(seq, params);
    const firsts = this.#unexplained().flatMap(
      (customer) => firstGone(db, customer, this.#explained.upTo(customer)) ?? [],
    );
    if (firsts.length === 0) return undefined;
    const seq = Math.min(...firsts);
    return { seq, problem: `The body of entry ${seq} is gone and no tombstone says why.` };
  }

  #unexplained(): (string | null)[] {
    return [...this.#gone].flatMap(([customer, last]) => (last > this.#explained.upTo(customer) ? [customer] : []));
  }
}

function firstGone(db: Sqlite, customer: string | null, after: number): number | undefined {
  return db
    .prepare<[number, string | null], number>(
      `SELECT seq FROM entry WHERE seq > ? AND customer IS ? AND text ->> '$.body' IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM ${bodyTable(db)} AS body WHERE body.seq = entry.seq) ORDER BY seq LIMIT 1`,
    )
    .pluck()
    .get(after, customer);
}
