/**
 * Which entries a filter means, by the search table. Each value is looked at once, however many entries
 * have it, and a piece where nothing matches is not looked at again.
 */
import type { LedgerFilter } from '../src-shared/contract/ledger.ts';
import { type Facet, facets, type Values } from './search-place.ts';
import { type Piece, pieceSize, type Range, type SearchTable } from './search-table.ts';

/** Whether every entry meets a filter. */
export const isOpen = (filter: LedgerFilter): boolean => Object.values(filter).every((asked) => asked === undefined);

export interface Matcher {
  /** The entries of a piece that lie in a range and match, by `seq`, in the order of the range. */
  readonly matchesOf: (piece: Piece, range: Range) => number[];
  /** Whether no entry of the piece that begins there matches, as far as it was looked at before. */
  readonly isEmpty: (first: number) => boolean;
}

export function matcher(filter: LedgerFilter, table: SearchTable): Matcher {
  const tests = testsOf(filter);
  const asked = facets.flatMap((facet) => {
    const test = tests[facet];
    return test ? [{ facet, isMet: isMetBy(table, facet, test as Test<Facet>) }] : [];
  });
  const from = filter.from === undefined ? undefined : Date.parse(filter.from);
  const to = filter.to === undefined ? undefined : Date.parse(filter.to);
  const empty = new Set<number>();
  const matchesOf = ({ first, at, ids }: Piece, { low, high, isBackward }: Range): number[] => {
    let slots: number[] = [];
    const end = Math.min(pieceSize, high - first);
    for (let slot = Math.max(0, low + 1 - first); slot < end; slot += 1) if (ids.kind[slot]) slots.push(slot);
    for (const { facet, isMet } of asked) slots = slots.filter((slot) => isMet(ids[facet][slot] ?? 0));
    // A time that cannot be read is not a number, and neither before nor after anything.
    if (from !== undefined) slots = slots.filter((slot) => (at[slot] ?? Number.NaN) >= from);
    if (to !== undefined) slots = slots.filter((slot) => (at[slot] ?? Number.NaN) <= to);
    if (slots.length === 0 && low < first && end === pieceSize) empty.add(first);
    const found = slots.map((slot) => first + slot);
    return isBackward ? found.reverse() : found;
  };
  return { matchesOf, isEmpty: (first) => empty.has(first) };
}

type Test<F extends Facet> = (value: Values[F]) => boolean;

/** A test of the values of a facet, as a test of their numbers. */
export function isMetBy<F extends Facet>(table: SearchTable, facet: F, test: Test<F>): (id: number) => boolean {
  let known = new Uint8Array(1024); // 0: not looked at yet; 1: no; 2: yes.
  return (id) => {
    if (id >= known.length) {
      const more = new Uint8Array(2 ** Math.ceil(Math.log2(id + 1)));
      more.set(known);
      known = more;
    }
    if (!known[id]) known[id] = test(table.value(facet, id)) ? 2 : 1;
    return known[id] === 2;
  };
}

/** What a filter asks of each facet, if anything. */
function testsOf(filter: LedgerFilter): { readonly [F in Facet]: Test<F> | undefined } {
  const { kinds, denied, customer, cross, technician, client, tool } = filter;
  const asksKind = kinds !== undefined || denied !== undefined;
  const asksCustomer = customer !== undefined || cross !== undefined;
  const asksActor = technician !== undefined || client !== undefined;
  return {
    kind: asksKind
      ? ([kind, isDenied]) => (!kinds || kinds.some((one) => one === kind)) && (!denied || isDenied)
      : undefined,
    customer: asksCustomer
      ? ([code, itsCross]) =>
          (customer === undefined || code === customer) && (cross === undefined || itsCross === cross)
      : undefined,
    actor: asksActor
      ? ([id, name, itsClient]) =>
          (technician === undefined || id === technician || name === technician) &&
          (client === undefined || itsClient === client)
      : undefined,
    tool: tool === undefined ? undefined : ([name]) => name === tool,
  };
}
