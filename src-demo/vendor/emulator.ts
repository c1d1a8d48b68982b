// The server that every emulated vendor stands on: loopback, the faults that need no knowledge of the API, the log and the
// admin endpoints. The vendor itself is a function from a request to an answer. Every peer is untrusted.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Administered } from './admin.ts';
import { answerAdmin } from './admin.ts';
import type { Answer } from './answer.ts';
import { emptyAnswer, isJson, jsonAnswer } from './answer.ts';
import type { CommonFaults } from './faults.ts';
import type { LieSource, Liar } from './lie.ts';
import { createLiar } from './lie.ts';
import type { Query } from './query.ts';
import { parseQuery } from './query.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { createRequestLog } from './request-log.ts';

export type Emulator<F extends CommonFaults = CommonFaults> = {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly url: string;
  /** Change its members to make the vendor misbehave; read anew for every request. */
  readonly faults: F;
  /** Oldest first; the admin endpoints are not in it. */
  readonly requests: readonly LoggedRequest[];
  /** Stops at once, hanging requests included. */
  close(): Promise<void>;
};

/** What every `start…Emulator` takes. */
export type EmulatorOptions<Data> = {
  readonly data: Data;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: '127.0.0.1';
  /** Milliseconds since 1970; tests own the clock. */
  readonly now?: () => number;
};

/** One request. The caller controls every member. */
export type VendorRequest = {
  readonly method: string;
  /** Not decoded, without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Vendor<F extends CommonFaults> = Administered<F> & {
  readonly now: () => number;
  /** Whether this is an API path, whose good answers may be cut short, garbled or lied about; a token endpoint is none. */
  readonly isApi: (path: string) => boolean;
  readonly answer: (request: VendorRequest) => Answer;
  readonly tooLarge: () => Answer;
  readonly lies: LieSource;
};

type Running<F extends CommonFaults> = { readonly vendor: Vendor<F>; readonly log: RequestLog; readonly liar: Liar };

const largestBody = 8 * 1024 * 1024;
const largestDelay = 60_000;

/** `vendorAt` gets the emulator's own origin, known only once the server listens. */
export async function startEmulator<F extends CommonFaults>(
  { port, host }: Pick<EmulatorOptions<unknown>, 'port' | 'host'>,
  vendorAt: (origin: string) => Vendor<F>,
): Promise<Emulator<F>> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const vendor = vendorAt(url);
  const running: Running<F> = { vendor, log: createRequestLog(), liar: createLiar(vendor.lies) };
  server.on('request', (request, response) => {
    serve(running, request, response).catch(() => response.destroy());
  });
  return {
    url,
    faults: vendor.faults,
    requests: running.log.requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function serve<F extends CommonFaults>(
  running: Running<F>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { vendor, log } = running;
  const { faults } = vendor;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const method = request.method ?? '';
  if (path.startsWith('/_emulator/')) {
    const body = await readBody(request);
    const isAllowed = isLocal(request) && body !== null;
    const answer = isAllowed ? answerAdmin(vendor, log, { method, path, body: body.toString() }) : emptyAnswer(403);
    return send(response, answer, false);
  }
  log.add({ method, path, query, at: vendor.now() });
  if (faults.dropConnection) return void request.socket.destroy();
  if (faults.hang) return;
  const body = await readBody(request);
  if (faults.latencyMs > 0) await sleep(Math.min(faults.latencyMs, largestDelay), undefined, { ref: false });
  const call = { method, path, query: parseQuery(query), headers: request.headers };
  const answer = body === null ? vendor.tooLarge() : vendor.answer({ ...call, body });
  if (!vendor.isApi(path) || answer.status >= 300) return send(response, answer, false);
  if (faults.garbageJson) return send(response, jsonAnswer(200, '<!doctype html><p>{"records":['), false);
  send(response, isJson(answer) ? running.liar.retell(faults.lie, call, answer) : answer, faults.truncateBody);
}

/** The body, or null when the peer sends more than anyone needs. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
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
