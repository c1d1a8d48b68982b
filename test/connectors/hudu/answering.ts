// A vendor that answers whatever a test says, and workers bound to its customer 12.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Bound, bind, type BoundOptions } from '../bound.ts';

export interface Answering {
  /** Below `/api/v1`, with the query, in the order asked. */
  readonly asked: { readonly method: string; readonly path: string; readonly query: URLSearchParams }[];
  bind(options?: Partial<BoundOptions>): Bound;
  close(): void;
}

/** What is answered to one request: a status, a body as JSON, or both. */
type Answer = (path: string, query: URLSearchParams) => Promise<Reply> | Reply;
interface Reply {
  readonly status?: number;
  readonly json?: unknown;
}

export async function startAnswering(answer: Answer): Promise<Answering> {
  const asked: Answering['asked'] = [];
  const server = createServer((request, reply) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://vendor');
    const path = pathname.replace('/api/v1', '');
    asked.push({ method: request.method ?? '', path, query });
    void (async () => {
      const { status = 200, json = {} } = await answer(path, query);
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    bind: (options = {}) => bind({ url, connector: 'hudu', credential: { apiKey: 'key' }, ...options }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
