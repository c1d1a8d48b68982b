// One list answer: paging and wrapper of halopsa.md §4.2 and §4.3. The caller's query is not trusted to be sensible; the
// vendor answers 200 to nearly everything.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import type { Query } from '../vendor/query.ts';
import type { View } from '../vendor/rows.ts';
import { rowTexts } from '../vendor/rows.ts';
import type { HaloFaults } from './faults.ts';

export type Listing<T> = {
  /** Wrapper member that holds the rows; null answers a bare array. */
  readonly key: string | null;
  readonly rows: readonly T[];
  /** The text of one row, usually cached. */
  readonly text: (row: T) => string;
  readonly view: (row: T) => View;
  /** The member that carries the owner. */
  readonly owner: 'client_id' | 'ticket_id' | null;
  /** What the caller asked rows of (a client or a ticket, 0 = everyone), and everybody's rows to mix in. */
  readonly asked: number;
  readonly everyone: () => Iterable<T>;
  readonly cap?: number;
  /** More wrapper members, before the rows. */
  readonly head?: Readonly<Record<string, unknown>>;
};

/** Members that are JSON doubles wherever they appear at the top of a row (§4.5). */
export type Doubles = readonly string[];

export function listAnswer<T>(faults: HaloFaults, query: Query, list: Listing<T>): Answer {
  const page = pageOf(faults, query, list);
  const texts = rowTexts(faults, {
    ...list,
    rows: page.rows,
    ownerName: 'client_name',
    asked: list.asked === 0 ? null : list.asked,
  });
  if (list.key === null) return jsonAnswer(200, `[${texts.join(',')}]`);
  const head = JSON.stringify({ ...list.head, ...page.head }).slice(0, -1);
  return jsonAnswer(200, `${head},"${list.key}":[${texts.join(',')}]}`);
}

/** JSON text with the named top-level numbers written as doubles: `95` becomes `95.0`, which JavaScript cannot write. */
export function toText(view: View, doubles: Doubles = []): string {
  // Inside a string value every quote is escaped, so `"name":` is always a member's name.
  return doubles.reduce(
    (text, name) => text.replace(new RegExp(`"${name}":(\\d+)(?=[,}])`), `"${name}":$1.0`),
    JSON.stringify(view),
  );
}

function pageOf<T>(faults: HaloFaults, query: Query, list: Listing<T>) {
  const total = faults.wrongRecordCount ?? list.rows.length;
  if (faults.hugePage > 0) return { rows: list.rows, head: { record_count: total } };
  const count = query.whole('count');
  if (count > 0) {
    const rows = list.rows.slice(0, count);
    return { rows, head: { record_count: faults.wrongRecordCount ?? rows.length } };
  }
  // Without `pageinate=true` the two other parameters mean nothing (§4.2).
  if (!query.flag('pageinate')) return { rows: list.rows, head: { record_count: total } };
  const size = Math.min(query.whole('page_size') || 50, list.cap ?? 1000);
  const number = query.whole('page_no') || 1;
  const rows = list.rows.slice((number - 1) * size, number * size);
  return { rows, head: { page_no: number, page_size: size, record_count: total } };
}
