// One list answer: the page wrapper of pax8.md §3, sorting, the company filter and the list faults. The caller's query is
// not trusted to be sensible; the vendor ignores what it does not know.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { ownerDropped, rowTexts } from '../vendor/rows.ts';
import type { View } from '../vendor/rows.ts';
import type { Query } from '../vendor/query.ts';
import { notFound, refuse } from './refusal.ts';
import type { Call, World } from './world.ts';

export type Listing<T> = {
  readonly rows: readonly T[];
  readonly view: (row: T) => View;
  /** The member that carries the owner; null when rows carry none. */
  readonly owner: 'companyId' | 'usageSummaryId' | 'client' | null;
  readonly ownerName?: string;
  /** Whose rows the caller asked for; '' is everyone's. */
  readonly asked: string;
  /** Everybody's rows, to mix in. */
  readonly everyone: Iterable<T>;
  /** The query parameter that sets the page's size; null answers everything, without `page`. */
  readonly size: 'size' | 'limit' | null;
  /** More wrapper members, after the page. */
  readonly tail?: Readonly<Record<string, unknown>>;
};

const defaultSize = 10;
const largestSize = 200;

export function listAnswer<T>({ faults }: World, call: Call, list: Listing<T>): Answer {
  const size = list.size === null ? null : call.query.whole(list.size) || defaultSize;
  if (size !== null && size > largestSize && faults.oversize === 'refuse')
    return refuse(call.path, 422, `size must be at most ${largestSize}`);
  const sorted = ordered(list.rows.map(list.view), call.query);
  const page = size === null ? null : pageOf(call.query, Math.min(size, largestSize), sorted.length);
  const isWhole = page === null || faults.hugePage > 0;
  const texts = rowTexts(faults, {
    rows: isWhole ? sorted : sorted.slice(page.number * page.size, (page.number + 1) * page.size),
    text: JSON.stringify,
    view: (view) => view,
    owner: list.owner,
    ownerName: list.ownerName ?? null,
    asked: list.asked === '' ? null : list.asked,
    everyone: () => Iterator.from(list.everyone).map(list.view),
  });
  const total = faults.wrongTotalElements ?? sorted.length;
  const shown = page === null ? {} : { page: { ...page, totalElements: total } };
  const rest = JSON.stringify({ ...shown, ...list.tail }).slice(1);
  return jsonAnswer(200, `{"content":[${texts.join(',')}]${rest === '}' ? '' : ','}${rest}`);
}

/** One record read by its id. */
export function recordAnswer({ faults }: World, view: View, owner: Exclude<Listing<View>['owner'], null>): Answer {
  return jsonAnswer(200, JSON.stringify(ownerDropped(faults, view, owner)));
}

/**
 * The company a list is narrowed to, '' for everyone, or the vendor's refusal of one it does not know. `unknown` is what
 * is documented for this list.
 */
export function askedCompany(world: World, call: Call, unknown: '403' | '404'): string | Answer {
  const { faults, store } = world;
  const asked = call.query.text('companyId').toLowerCase();
  if (asked === '' || faults.ignoreCompanyFilter) return '';
  const company = store.companies.get(asked);
  if (company !== undefined && company.status !== 'Deleted') return asked;
  switch (faults.unknownCompany ?? unknown) {
    case '403':
      return refuse(call.path, 403, 'Invalid companyId');
    case '404':
      return notFound(call.path, 'Company');
    case 'empty':
      return asked;
  }
}

/** Rows whose `member` is what the query parameter of that name says; without one all of them. */
export function matching<T extends Readonly<Record<string, unknown>>>(
  rows: Iterable<T>,
  query: Query,
  members: readonly string[],
): T[] {
  const wanted = members.filter((member) => query.has(member));
  return Iterator.from(rows)
    .filter((row) => wanted.every((member) => textOf(row[member]) === query.text(member)))
    .toArray();
}

/** `sort=field,desc`; a field the rows do not have leaves the order as it was. */
function ordered(views: readonly View[], query: Query): readonly View[] {
  const [member = '', direction = 'asc'] = query.text('sort').split(',');
  const at = (view: View) =>
    member.split('.').reduce<unknown>((value, part) => (value as View | undefined)?.[part], view);
  if (member === '' || !views.some((view) => textOf(at(view)) !== '')) return views;
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  return views.toSorted((a, b) => sign * compare(at(a), at(b)));
}

function pageOf(query: Query, size: number, total: number) {
  return { size, totalElements: total, totalPages: Math.ceil(total / size), number: query.whole('page') };
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Text, numbers and booleans as text; lists and objects are never compared. */
function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
