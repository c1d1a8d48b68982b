/** What the window knows of the application: the last state pushed to it, and whether the line is open. It decides nothing. */
import { create } from 'zustand';
import type { AppState } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { CallOptions } from '../../src-shared/wire/contract.ts';
import type { UiClient } from './connect.ts';

export type Line = 'connecting' | 'open' | 'lost' | 'signed-out';

interface App {
  readonly line: Line;
  readonly client: UiClient | null;
  readonly state: AppState | null;
  /** Entries in the ledger, as the last event said. */
  readonly entries: number;
}

export const useApp = create<App>(() => ({ line: 'connecting', client: null, state: null, entries: 0 }));

/** The open client. Faults with DISCONNECTED while there is none, so that a button says so instead of waiting. */
export function api(): UiClient {
  const { client, line } = useApp.getState();
  if (client === null || line !== 'open') {
    throw new Fault(
      'DISCONNECTED',
      'This window is not connected to Bulkhead right now.',
      'Wait until it is back, then try again.',
    );
  }
  return client;
}

/** Whether the gateway cannot be asked now. The application then shows as allowed nothing at all. */
export const isGatewayAway = (state: AppState): boolean =>
  state.processes.some((each) => each.name === 'gateway' && each.state !== 'up');

/** Options that end a call after `ms`, or when `signal` aborts. */
export function within(ms: number, signal?: AbortSignal): CallOptions {
  const timeout = AbortSignal.timeout(ms);
  return { signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) };
}

/** The state, for parts that are only shown once there is one. */
export function useAppState(): AppState {
  const state = useApp((app) => app.state);
  if (state === null) throw new Fault('DISCONNECTED', 'This part of the window needs a connection.');
  return state;
}
