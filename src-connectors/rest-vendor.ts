// A vendor's REST conventions behind the vendor interface, from data: how it pages, wraps and takes writes. Filters fail
// open and counts lie everywhere, so neither is believed; errors become our faults and no word of the vendor's is repeated.
import { Fault } from '../src-shared/fault.ts';
import type { HttpReply, HttpRequest } from './egress.ts';
import { isRow } from './row.ts';
import type { RateLimit } from './throttle.ts';
import { createThrottle } from './throttle.ts';
import type { Session } from './token-session.ts';
import type { Names, Place, Powers, Query, ToolCall, Vendor, VendorRequest } from './vendor.ts';

export interface RestStyle {
  /** Before every path: `/api`. */
  readonly prefix: string;
  /** The only query parameters ever sent: what a vendor does not know it ignores, and some of what it knows widens. */
  readonly parameters: ReadonlySet<string>;
  readonly pageSize: number;
  /** The parameters that ask for a page, counted from 1, of so many rows. */
  readonly paging: (page: number, size: number, request: VendorRequest) => Query;
  /** The body that carries one element; `key` is the wrapper some vendors want it in. */
  readonly body: (element: Readonly<Record<string, unknown>>, key: string) => unknown;
  readonly limit: RateLimit;
  readonly names?: (
    array: (path: string, call: ToolCall) => Promise<readonly unknown[]>,
  ) => (call: ToolCall) => Promise<Names>;
}

export function createRestVendor(
  style: RestStyle,
  session: Session,
  { http, after, now, baseUrl }: Powers & Pick<Place, 'baseUrl'>,
): Vendor {
  const throttle = createThrottle(style.limit, { after, now });

  // Each of the two repeats happens at most once: new headers after 401, a wait after 429. Neither was executed.
  async function send(
    request: Pick<HttpRequest, 'method' | 'path' | 'body' | 'accept'>,
    call: ToolCall,
  ): Promise<HttpReply> {
    let mayRenew = true;
    let mayWait = true;
    for (;;) {
      await throttle.turn(call);
      const { signal, maxBytes } = call;
      const proof = await session.headers(call);
      const type = request.body === undefined ? {} : { 'content-type': 'application/json' };
      const reply = await http({ ...request, headers: { ...proof, ...type }, maxBytes, signal });
      if (reply.status === 401 && mayRenew && session.refused(proof)) {
        mayRenew = false;
      } else if (reply.status === 429) {
        throttle.pause(Math.min(reply.retryAfter ?? 1, longestPauseSeconds) * 1000);
        if (!mayWait) return reply;
        mayWait = false;
      } else return reply;
    }
  }

  const get = (request: VendorRequest, call: ToolCall): Promise<HttpReply> =>
    send({ method: 'GET', path: pathOf(request, style) }, call);

  async function rows(request: VendorRequest, key: string, call: ToolCall): Promise<readonly unknown[]> {
    const { json } = answered(await get(request, call));
    const list: unknown = key === '' ? json : isRow(json) && Object.hasOwn(json, key) ? json[key] : undefined;
    if (!Array.isArray(list)) throw unexpected();
    return list as readonly unknown[];
  }

  const names = style.names?.((path, call) => rows({ path }, '', call));

  return {
    rows,
    names: names ?? (async () => ({})),
    async page({ page, ...request }, key, call) {
      if (request.isUnpaged === true) return { rows: page === 1 ? await rows(request, key, call) : [], isFull: false };
      const { pageSize = style.pageSize } = request;
      const query = { ...request.query, ...style.paging(page, pageSize, request) };
      const found = await rows({ ...request, query }, key, call);
      return { rows: found, isFull: found.length >= pageSize };
    },
    async record({ probe, ...request }, key, call) {
      // One that is too large to read might be anyone's, and a missing one is not large: the two answer alike.
      const reply = await get(request, call).catch(undefinedIfTooLarge);
      if (reply === undefined || reply.status === 404) return undefined;
      // An account may be limited to some customers, and then others' records answer 403 where a missing one answers 404.
      // When the credential can read at all, the two are made the same here.
      if (isForbidden(reply) && probe !== undefined) {
        answered(await get({ ...probe, query: { ...probe.query, ...style.paging(1, 1, probe) } }, call));
        return undefined;
      }
      return single(answered(reply).json, key);
    },
    async write({ method, path, query, element }, key, call) {
      const body = element === undefined ? {} : { body: JSON.stringify(style.body(element, key)) };
      const request = { method, path: pathOf({ path, ...(query === undefined ? {} : { query }) }, style), ...body };
      const reply = await send(request, call).catch((thrown: unknown) => rethrowUncertain(thrown, call));
      if (reply.status >= 500) throw new Fault('VENDOR_DOWN', `The vendor failed. ${call.afterwards}`);
      if (reply.status === 404) throw new Fault('VENDOR_ERROR', 'The vendor did not accept the change.');
      const { json } = answered(reply);
      return json === undefined ? undefined : single(json, key);
    },
    async file(request, call) {
      const reply = await send({ method: 'GET', path: pathOf(request, style), accept: 'any' }, call);
      if (reply.status === 404) return undefined;
      const link = linkOf(reply);
      if (link === undefined) return answered(reply).bytes;
      const { maxBytes, signal } = call;
      const path = pathOnHost(link, baseUrl, style);
      return answered(await http({ method: 'GET', path, accept: 'any', headers: {}, maxBytes, signal })).bytes;
    },
  };
}

/** Where the vendor says a file is: a redirect, or `{"link": …}`. Such a link opens the file for whoever holds it. */
function linkOf({ status, location, json }: HttpReply): string | undefined {
  if (status >= 300 && status <= 399) return location;
  return isRow(json) && typeof json['link'] === 'string' ? json['link'] : undefined;
}

/**
 * Whoever attached a file may have chosen what reads as the link. So it leads nowhere but to the instance's own host, and there
 * not below the API, of which some opens without a log-in.
 */
function pathOnHost(link: string, baseUrl: string, { prefix }: RestStyle): string {
  const base = new URL(baseUrl);
  const place = URL.parse(link, base.href);
  const root = base.pathname.replace(/\/$/, '');
  const path = place?.pathname.slice(root.length) ?? '';
  const isApi = `${decoded(path).toLowerCase()}/`.startsWith(`${prefix.toLowerCase()}/`);
  if (place?.origin !== base.origin || !place.pathname.startsWith(`${root}/`) || isApi)
    throw new Fault('VENDOR_ERROR', 'The vendor keeps this file at a place that is refused.');
  return path + place.search;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}

/** The answer if it is a good one; otherwise the fault that its status stands for. */
export function answered(reply: HttpReply): HttpReply {
  const { status, retryAfter } = reply;
  if (status >= 200 && status <= 299) return reply;
  if (status === 401) throw new Fault('CREDENTIAL_UNAVAILABLE', 'The vendor does not accept the stored credential.');
  if (status === 403)
    throw new Fault('CREDENTIAL_UNAVAILABLE', 'The vendor does not let the stored credential do this.');
  if (status === 429) {
    const wait = retryAfter === undefined ? 'a minute' : `${retryAfter} seconds`;
    throw new Fault('VENDOR_BUSY', `The rate limit of the vendor is reached. Wait ${wait} before the next call.`);
  }
  if (status >= 300 && status <= 399)
    throw new Fault('VENDOR_ERROR', 'The vendor answered with a redirect, which is refused.');
  if (status >= 500) throw new Fault('VENDOR_DOWN', 'The vendor failed to answer.');
  throw new Fault('VENDOR_ERROR', 'The vendor refused the request.');
}

/** A record bare, as the one element of an array, or in its wrapper. More than one is not an answer. */
function single(json: unknown, key: string): unknown {
  if (json === undefined || json === null) return undefined;
  if (Array.isArray(json)) return json.length <= 1 ? json[0] : undefined;
  if (!isRow(json)) throw unexpected();
  if (Object.hasOwn(json, 'id') || !Object.hasOwn(json, key)) return json;
  return isRow(json[key]) ? json[key] : single(Array.isArray(json[key]) ? json[key] : undefined, key);
}

function pathOf({ path, query = {} }: VendorRequest, { prefix, parameters }: RestStyle): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (!parameters.has(name)) throw new Fault('INTERNAL', 'A tool asked for a parameter that is not allowed.');
    search.set(name, String(value));
  }
  if (!/^(?:\/[A-Za-z0-9_-]+)+$/.test(path)) throw new Fault('INTERNAL', 'A tool built a wrong path.');
  return `${prefix}${path}${search.size === 0 ? '' : `?${search}`}`;
}

function undefinedIfTooLarge(thrown: unknown): undefined {
  if (thrown instanceof Fault && thrown.code === 'VENDOR_TOO_LARGE') return undefined;
  throw thrown;
}

function rethrowUncertain(thrown: unknown, { afterwards }: ToolCall): never {
  if (thrown instanceof Fault && (thrown.code === 'VENDOR_ERROR' || thrown.code === 'VENDOR_DOWN'))
    throw new Fault(thrown.code, `${thrown.message} ${afterwards}`);
  throw thrown;
}

const isForbidden = ({ status }: HttpReply): boolean => status === 401 || status === 403;
const unexpected = (): Fault => new Fault('VENDOR_ERROR', 'The vendor answered in a shape that is not known.');

/** A vendor that asks for more is not believed: a header must not stop a connector for a day. */
const longestPauseSeconds = 300;
