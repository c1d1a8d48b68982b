/** Keeps one client of the `ui` contract open for the life of the window, and tells the window what it hears. */
import { asFault } from '../../src-shared/fault.ts';
import { type AppState, ui } from '../../src-shared/contract/ui.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Port } from '../../src-shared/wire/port.ts';

export type UiClient = Client<typeof ui>;

export interface Hearing {
  readonly opened: (api: UiClient, state: AppState) => void;
  readonly changed: (state: AppState) => void;
  readonly grew: (entries: number) => void;
  readonly approvalsChanged: () => void;
  /** `seconds` until the next attempt. */
  readonly lost: (seconds: number) => void;
  readonly signedOut: () => void;
}

/** Milliseconds an application that was reached may take for its first answer. */
const firstAnswerMs = 10_000;

/** Connects, and connects again with a growing pause, until `signal` aborts or the window turns out to be signed out. */
export async function connect(
  openPort: (signal: AbortSignal) => Promise<Port>,
  hearing: Hearing,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const port = await openPort(signal);
      try {
        const closed = new Promise<void>((resolve) => port.onClose(resolve));
        const api = client(ui, port);
        api.on('changed', hearing.changed);
        api.on('grew', ({ entries }) => hearing.grew(entries));
        api.on('approvalsChanged', () => hearing.approvalsChanged());
        hearing.opened(api, await api.state(undefined, { deadlineMs: firstAnswerMs }));
        failures = 0;
        await closed;
      } finally {
        port.close(); // One that gave no first answer would stay open beside the next.
      }
    } catch (thrown) {
      if (asFault(thrown).code === 'SIGNED_OUT') return hearing.signedOut();
    }
    const seconds = Math.min(10, 0.5 * 2 ** failures);
    hearing.lost(seconds);
    await pause(seconds * 1000, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
