import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ui } from '../../src-shared/contract/ui.ts';
import { api, useApp, within } from './app.ts';

export type Kept = z.output<typeof ui.keptBodies.output>[number];

/** What is kept of what calls asked and answered, by customer. Counts and dates, nothing of what is in it. */
export function useKept(isWanted: boolean): UseQueryResult<readonly Kept[]> {
  const tenant = useApp((app) => app.state?.tenant?.id);
  return useQuery({
    queryKey: ['kept-bodies', tenant],
    queryFn: ({ signal }) => api().keptBodies(undefined, within(30_000, signal)),
    enabled: isWanted && tenant !== undefined,
    staleTime: 0, // Every call adds to it.
  });
}
