/**
 * A host for the window without the rest of Bulkhead: the built page under the strict security policy, and the `ui`
 * contract served over a WebSocket from a made-up MSP (window-fixture-data.ts). For tests and for working on the window.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Progress } from '../../src-shared/contract/ledger.ts';
import { type AppState, ui } from '../../src-shared/contract/ui.ts';
import type { Emit, Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { websocketPort } from '../../src-shared/wire/websocket-port.ts';
import { fixtureHandlers } from './window-fixture-handlers.ts';
import { FixtureMsp } from './window-fixture-msp.ts';

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface WindowFixture {
  readonly url: string;
  readonly msp: FixtureMsp;
  /** False: every request that is not a file is answered 401, as to a window without a session. */
  setSignedIn(isSignedIn: boolean): void;
  /** Ends all connections of windows. They come back by themselves. */
  dropConnections(): void;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves the files of `folder` (a build of src-renderer) on a free port of 127.0.0.1. */
export async function startWindowFixture(folder: string, customers = 2000): Promise<WindowFixture> {
  const emits = new Set<Emit<typeof ui>>();
  const msp = new FixtureMsp(customers, {
    changed: (state: AppState) => emits.forEach((emit) => emit('changed', state)),
    grew: (entries: number) => emits.forEach((emit) => emit('grew', { entries })),
    approvalsChanged: (pending: number) => emits.forEach((emit) => emit('approvalsChanged', { pending })),
    verifying: (progress: Progress) => emits.forEach((emit) => emit('verifying', progress)),
    searching: (progress: Progress) => emits.forEach((emit) => emit('searching', progress)),
  });
  let isSignedIn = true;

  const server = createServer((request, response) => void answer(request, response));
  const answer = async ({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('content-security-policy', contentSecurityPolicy);
    const path = new URL(url, 'http://window').pathname;
    if (path === '/rpc') return void response.writeHead(isSignedIn ? 426 : 401).end();
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end(); // Whatever the page asks for beyond its build, a test sees as a 404.
    }
  };
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!isSignedIn || request.url !== '/rpc') return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      const port = websocketPort(accepted);
      const { emit } = serve(ui, heldUp(fixtureHandlers(msp), msp), port);
      emits.add(emit);
      port.onClose(() => emits.delete(emit));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropConnections = (): void => sockets.clients.forEach((socket) => socket.terminate());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    msp,
    setSignedIn: (wanted) => void (isSignedIn = wanted),
    dropConnections,
    close: () => {
      dropConnections();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A test may hold a call up, and let it fail. */
function heldUp(handlers: Handlers<typeof ui>, { awaited }: FixtureMsp): Handlers<typeof ui> {
  const held = Object.entries(handlers).map(([name, handle]) => {
    const work = handle as (input: unknown, signal: AbortSignal) => unknown;
    return [
      name,
      async (input: unknown, signal: AbortSignal) => {
        await awaited.get(name);
        return work(input, signal);
      },
    ] as const;
  });
  return Object.fromEntries(held) as unknown as Handlers<typeof ui>;
}
