/**
 * The way to the application: the preload bridge in the desktop app, a WebSocket to the page's own host elsewhere.
 * Both carry JSON texts, and what comes back is checked against the contract by whoever holds the port.
 */
import { Fault } from '../../src-shared/fault.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { websocketPort } from '../../src-shared/wire/websocket-port.ts';

/** What src-preload puts on the window: frozen, one channel, texts only. */
export interface Bridge {
  post(text: string): void;
  onMessage(listener: (text: string) => void): void;
}

declare global {
  interface Window {
    readonly bulkhead?: Bridge;
  }
}

/** Faults: SIGNED_OUT (this window has no session), DISCONNECTED (nobody answers). */
export async function openPort(signal: AbortSignal): Promise<Port> {
  return window.bulkhead === undefined ? openSocket(signal) : bridgePort(window.bulkhead);
}

/** The bridge lives as long as the window, so this port never closes by itself. */
export function bridgePort(bridge: Bridge): Port {
  return {
    post: (message) => bridge.post(JSON.stringify(message)),
    onMessage: (listener) => bridge.onMessage((text) => listener(JSON.parse(text))),
    onClose: () => undefined,
    close: () => undefined,
  };
}

const openDeadlineMs = 5000;

async function openSocket(signal: AbortSignal): Promise<Port> {
  const address = new URL('rpc', document.baseURI);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  const within = AbortSignal.any([signal, AbortSignal.timeout(openDeadlineMs)]);
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
    within.addEventListener('abort', () => resolve(false), { once: true });
  });
  if (isOpen) return websocketPort(socket);
  socket.close();
  if (await isSignedOut(within)) throw new Fault('SIGNED_OUT', 'This window is signed out.');
  throw new Fault('DISCONNECTED', 'Bulkhead does not answer.');
}

/** A browser does not tell a page why a WebSocket was refused; a plain request to the same address does. */
async function isSignedOut(signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch('rpc', { cache: 'no-store', redirect: 'manual', signal });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false; // Nobody there: disconnected, and asked again later.
  }
}
