// List filters that all entities share: which customer is asked for, text search, and the advanced_search back door.
// Everything here fails open as the vendor does (halopsa.md §4.4): the caller's parameters are only ever hints.
import type { HaloFaults } from './faults.ts';
import type { Query } from '../vendor/query.ts';
import type { Table } from '../vendor/table.ts';

export type Row = { readonly id: number; readonly [member: string]: unknown };
export type Test<T> = (row: T) => boolean;

/** The clients a list is narrowed to; empty means everyone. `client_ids`, when it names any, replaces `client_id`. */
export function askedClients(faults: HaloFaults, query: Query): readonly number[] {
  if (faults.ignoreClientFilter) return [];
  const several = query.wholes('client_ids');
  if (several.length > 0) return [...new Set(several)];
  const one = query.whole('client_id');
  return one === 0 ? [] : [one];
}

/** Rows of the asked clients through the index; `site_id` and `user_id` through theirs when no client is asked. */
export function candidates<T extends Row>(table: Table<T>, clients: readonly number[], query: Query): readonly T[] {
  if (clients.length > 0) return clients.flatMap((client) => table.of('client', client));
  for (const [parameter, index] of [
    ['user_id', 'user'],
    ['site_id', 'site'],
  ] as const) {
    const rows = query.whole(parameter) > 0 ? table.of(index, query.whole(parameter)) : [];
    if (rows.length > 0) return rows;
  }
  return table.all();
}

export function matching<T>(rows: readonly T[], tests: readonly Test<T>[]): readonly T[] {
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** `parameter=5` keeps rows whose `member` is 5; anything that is no positive number keeps them all. */
export function wholeTest<T extends Row>(query: Query, parameter: string, member: string): Test<T>[] {
  const wanted = query.whole(parameter);
  return wanted === 0 ? [] : [(row) => row[member] === wanted];
}

/** Keeps rows where any of the members contains the text, in any case. */
export function searchTest<T extends Row>(query: Query, parameter: string, members: readonly string[]): Test<T>[] {
  const wanted = query.text(parameter).trim().toLowerCase();
  if (wanted === '') return [];
  return [(row) => members.some((member) => textOf(row[member]).toLowerCase().includes(wanted))];
}

/** Members an advanced search may name; any other name is refused by the vendor (§4.4). */
const searchable = ['emailaddress', 'name', 'summary', 'inventory_number', 'status_id', 'client_id'];

/** The tests of `advanced_search`, or null when the vendor would refuse it. */
export function advancedTests<T extends Row>(query: Query): Test<T>[] | null {
  if (!query.has('advanced_search')) return [];
  try {
    const filters: unknown = JSON.parse(query.text('advanced_search'));
    if (!Array.isArray(filters)) return null;
    return filters.map(advancedTest<T>);
  } catch {
    return null;
  }
}

function advancedTest<T extends Row>(filter: unknown): Test<T> {
  const { filter_name: name, filter_value: value } = filter as Record<string, unknown>;
  if (typeof name !== 'string' || !searchable.includes(name)) throw new TypeError('not whitelisted');
  return (row) => textOf(row[name]).toLowerCase() === textOf(value).toLowerCase();
}

/** `order=member&orderdesc=true`; a member the rows do not have leaves the order as it was. */
export function ordered<T extends Row>(rows: readonly T[], query: Query): readonly T[] {
  const member = query.text('order').toLowerCase();
  if (member === '' || !rows.some((row) => row[member] !== undefined)) return rows;
  const sign = query.flag('orderdesc') ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a[member], b[member]));
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Text and numbers as text; lists and objects are never searched. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
