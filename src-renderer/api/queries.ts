/** Lists the window asks for and keeps. Every key names the tenant, and the customer and epoch where an answer depends on them. */
import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OfferedTool } from '../../src-shared/contract/gateway.ts';
import type { AppState, CustomerView } from '../../src-shared/contract/ui.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { api, useApp, within } from './app.ts';

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 30_000 } },
});

export function useCustomers(): UseQueryResult<readonly CustomerView[]> {
  const state = useApp((app) => app.state);
  return useQuery({
    queryKey: ['customers', state?.tenant?.id, state?.policy?.version, state?.customerCount],
    queryFn: ({ signal }) => api().customers(undefined, within(20_000, signal)),
    enabled: state !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useTools(): UseQueryResult<readonly OfferedTool[]> {
  const state = useApp((app) => app.state);
  return useQuery({
    queryKey: ['tools', ...(state === null ? [] : toolsDependOn(state))],
    queryFn: ({ signal }) => api().tools(undefined, within(20_000, signal)),
    enabled: state !== null,
  });
}

/** The connectors of this build. They change with the program only. */
export function useConnectors(): UseQueryResult<readonly ConnectorDescription[]> {
  const version = useApp((app) => app.state?.version);
  return useQuery({
    queryKey: ['connectors', version],
    queryFn: ({ signal }) => api().connectors(undefined, within(20_000, signal)),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What people call the tools, by name; empty until they are known. */
export function useToolTitles(): ReadonlyMap<string, string> {
  const { data } = useTools();
  return useMemo(() => new Map((data ?? []).map(({ definition }) => [definition.name, definition.title])), [data]);
}

/** What may change which tools are offered. A new binding is a new key, so one customer's list is never shown for another. */
function toolsDependOn(state: AppState): readonly unknown[] {
  const instances = state.instances.map(({ id, health, hasCredential }) => `${id}:${health.state}:${hasCredential}`);
  return [state.tenant?.id, state.binding?.customer.id, state.binding?.epoch, state.policy?.version, instances.join()];
}
