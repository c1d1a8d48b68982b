/** Searches entries. Looks at a bounded piece of the ledger at a time, so that a rare match does not hold up recording. */
import type { z } from 'zod';
import type { ledgerControl, LedgerFilter } from '../src-shared/contract/ledger.ts';
import type { Entry } from '../src-shared/model/entry.ts';
import { damaged, type Sqlite } from './database.ts';
import { entryOf, type Row } from './rows.ts';
import { turn } from './turn.ts';

type Question = z.output<typeof ledgerControl.page.input>;
type Page = { readonly entries: Entry[]; readonly isEnd: boolean };

/** Positions looked at in one go. */
const piece = 5000;

/**
 * Entries in order of `seq`. With `after`, or with neither, the first ones that match; with `before` alone, the last ones.
 * `isEnd`: nothing more matches in that direction. `from` and `to` are both inclusive.
 */
export async function readPage(db: Sqlite, question: Question, signal: AbortSignal): Promise<Page> {
  const last = db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0;
  const isBackward = question.before !== undefined && question.after === undefined;
  const low = question.after ?? 0;
  const high = Math.min(question.before ?? last + 1, last + 1);
  const { sql, values } = where(question.filter);
  const select = db.prepare<unknown[], Pick<Row, 'text' | 'leaf'>>(
    `SELECT text, leaf FROM entry WHERE seq > ? AND seq < ?${sql} ORDER BY seq ${isBackward ? 'DESC' : 'ASC'} LIMIT ?`,
  );
  const wanted = question.limit + 1; // One more, to know whether there is one.
  const found: Pick<Row, 'text' | 'leaf'>[] = [];
  for (let from = low, to = high; from + 1 < to && found.length < wanted; ) {
    const edge = isBackward ? Math.max(from, to - piece) : Math.min(to, from + piece);
    const range = isBackward ? [edge, to] : [from, edge];
    found.push(...select.all(...range, ...values, wanted - found.length));
    if (isBackward) to = edge + 1;
    else from = edge - 1;
    await turn();
    signal.throwIfAborted();
  }
  const entries = found.slice(0, question.limit).map(readEntry);
  return { entries: isBackward ? entries.reverse() : entries, isEnd: found.length <= question.limit };
}

/** How many intents there are at or after an instant. */
export function countIntents(db: Sqlite, from: string): number {
  const count = db
    .prepare<[string], number>(
      "SELECT count(*) FROM entry WHERE kind = 'call.intent' AND customer IS NOT NULL AND at >= ?",
    )
    .pluck();
  return count.get(instant(from)) ?? 0;
}

function where({ kinds, customer, technician, from, to }: LedgerFilter): { sql: string; values: string[] } {
  const conditions: [string, ...string[]][] = [];
  if (kinds) conditions.push([`kind IN (${kinds.map(() => '?').join()})`, ...kinds]);
  if (customer !== undefined) conditions.push(['customer = ?', customer]);
  if (technician !== undefined) {
    conditions.push(["(principal = ? OR text ->> '$.principal.name' = ?)", technician, technician]);
  }
  if (from !== undefined) conditions.push(['at >= ?', instant(from)]);
  if (to !== undefined) conditions.push(['at <= ?', instant(to)]);
  return {
    sql: conditions.map(([condition]) => ` AND ${condition}`).join(''),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

/** As entries write it: without milliseconds it would sort after every instant of its second. */
const instant = (text: string): string => new Date(text).toISOString();

function readEntry(row: Pick<Row, 'text' | 'leaf'>): Entry {
  const entry = entryOf(row);
  if (!entry) throw damaged('An entry of the ledger is not readable.');
  return entry as Entry; // The contract's schema checks it before it leaves.
}
