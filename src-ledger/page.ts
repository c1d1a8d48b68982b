/** Reads entries for whoever looks through the ledger. The file may have been tampered with; what cannot be read is a fault. */
import type { z } from 'zod';
import type { ledgerControl } from '../src-shared/contract/ledger.ts';
import type { Entry } from '../src-shared/model/entry.ts';
import { damaged, type Sqlite } from './database.ts';
import { entryOf, type Row } from './rows.ts';
import type { Range } from './search-table.ts';

export type Question = z.output<typeof ledgerControl.page.input>;
export type Page = { readonly entries: Entry[]; readonly isEnd: boolean };

/** Where to look. With `after`, or with neither, from the first one on; with `before` alone, from the last one back. */
export function rangeOf({ after, before }: Question, newest: number): Range {
  return {
    low: after ?? 0,
    high: Math.min(before ?? newest + 1, newest + 1),
    isBackward: before !== undefined && after === undefined,
  };
}

/** The first so many entries of a range, whatever they are, by `seq`. */
export function seqsOf(db: Sqlite, { low, high, isBackward }: Range, limit: number): number[] {
  return db
    .prepare<[number, number, number], number>(
      `SELECT seq FROM entry WHERE seq > ? AND seq < ? ORDER BY seq ${isBackward ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .pluck()
    .all(low, high, limit);
}

/**
 * The page of what was found, one more than its limit where there is more. Entries are in order of `seq`; `isEnd`: nothing
 * more matches in that direction. Faults: LEDGER_DAMAGED when one of them cannot be read.
 */
export function pageOf(db: Sqlite, found: readonly number[], { limit, isBackward }: Range & { limit: number }): Page {
  const row = db.prepare<[number], Pick<Row, 'text' | 'leaf'>>('SELECT text, leaf FROM entry WHERE seq = ?');
  const entries = found.slice(0, limit).map((seq) => {
    const entry = entryOf(row.get(seq) ?? { text: undefined, leaf: undefined });
    if (!entry) throw damaged(`Entry ${seq} of the ledger is not readable.`);
    return entry as Entry; // The contract's schema checks it before it leaves.
  });
  return { entries: isBackward ? entries.reverse() : entries, isEnd: found.length <= limit };
}
