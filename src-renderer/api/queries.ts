/** Lists the window asks for and keeps. Every key names the tenant, and the customer and epoch where an answer depends on them. */
import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Explanation, OfferedTool } from '../../src-shared/contract/gateway.ts';
import type { AppState, CustomerView } from '../../src-shared/contract/ui.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import type { Approval, ApprovalDesk } from '../../src-shared/model/approval.ts';
import { api, isGatewayAway, useApp, within } from './app.ts';

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 30_000 } },
});

export function useCustomers(): UseQueryResult<readonly CustomerView[]> {
  const state = useApp((app) => app.state);
  return useQuery({
    queryKey: [
      'customers',
      state?.tenant?.id,
      state?.policy?.version,
      state?.customerCount,
      state?.technician?.id,
      state?.rights.join(),
      state !== null && isGatewayAway(state),
    ],
    queryFn: ({ signal }) => api().customers(undefined, within(20_000, signal)),
    enabled: state !== null,
    staleTime: 60_000, // Whom a person may bind can hang on the hour.
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

/** What a client app may do for the customer it is bound to. Asked anew whenever what it hangs on may be another. */
export function useExplanation(client: string): UseQueryResult<Explanation> {
  const state = useApp((app) => app.state);
  const app = state?.clients.find(({ name }) => name === client);
  return useQuery({
    queryKey: ['explain', client, app?.state, app?.pin, ...(state === null ? [] : toolsDependOn(state))],
    queryFn: ({ signal }) => api().explain({ client }, within(20_000, signal)),
    enabled: app !== undefined,
    refetchInterval: 60_000, // A rule may hang on the hour.
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

/** What waits for a person, what lately did, and what is approved for a while. Asked anew at every change. */
export function useApprovals(): UseQueryResult<ApprovalDesk> {
  const tenant = useApp((app) => app.state?.tenant?.id);
  return useQuery({
    queryKey: ['approvals', tenant],
    queryFn: ({ signal }) => api().approvals(undefined, within(20_000, signal)),
    enabled: tenant !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many calls wait for a person: by the list where it is here, by the application's own count where it is not. */
export function usePendingCount(): number {
  const told = useApp((app) => app.state?.pendingApprovals ?? 0);
  const { data } = useApprovals();
  return data === undefined ? told : data.approvals.filter(({ state }) => state === 'pending').length;
}

let isAsking = false;
let isBehind = false;

/** Asks for the approvals anew. In a storm one question at a time, and one more for all that changed meanwhile. */
export async function refreshApprovals(): Promise<void> {
  isBehind = true;
  if (isAsking) return;
  isAsking = true;
  try {
    while (isBehind) {
      isBehind = false;
      await queryClient.invalidateQueries({ queryKey: ['approvals'] });
    }
  } finally {
    isAsking = false;
  }
}

/** An approval as an answer just told it, before the list is asked anew. */
export function learnApproval(approval: Approval): void {
  queryClient.setQueriesData<ApprovalDesk>({ queryKey: ['approvals'] }, (desk) =>
    desk === undefined
      ? undefined
      : { ...desk, approvals: desk.approvals.map((known) => (known.id === approval.id ? approval : known)) },
  );
}

/** What may change which tools are offered. A new binding is a new key, so one customer's list is never shown for another. */
function toolsDependOn(state: AppState): readonly unknown[] {
  const instances = state.instances.map(({ id, health, hasCredential }) => `${id}:${health.state}:${hasCredential}`);
  const crosses = state.crosses.map(({ code }) => code);
  return [
    state.tenant?.id,
    state.binding?.customer.id,
    state.binding?.epoch,
    state.policy?.version,
    state.stopped?.since,
    state.changedTools,
    crosses.join(),
    instances.join(),
  ];
}
