import type { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { api, within } from '../../api/app.ts';
import type { FetchPage } from './entry-pages.ts';
import { beforePage, lengthOf, type Listing } from './places.ts';
import { learnTechnicians } from './technicians.ts';

/** The most the ledger answers with at once. */
const mostAtOnce = 1000;

/** Pages of a listing from the ledger itself. */
export function pageFetcher(listing: Listing, filter: LedgerFilter): FetchPage {
  return async (page, signal) => {
    const wanted = lengthOf(listing, page);
    const found: Entry[] = [];
    let after = beforePage(listing, page);
    for (let isEnd = false; !isEnd && found.length < wanted; ) {
      const limit = Math.min(mostAtOnce, wanted - found.length);
      const answer = await api().entries({ after, before: listing.upTo + 1, limit, filter }, within(30_000, signal));
      found.push(...answer.entries);
      learnTechnicians(answer.entries);
      after = answer.entries.at(-1)?.seq ?? listing.upTo;
      isEnd = answer.isEnd || answer.entries.length === 0;
    }
    return found;
  };
}

/** One entry, or null where there is none. */
export async function fetchEntry(seq: number, signal: AbortSignal): Promise<Entry | null> {
  const { entries } = await api().entries(
    { after: seq - 1, before: seq + 1, limit: 1, filter: {} },
    within(30_000, signal),
  );
  return entries[0] ?? null;
}
