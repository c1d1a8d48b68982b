// A running Bulkhead with one customer bound and one client app, as an attacker who owns that client app finds it.
import { afterAll, beforeAll } from 'vitest';
import type { Entry } from '../../src-shared/model/entry.ts';
import { type McpAnswer, type McpClient, mcpClient, post } from '../flows/mcp.ts';
import { type RunningApp, startApp, type StartOptions, vendorRequests } from '../flows/running-app.ts';
import { raw, type RawAnswer, request } from './raw-http.ts';

export interface Attacked {
  readonly app: RunningApp;
  readonly port: number;
  readonly token: string;
  readonly mcp: McpClient;
  /** One POST to /mcp with whatever body, as the client app. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<McpAnswer>;
  /** A whole JSON-RPC call as the client app, but with these header lines before its own. */
  raw(lines: readonly string[], options?: { method?: string; path?: string; body?: string }): Promise<RawAnswer>;
  /** The entries after a position. */
  since(after: number): Promise<Entry[]>;
  /** What the vendor was asked since the last time this was called, log-ins left out. */
  vendor(): Promise<string[]>;
}

/** A call that every gate lets through while MERI-7 is bound. */
export const goodCall = (args: object = { customer: 'MERI-7' }, name = 'customer_get'): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });

/** Starts before the tests of a file and ends after them. */
export function attackedApp(options: StartOptions = {}): Attacked {
  let app: RunningApp;
  let token = '';
  let vendorUrl = '';
  beforeAll(async () => {
    app = await startApp(options);
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    ({ token } = await app.operator.addClient({ name: 'attacker', pin: null }));
    vendorUrl = await app.vendorUrl();
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  const port = () => Number(new URL(app.ready.mcpUrl).port);
  return {
    get app() {
      return app;
    },
    get port() {
      return port();
    },
    get token() {
      return token;
    },
    get mcp() {
      return mcpClient(app.ready.mcpUrl, token);
    },
    post: (body, headers = {}) => post(app.ready.mcpUrl, body, { authorization: `Bearer ${token}`, ...headers }),
    raw: (lines, { method = 'POST', path = '/mcp', body = goodCall() } = {}) =>
      raw(
        port(),
        request(
          method,
          path,
          [
            ...lines,
            ...(lines.some((line) => /^authorization:/i.test(line)) ? [] : [`authorization: Bearer ${token}`]),
            ...(lines.some((line) => /^content-type:/i.test(line)) ? [] : ['content-type: application/json']),
            'accept: application/json, text/event-stream',
            `content-length: ${Buffer.byteLength(body)}`,
          ],
          body,
        ),
      ),
    since: async (after) => (await app.operator.entries({ after, limit: 1000, filter: {} })).entries,
    vendor: async () => {
      const asked = await vendorRequests(vendorUrl);
      await fetch(`${vendorUrl}/_emulator/requests`, { method: 'DELETE' });
      return asked
        .filter(({ path }) => !path.startsWith('/auth'))
        .map(({ method, path, query }) => `${method} ${path}?${query}`);
    },
  };
}

/** The last position of the ledger, asked of the ledger itself: the state's number is told at most ten times a second. */
export async function lastEntry({ app }: Attacked): Promise<number> {
  const { entries } = await app.operator.entries({ before: 1_000_000_000, limit: 1, filter: {} });
  return entries.at(-1)?.seq ?? 0;
}
