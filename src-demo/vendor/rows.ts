// The rows of one list answer as text, with the list faults worked in: dropped owners, rows of others, endless pages.
// What is filtered, paged and wrapped is each vendor's own affair. Trusts its callers.
import type { CommonFaults } from './faults.ts';

/** A rendered row's members, in the vendor's names. */
export type View = Record<string, unknown>;

export type Rows<T> = {
  /** The rows of this page. */
  readonly rows: readonly T[];
  /** The text of one row, usually cached. */
  readonly text: (row: T) => string;
  readonly view: (row: T) => View;
  /** The member that carries the owner; null when rows carry none. */
  readonly owner: string | null;
  /** The member that names the owner in words, if rows have one. */
  readonly ownerName: string | null;
  /** What the caller asked rows of (a customer, a ticket…); null is everyone. */
  readonly asked: number | string | null;
  /** Everybody's rows, to mix in. */
  readonly everyone: () => Iterable<T>;
};

export function rowTexts<T>(faults: CommonFaults, list: Rows<T>): string[] {
  const texts = list.rows.map((row) =>
    faults.dropOwner && list.owner !== null
      ? JSON.stringify(ownerDropped(faults, list.view(row), list.owner))
      : list.text(row),
  );
  mixIn(faults, list, texts);
  if (faults.hugePage > 0) fill(texts, faults.hugePage);
  return texts;
}

/** The members of a record read by id that survive `dropOwner`. */
export function ownerDropped(faults: CommonFaults, view: View, owner: string): View {
  if (!faults.dropOwner) return view;
  const { [owner]: _dropped, ...rest } = view;
  return rest;
}

/** Puts other customers' rows between the true ones; no count knows of them. */
function mixIn<T>(faults: CommonFaults, list: Rows<T>, texts: string[]): void {
  const { owner, ownerName } = list;
  const wanted = faults.mixForeignRows + (faults.lieOwner ? 1 : 0);
  if (wanted === 0 || list.asked === null || owner === null) return;
  const own = list.rows[0];
  const label = own === undefined || ownerName === null ? {} : { [ownerName]: list.view(own)[ownerName] };
  let mixed = 0;
  for (const row of list.everyone()) {
    if (mixed === wanted) return;
    const view = list.view(row);
    const holder = view[owner];
    if (!isOwner(holder) || holder === list.asked) continue;
    const lies = faults.lieOwner && mixed === 0;
    const shown = lies && ownerName !== null && ownerName in view ? { ...view, ...label } : view;
    texts.splice(mixed * 2, 0, JSON.stringify(ownerDropped(faults, shown, owner)));
    mixed += 1;
  }
}

function isOwner(value: unknown): boolean {
  return (typeof value === 'number' && value !== 0) || (typeof value === 'string' && value !== '');
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
