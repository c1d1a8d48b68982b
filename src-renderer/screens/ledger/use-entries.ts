import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import { EntryPages } from './entry-pages.ts';
import { pageFetcher } from './fetch-page.ts';
import type { Listing } from './places.ts';

/** The pages of a listing for as long as it is shown. */
export function useEntries(listing: Listing, filter: LedgerFilter): EntryPages {
  const pages = useMemo(() => new EntryPages(listing, pageFetcher(listing, filter)), [listing, filter]);
  useEffect(() => () => pages.close(), [pages]);
  useSyncExternalStore(pages.subscribe, pages.version);
  return pages;
}
