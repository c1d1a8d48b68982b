import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { LedgerFilter, Outline } from '../../../src-shared/contract/ledger.ts';
import { api, useApp, within } from '../../api/app.ts';

/** Bars of the histogram. */
const spans = 96;
/** Milliseconds: the first search looks at the whole ledger. */
const outlineMs = 10 * 60_000;

/** How many entries match and how they lie in time. Asked anew for another filter, and when `asOf` says so; never by itself. */
export function useOutline(filter: LedgerFilter, asOf: number): UseQueryResult<Outline> {
  const tenant = useApp((app) => app.state?.tenant?.id);
  return useQuery({
    queryKey: ['ledger-outline', tenant, filter, asOf],
    queryFn: ({ signal }) => api().outline({ filter, spans }, within(outlineMs, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
}
