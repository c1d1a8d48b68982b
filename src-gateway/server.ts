import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Fault } from '../src-shared/fault.ts';
import type { Heard } from './doorkeeper.ts';
import { bearerOf, readBody, type Refusal, refuseBody, refuseHead } from './edge.ts';
import { parseStrictJson } from './strict-json.ts';

/** What the HTTP server hands a request to once it has passed the edge. */
export interface ServerPowers {
  /** Whether the bearer of this token (hex SHA-256) may be heard at all, and how often it has been heard lately. */
  readonly hear: (tokenHash: string) => Heard;
  /** The same once the body is there: a large one is more than a request. */
  readonly weigh: (tokenHash: string, bytes: number) => Heard;
  readonly serve: (request: Request, body: unknown, tokenHash: string) => Promise<Response>;
}

/** Loopback addresses the gateway holds. Both, so that no other program can take the one a client resolves first. */
const addresses = ['127.0.0.1', '::1'] as const;

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves MCP on loopback only.
 * @throws Fault PORT_TAKEN
 */
export async function listen(port: number, powers: ServerPowers): Promise<Listening> {
  const servers: Server[] = [];
  let bound = port;
  for (const address of addresses) {
    const server = createServer(
      {
        maxHeaderSize: 16 * 1024,
        headersTimeout: 5000,
        requestTimeout: 15_000,
        keepAliveTimeout: 60_000,
        connectionsCheckingInterval: 1000, // Node looks for late senders this often, and by default only twice a minute.
      },
      (request, response) => void answer(request, response, bound, powers),
    );
    server.maxConnections = 256;
    const outcome = await bind(server, bound, address);
    if (outcome === 'taken') {
      for (const other of servers) other.close();
      throw new Fault(
        'PORT_TAKEN',
        `Port ${bound} is in use by another program.`,
        'Stop that program, or choose another port with --port.',
      );
    }
    if (outcome === 'absent') continue; // A machine without IPv6 has no ::1 for anyone to take.
    bound = outcome;
    servers.push(server);
  }
  return { port: bound, close: () => closeAll(servers) };
}

function bind(server: Server, port: number, address: string): Promise<number | 'taken' | 'absent'> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else if (address === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code ?? '')) resolve('absent');
      else reject(error);
    });
    server.listen({ port, host: address, exclusive: true }, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      return promise;
    }),
  );
}

/** The requests being answered: one that is garbage does not hear any more that its caller went away (undici keeps it weakly). */
const alive = new Set<Request>();

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  powers: ServerPowers,
): Promise<void> {
  const refuse = (refusal: Refusal): void => {
    response.writeHead(refusal.status, {
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
      ...refusal.headers,
    });
    response.end(refusal.text);
  };
  try {
    const byHead = refuseHead(request, port);
    if (byHead) return refuse(byHead);
    const token = bearerOf(request);
    const tokenHash = createHash('sha256')
      .update(token ?? '')
      .digest('hex');
    const heard = powers.hear(tokenHash);
    if (!heard.ok) return refuse(heard.refusal);
    const byBody = refuseBody(request);
    if (byBody) return refuse(byBody);
    const text = await readBody(request);
    if (typeof text !== 'string') return refuse(text);
    const weighed = powers.weigh(tokenHash, Buffer.byteLength(text));
    if (!weighed.ok) return refuse(weighed.refusal);
    const body = parseStrictJson(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return notOneRequest(response);

    const gone = new AbortController();
    const web = new Request(`http://127.0.0.1:${port}/mcp`, {
      method: 'POST',
      headers: headersOf(request),
      signal: gone.signal,
    });
    alive.add(web);
    const end = (): void => {
      gone.abort();
      alive.delete(web);
    };
    response.on('close', end);
    if (response.closed) end(); // It went away while its body was read.
    await send(await powers.serve(web, body, tokenHash), response);
  } catch {
    if (response.headersSent) response.destroy();
    else refuse({ status: 500, text: 'Something unexpected went wrong. Nothing was done.' });
  }
}

/** One request a POST: a batch would pass several calls through one check. */
function notOneRequest(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json' });
  const message =
    'The body must be one JSON-RPC object with no repeated keys and at most 5000 members. Batches are not served.';
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32600, message } }));
}

/** The head without the token: nothing behind the edge needs it. */
function headersOf({ headers }: IncomingMessage): Headers {
  const copied = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'authorization' && typeof value === 'string') copied.set(name, value);
  }
  return copied;
}

async function send(from: Response, to: ServerResponse): Promise<void> {
  // Whether the connection stays is between the two ends of it: the SDK always says yes, and some clients ask for no.
  to.writeHead(from.status, Object.fromEntries([...from.headers].filter(([name]) => name !== 'connection')));
  if (!from.body) return void to.end();
  if (!(from.headers.get('content-type') ?? '').startsWith('text/event-stream'))
    return void to.end(Buffer.from(await from.arrayBuffer()));
  for await (const chunk of from.body) {
    if (to.destroyed) return;
    to.write(chunk);
  }
  to.end();
}
