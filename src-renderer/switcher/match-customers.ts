/**
 * Finds customers by what a person types. Every word must be found somewhere (name, code, domain, aliases), in any order,
 * accents and case aside. No fuzzy matching: this picks whose systems an AI reaches, so a near miss must not be offered.
 */
import type { CustomerView } from '../../src-shared/contract/ui.ts';

/** Something to find, folded: its name, and all its text with a space before each word so that a word start is ' ' + word. */
export interface Findable {
  readonly name: string;
  readonly text: string;
}

export interface IndexedCustomer extends Findable {
  readonly customer: CustomerView;
}

export interface Matches {
  readonly hits: readonly CustomerView[];
  /** Matches beyond `hits`. */
  readonly more: number;
}

/** Lower case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of what a person typed, folded. */
export function typedWords(query: string): readonly string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
}

export const findable = (name: string, others: readonly string[]): Findable => ({
  name: fold(name),
  text: ` ${fold([name, ...others].join(' '))}`,
});

export function indexCustomers(customers: readonly CustomerView[]): readonly IndexedCustomer[] {
  return customers
    .map((customer) => {
      const others = [customer.code, customer.domain, ...customer.aliases, ...Object.values(customer.vendors)];
      return { customer, ...findable(customer.name, others) };
    })
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/**
 * The best `limit` matches: where the words begin the name, then where they begin any word, then anywhere in it; the most
 * recent first among equals, then by name.
 */
export function matchCustomers(
  index: readonly IndexedCustomer[],
  query: string,
  { recents, limit }: { readonly recents: readonly string[]; readonly limit: number },
): Matches {
  const words = typedWords(query);
  const found: { readonly customer: CustomerView; readonly rank: number }[] = [];
  for (const indexed of index) {
    const rank = rankOf(indexed, words);
    if (rank !== null)
      found.push({ customer: indexed.customer, rank: rank * 100 + recency(recents, indexed.customer.id) });
  }
  found.sort((one, other) => one.rank - other.rank); // Stable: the index is already in order of name.
  return { hits: found.slice(0, limit).map(({ customer }) => customer), more: Math.max(0, found.length - limit) };
}

/** The sum over the words of 0 (begins the name), 1 (begins a word) or 2 (inside one); null when a word is missing. */
export function rankOf({ name, text }: Findable, words: readonly string[]): number | null {
  let rank = 0;
  for (const word of words) {
    if (name.startsWith(word)) continue;
    if (text.includes(` ${word}`)) rank += 1;
    else if (text.includes(word)) rank += 2;
    else return null;
  }
  return rank;
}

function recency(recents: readonly string[], id: string): number {
  const place = recents.indexOf(id);
  return place === -1 ? 99 : place;
}

/** The stretches of `text` that a query's words cover, for underlining: [start, end) pairs in order, never overlapping. */
export function marks(text: string, query: string): readonly (readonly [number, number])[] {
  const folded = fold(text);
  if (folded.length !== text.length) return []; // A letter folded to two: positions would lie, so nothing is underlined.
  const covered = typedWords(query)
    .map((word) => [markStart(folded, word), word.length] as const)
    .filter(([start]) => start !== -1)
    .map(([start, length]) => [start, start + length] as const)
    .sort((one, other) => one[0] - other[0]);
  return covered.filter(([start], place) => place === 0 || start >= (covered[place - 1]?.[1] ?? 0));
}

function markStart(text: string, word: string): number {
  if (text.startsWith(word)) return 0;
  const atWord = text.indexOf(` ${word}`);
  return atWord === -1 ? text.indexOf(word) : atWord + 1;
}
