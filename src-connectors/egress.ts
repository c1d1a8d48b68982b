// The one way out of a worker: HTTP to the instance's own scheme, host and port, and nowhere else. The path and headers
// are the connector's; everything that comes back is the vendor's, so it is bounded, and none of its words is repeated.
import { lookup as resolveName } from 'node:dns/promises';
import { Agent as PlainAgent, type ClientRequest, request as plainRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { SettingDescription } from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import { type Reach, reachOf } from './address.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the instance's base URL, with a leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `any` keeps the bytes of an answer that is not JSON. */
  readonly accept?: 'json' | 'any';
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  /** Seconds of a numeric Retry-After header. */
  readonly retryAfter: number | undefined;
  /** Where a redirect leads. It is never followed here. */
  readonly location: string | undefined;
  /** The parsed body of a 2xx answer; undefined when that was empty. Bodies of other answers are never read. */
  readonly json: unknown;
  /** The body of a 2xx answer that is not JSON, where any was accepted. */
  readonly bytes: Buffer | undefined;
}

/**
 * Faults: VENDOR_DOWN when there is no good answer of the vendor, VENDOR_TOO_LARGE, VENDOR_ERROR for what is refused here,
 * CANCELLED when the signal aborts.
 */
export type Http = (request: HttpRequest) => Promise<HttpReply>;

export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface EgressOptions {
  readonly baseUrl: string;
  /**
   * `onPremises: 'true'` opens private addresses; `demo: 'true'` opens loopback. `caCertificate`: PEM, then the only
   * authority believed for this host. `proxy`: `http://host:port`, asked to CONNECT; it then resolves the names.
   */
  readonly settings: Readonly<Record<string, string>>;
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
}

/** What an administrator may say of how an instance is reached, whatever its vendor. `demo` is for the demo alone. */
export const egressSettings: readonly SettingDescription[] = [
  {
    name: 'onPremises',
    title: 'On premises',
    help: 'The vendor runs in your own network: private addresses and plain http are then allowed for this instance.',
    kind: 'switch',
  },
  {
    name: 'proxy',
    title: 'Proxy',
    help: 'http://host:port of a proxy that connections go through. Leave empty to connect directly.',
    kind: 'text',
  },
  {
    name: 'caCertificate',
    title: 'Certificate authority',
    help: 'PEM text of the authority that signs this host. Only it is then believed. Leave empty for public ones.',
    kind: 'lines',
  },
  {
    name: 'requestsPerMinute',
    title: 'Requests a minute',
    help: 'How many requests a minute this account allows. Leave empty for what the vendor documents.',
    kind: 'text',
  },
];

/** Faults: BINDING_INVALID for a base URL that may not be used. Connections are kept alive and belong to this worker alone. */
export function createEgress({ baseUrl, settings, resolve = resolveAll }: EgressOptions): Http {
  const url = new URL(baseUrl);
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const mayReach = (reach: Reach): boolean =>
    reach === 'public' ||
    (reach === 'private' && settings['onPremises'] === 'true') ||
    (reach === 'loopback' && settings['demo'] === 'true');
  checkBase({ url, host }, mayReach, settings);

  // Called for every new connection of a host name; the connection goes to an address checked here, so a name that
  // resolves differently a moment later changes nothing. An IP literal never comes here: it is checked above.
  const lookup: LookupFunction = (name, options, answer) => {
    const wanted =
      options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : 0;
    resolve(name).then(
      (found) => {
        const usable = found.filter(({ family }) => wanted === 0 || family === wanted);
        const [first] = usable;
        if (first === undefined || !found.every(({ address }) => mayReach(reachOf(address))))
          return answer(addressRefused(), '', 4);
        if (options.all === true) answer(null, [...usable]);
        else answer(null, first.address, first.family);
      },
      (error: Error) => answer(error, '', 4),
    );
  };
  const proxy = proxyOf(settings, isSecure);
  const pool = {
    keepAlive: true,
    maxSockets: 8,
    maxFreeSockets: 4,
    scheduling: 'lifo',
    ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }),
  } as const;
  const agent = isSecure ? new SecureAgent({ ...pool, ...trust(settings) }) : new PlainAgent(pool);
  const prefix = url.pathname.replace(/\/$/, '');
  const open = isSecure ? secureRequest : plainRequest;

  const start = ({ method, path, headers, body, accept }: HttpRequest): ClientRequest => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return open({
      host,
      port: url.port === '' ? (isSecure ? 443 : 80) : url.port,
      method,
      path: prefix + path,
      headers: { host: url.host, accept: accept === 'any' ? '*/*' : 'application/json', ...headers, ...length },
      agent,
      ...(proxy === undefined ? { lookup } : {}),
    });
  };
  return (request) => send(start, request, true);
}

function send(
  start: (request: HttpRequest) => ClientRequest,
  request: HttpRequest,
  mayRetry: boolean,
): Promise<HttpReply> {
  const { method, path, body, signal } = request;
  if (signal.aborted) return Promise.reject(cancelled());
  if (!path.startsWith('/') || path.startsWith('//'))
    return Promise.reject(new Fault('INTERNAL', 'A connector built a wrong path.'));
  return new Promise((done, fail) => {
    const sent = start(request);
    const abort = (): void => void sent.destroy(cancelled());
    signal.addEventListener('abort', abort, { once: true });
    const settle = (act: () => void): void => {
      signal.removeEventListener('abort', abort);
      act();
    };
    sent.on('response', (answer) => {
      receive(answer, request).then(
        (reply) => settle(() => done(reply)),
        (error: unknown) => settle(() => fail(signal.aborted ? cancelled() : worded(error))),
      );
    });
    sent.on('error', (error) => {
      // The vendor closed an idle connection just as we used it. Only a read is repeated: a write may have arrived.
      const isStale = sent.reusedSocket && method === 'GET' && mayRetry && !signal.aborted && !(error instanceof Fault);
      settle(() => (isStale ? done(send(start, request, false)) : fail(worded(error))));
    });
    sent.end(body);
  });
}

/** The whole answer, or a fault as soon as it is too big. The vendor chose its length; the connector chose the bound. */
async function receive(answer: IncomingMessage, { maxBytes, accept }: HttpRequest): Promise<HttpReply> {
  const status = answer.statusCode ?? 0;
  const { location, 'retry-after': wait = '' } = answer.headers;
  const head = { status, location, retryAfter: /^\d{1,6}$/.test(wait) ? Number(wait) : undefined };
  const isGood = status >= 200 && status <= 299;
  const bytes = await bodyOf(answer, isGood ? maxBytes : drainBytes, isGood);
  if (!isGood || bytes.length === 0) return { ...head, json: undefined, bytes: undefined };
  if (answer.headers['content-encoding'] !== undefined) throw notJson();
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(answer.headers['content-type'] ?? '');
  if (!isJson && accept === 'any') return { ...head, json: undefined, bytes };
  if (!isJson) throw notJson();
  try {
    return { ...head, json: JSON.parse(bytes.toString('utf8')) as unknown, bytes: undefined };
  } catch {
    throw notJson(); // The parser's message quotes the body.
  }
}

/** The body; of an answer that is not kept only as much is swallowed as keeps the connection, and then it is let go. */
function bodyOf(answer: IncomingMessage, most: number, isKept: boolean): Promise<Buffer> {
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const tooBig = (): void => {
      if (isKept)
        return void answer.destroy(new Fault('VENDOR_TOO_LARGE', 'The vendor sent more than this tool may read.'));
      done(nothing);
      answer.destroy();
    };
    answer.on('error', (error) => fail(error instanceof Fault ? error : brokenOff()));
    answer.on('end', () => (answer.complete ? done(Buffer.concat(chunks)) : fail(brokenOff())));
    if (Number(answer.headers['content-length'] ?? 0) > most) return tooBig();
    answer.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) tooBig();
      else if (isKept) chunks.push(chunk);
    });
  });
}

function checkBase(
  { url, host }: { readonly url: URL; readonly host: string },
  mayReach: (reach: Reach) => boolean,
  settings: EgressOptions['settings'],
): void {
  const isPlainAllowed = settings['demo'] === 'true' || settings['onPremises'] === 'true';
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && isPlainAllowed);
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (isWeb && isBare && (isIP(host) === 0 || mayReach(reachOf(host)))) return;
  throw new Fault(
    'BINDING_INVALID',
    'This base URL may not be used.',
    'Use https and a public host, or mark the instance as on premises.',
  );
}

/** Certificates are always checked, by TLS 1.2 or newer, whatever the environment says. */
function trust(settings: EgressOptions['settings']): { ca?: string; minVersion: 'TLSv1.2'; rejectUnauthorized: true } {
  const ca = settings['caCertificate'];
  return { ...(ca === undefined || ca === '' ? {} : { ca }), minVersion: 'TLSv1.2', rejectUnauthorized: true };
}

/** Without TLS a proxy would read the credential and every answer, so there it is refused. */
function proxyOf(settings: EgressOptions['settings'], isSecure: boolean): string | undefined {
  const text = settings['proxy'];
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  const isPlace = url?.protocol === 'http:' && url.username === '' && url.pathname === '/';
  if (isPlace && isSecure) return url.origin;
  const words = isPlace ? 'A proxy needs https to the vendor.' : 'The proxy is not of the form http://host:port.';
  throw new Fault('BINDING_INVALID', words, 'Correct it in Connectors.');
}

const resolveAll = (host: string): Promise<readonly Address[]> => resolveName(host, { all: true });

/** Errors of the network carry addresses and vendor text; ours do not. */
const worded = (error: unknown): Fault =>
  error instanceof Fault ? error : new Fault('VENDOR_DOWN', 'The vendor could not be reached.');
const addressRefused = (): Fault =>
  new Fault('VENDOR_ERROR', "The vendor's host name leads to an address that may not be used.");
const brokenOff = (): Fault => new Fault('VENDOR_DOWN', 'The vendor broke off its answer.');
const notJson = (): Fault => new Fault('VENDOR_DOWN', 'The vendor answered with something other than JSON.');
const cancelled = (): Fault => new Fault('CANCELLED', 'The call was cancelled.');

const nothing = Buffer.alloc(0);

/** How much of an unread error body is swallowed to keep the connection. */
const drainBytes = 65_536;
