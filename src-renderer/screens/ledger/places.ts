/**
 * Where an entry is in the list, and which page of entries to fetch for it. Place 0 is the newest entry. Without a filter the
 * place follows from `seq`; with one, the outline's marks say where to begin reading for the page of a place.
 */
import type { Outline } from '../../../src-shared/contract/ledger.ts';

export interface Listing {
  /** How many entries are listed. */
  readonly total: number;
  /** Entries after this one are not listed, though they be there. */
  readonly upTo: number;
  /** Entries on a page. Pages are counted from the oldest entry, so that they stay what they are as the ledger grows. */
  readonly perPage: number;
  /** `seq` of the first entry of each page; null where every entry is listed. */
  readonly marks: readonly number[] | null;
}

export interface Place {
  readonly page: number;
  /** Where on the page, from its oldest entry. */
  readonly at: number;
}

const perPage = 200;

export const everyEntry = (upTo: number): Listing => ({ total: upTo, upTo, perPage, marks: null });

export const matching = ({ entries, upTo, every, marks }: Outline): Listing => ({
  total: entries,
  upTo,
  perPage: every,
  marks,
});

export function placeOf({ total, perPage: size }: Listing, position: number): Place {
  const fromOldest = total - 1 - position;
  return { page: Math.floor(fromOldest / size), at: fromOldest % size };
}

export const positionOf = ({ total, perPage: size }: Listing, { page, at }: Place): number =>
  total - 1 - (page * size + at);

/** The last `seq` before a page's first, which is what the page is asked for with. */
export function beforePage({ marks, perPage: size }: Listing, page: number): number {
  return marks === null ? page * size : (marks[page] ?? 1) - 1;
}

/** How many entries are on a page: the newest page may be a short one. */
export const lengthOf = ({ total, perPage: size }: Listing, page: number): number =>
  Math.max(0, Math.min(size, total - page * size));

/** The page that holds an entry, or would hold it. */
export function pageOf({ marks, perPage: size, total }: Listing, seq: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  if (marks === null) return Math.max(0, Math.min(last, Math.floor((seq - 1) / size)));
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle] ?? 0) <= seq) low = middle;
    else high = middle - 1;
  }
  return low;
}
