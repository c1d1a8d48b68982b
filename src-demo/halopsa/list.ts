// One list answer: paging and wrapper of halopsa.md §4.2 and §4.3, and the list faults. The caller's query is not
// trusted to be sensible; the vendor answers 200 to nearly everything.
import type { Answer } from './answer.ts';
import { jsonAnswer } from './answer.ts';
import type { HaloFaults } from './faults.ts';
import type { Query } from './query.ts';

/** A rendered row's members, in the vendor's names. */
export type View = Record<string, unknown>;

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
  const texts = page.rows.map((row) => (faults.dropOwner ? withoutOwner(list, row) : list.text(row)));
  mixIn(faults, list, texts);
  if (faults.hugePage > 0) fill(texts, faults.hugePage);
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

/** The members of a record read by id that survive `dropOwner`. */
export function ownerDropped(faults: HaloFaults, view: View, owner: string): View {
  if (!faults.dropOwner) return view;
  const { [owner]: _dropped, ...rest } = view;
  return rest;
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

function withoutOwner<T>(list: Listing<T>, row: T): string {
  const { [list.owner ?? '']: _dropped, ...rest } = list.view(row);
  return JSON.stringify(rest);
}

/** Puts other customers' rows between the true ones; `record_count` does not know of them. */
function mixIn<T>(faults: HaloFaults, list: Listing<T>, texts: string[]): void {
  const owner = list.owner;
  const wanted = faults.mixForeignRows + (faults.lieOwner ? 1 : 0);
  if (wanted === 0 || list.asked === 0 || owner === null) return;
  const own = list.rows[0];
  const label = own === undefined ? {} : { client_name: list.view(own)['client_name'] };
  let mixed = 0;
  for (const row of list.everyone()) {
    if (mixed === wanted) return;
    const view = list.view(row);
    const holder = view[owner];
    if (typeof holder !== 'number' || holder === 0 || holder === list.asked) continue;
    const lies = faults.lieOwner && mixed === 0;
    const shown = lies && 'client_name' in view ? { ...view, ...label } : view;
    texts.splice(
      mixed * 2,
      0,
      faults.dropOwner ? JSON.stringify({ ...shown, [owner]: undefined }) : JSON.stringify(shown),
    );
    mixed += 1;
  }
}

function fill(texts: string[], characters: number): void {
  const once = texts.length;
  let size = texts.reduce((sum, text) => sum + text.length, 0);
  for (let at = 0; size < characters && once > 0; at += 1) {
    const text = texts[at % once] ?? '';
    texts.push(text);
    size += text.length;
  }
}
