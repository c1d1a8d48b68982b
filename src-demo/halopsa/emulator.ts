// A HaloPSA tenant on 127.0.0.1, faithful to `halopsa.md` including its hazards, with faults to switch on while it runs.
// Every peer is untrusted, as at the vendor; the admin endpoints are for loopback peers only (see admin.ts).
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HaloData } from '../demo-data.ts';
import { answerAdmin } from './admin.ts';
import type { Answer } from './answer.ts';
import { emptyAnswer, jsonAnswer, notFound, refuse } from './answer.ts';
import { readLinked } from './attachments.ts';
import type { HaloFaults } from './faults.ts';
import { noFaults } from './faults.ts';
import { parseQuery } from './query.ts';
import { createRateLimit } from './rate-limit.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { createRequestLog } from './request-log.ts';
import { answerCall } from './routes.ts';
import { createStore } from './store.ts';
import type { Tokens } from './tokens.ts';
import { createTokens, isTenant } from './tokens.ts';
import type { World } from './world.ts';

export type HaloEmulator = {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly url: string;
  /** Change its members to make the vendor misbehave; read anew for every request. */
  readonly faults: HaloFaults;
  /** Oldest first; the admin endpoints are not in it. */
  readonly requests: readonly LoggedRequest[];
  /** Stops at once, hanging requests included. */
  close(): Promise<void>;
};

export type HaloEmulatorOptions = {
  readonly data: HaloData;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: '127.0.0.1';
  /** Milliseconds since 1970; tests own the clock. */
  readonly now?: () => number;
};

type Emulator = {
  readonly world: World;
  readonly tenant: string;
  readonly tokens: Tokens;
  readonly log: RequestLog;
  readonly overLimit: () => Answer | null;
  calls: number;
};

const largestBody = 8 * 1024 * 1024;
const largestDelay = 60_000;

export async function startHaloEmulator(options: HaloEmulatorOptions): Promise<HaloEmulator> {
  const { data, now = Date.now } = options;
  const faults = noFaults();
  let url = '';
  const world: World = { store: createStore(data), faults, now, origin: () => url, linkKey: randomBytes(32) };
  const tokens = createTokens({ tenant: data.tenant, credential: data.credential, faults, now });
  const log = createRequestLog();
  const emulator: Emulator = {
    world,
    tenant: data.tenant,
    tokens,
    log,
    overLimit: createRateLimit(faults, now),
    calls: 0,
  };
  const server = createServer((request, response) => {
    serve(emulator, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, options.host, listening);
  });
  url = `http://${options.host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    faults,
    requests: log.requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function serve(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, log } = emulator;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const method = request.method ?? '';
  if (path.startsWith('/_emulator/')) {
    const body = await readBody(request);
    const answer =
      isLocal(request) && body !== null ? answerAdmin(world, log, { method, path, body }) : emptyAnswer(403);
    return send(response, answer, false);
  }
  log.add({ method, path, query, at: world.now() });
  if (world.faults.dropConnection) return void request.socket.destroy();
  if (world.faults.hang) return;
  const body = await readBody(request);
  if (world.faults.latencyMs > 0)
    await sleep(Math.min(world.faults.latencyMs, largestDelay), undefined, { ref: false });
  const answer =
    body === null
      ? refuse(world.faults, 413, 'Request too large')
      : answerRequest(emulator, request, path, query, body);
  const isApi = path.toLowerCase().startsWith('/api/') && answer.status < 300;
  if (isApi && world.faults.garbageJson)
    return send(response, jsonAnswer(200, '<!doctype html><p>{"tickets":['), false);
  send(response, answer, isApi && world.faults.truncateBody);
}

function answerRequest(
  emulator: Emulator,
  request: IncomingMessage,
  path: string,
  search: string,
  body: string,
): Answer {
  const { world, tokens, tenant } = emulator;
  const query = parseQuery(search);
  const [first = '', resource = '', id = '', ...deeper] = path.split('/').slice(1);
  const place = `${first}/${resource}`.toLowerCase();
  if (place === 'api/authinfo') return authInfo(emulator);
  if (place === 'auth/token' && request.method === 'POST') return tokens.issue(body, query.text('tenant'));
  const { authorization } = request.headers;
  if (first === 'files') return readLinked(world, resource, query, authorization !== undefined);
  if (first.toLowerCase() !== 'api') return notFound(world.faults);
  const scopes = tokens.check(authorization);
  if (scopes === null) return emptyAnswer(401);
  if (!isTenant(tenant, query.text('tenant'))) return refuse(world.faults, 400, 'Invalid tenant');
  const refused = emulator.overLimit() ?? failure(emulator);
  if (refused !== null) return refused;
  if (deeper.some((part) => part !== '')) return notFound(world.faults);
  return answerCall(world, resource, { method: request.method ?? '', id, query, body }, scopes);
}

function authInfo({ world, tenant }: Emulator): Answer {
  return jsonAnswer(200, JSON.stringify({ auth_url: `${world.origin()}/auth`, tenant_id: tenant, hosted: true }));
}

function failure(emulator: Emulator): Answer | null {
  const { failEvery, failStatus } = emulator.world.faults;
  if (failEvery === 0 && failStatus === null) return null;
  emulator.calls += 1;
  if (failEvery > 0 && emulator.calls % failEvery !== 0) return null;
  return refuse(emulator.world.faults, failStatus ?? 500, 'An error has occurred.');
}

/** The body as text, or null when the peer sends more than anyone needs. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function isLocal(request: IncomingMessage): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const isLoopback = peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.');
  return isLoopback && request.headers.origin === undefined;
}

function send(response: ServerResponse, answer: Answer, isCutShort: boolean): void {
  const length = Buffer.byteLength(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
  if (!isCutShort) return void response.end(answer.body);
  const half = Buffer.from(answer.body).subarray(0, Math.floor(length / 2));
  response.write(half, () => response.destroy());
}
