// HaloPSA's conventions behind the vendor interface: bearer token, paging, wrappers, one-element writes, and its errors
// as our faults. Its filters fail open and its counts lie (halopsa.md §4), so neither is believed here.
import { Fault } from '../../src-shared/fault.ts';
import type { HttpReply } from '../egress.ts';
import { isRow } from '../row.ts';
import type { Powers, ToolCall, Vendor, VendorRequest } from '../vendor.ts';
import { createHaloNames } from './names.ts';
import type { HaloSession } from './session.ts';

export function createHaloApi(session: HaloSession, { http, after, now }: Powers): Vendor {
  // Each of the two repeats happens at most once: a new token after 401, a short wait after 429. Neither was executed.
  async function send(method: 'GET' | 'POST', path: string, call: ToolCall, body?: string): Promise<HttpReply> {
    let mayRenew = true;
    let mayWait = true;
    for (;;) {
      const token = await session.token(call.grant);
      const { signal, maxBytes } = call;
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const reply = await http({ method, path, headers, maxBytes, signal, ...(body === undefined ? {} : { body }) });
      const waitMs = (reply.retryAfter ?? 1) * 1000;
      if (reply.status === 401 && mayRenew) {
        mayRenew = false;
        session.forget(token);
      } else if (reply.status === 429 && mayWait && waitMs <= longestWaitMs) {
        mayWait = false;
        await new Promise<void>((done) => void after(waitMs, done));
      } else return reply;
    }
  }

  const get = (request: VendorRequest, call: ToolCall): Promise<HttpReply> => send('GET', pathOf(request), call);

  async function rows(request: VendorRequest, key: string, call: ToolCall): Promise<readonly unknown[]> {
    const { json } = answered(await get(request, call));
    const list: unknown = isRow(json) && Object.hasOwn(json, key) ? json[key] : undefined;
    if (!Array.isArray(list)) throw unexpected();
    return list as readonly unknown[];
  }

  async function array(path: string, call: ToolCall): Promise<readonly unknown[]> {
    const { json } = answered(await get({ path }, call));
    if (!Array.isArray(json)) throw unexpected();
    return json as readonly unknown[];
  }

  return {
    rows,
    names: createHaloNames(array, now),
    async page(request, key, page, call) {
      const paging = { pageinate: true, page_size: pageSize, page_no: page };
      const found = await rows({ ...request, query: { ...request.query, ...paging } }, key, call);
      return { rows: found, isFull: found.length >= pageSize };
    },
    async record(request, key, probe, call) {
      const reply = await get(request, call);
      if (reply.status === 404) return undefined;
      // A technician's agent may be limited to some customers, and then others' records answer 403 where a missing one
      // answers 404. When the credential can read at all, the two are made the same here (§6 row 20).
      if (isForbidden(reply) && probe !== undefined) {
        answered(await get({ ...probe, query: { ...probe.query, pageinate: true, page_size: 1, page_no: 1 } }, call));
        return undefined;
      }
      return single(answered(reply).json, key);
    },
    async save(path, key, element, call) {
      const reply = await send('POST', pathOf({ path }), call, JSON.stringify([element])).catch(rethrowUncertain);
      if (reply.status >= 500) throw new Fault('VENDOR_ERROR', `The vendor failed. ${uncertainWords}`);
      if (reply.status === 404) throw new Fault('VENDOR_ERROR', 'The vendor did not accept the change.');
      return single(answered(reply).json, key);
    },
  };
}

/** The answer if it is a good one; otherwise the fault that its status stands for. */
function answered(reply: HttpReply): HttpReply {
  const { status } = reply;
  if (status >= 200 && status <= 299) return reply;
  if (isForbidden(reply))
    throw new Fault('CREDENTIAL_UNAVAILABLE', 'The vendor does not let the stored credential do this.');
  if (status === 429)
    throw new Fault('VENDOR_ERROR', 'The rate limit of the vendor is reached. Wait a minute before the next call.');
  if (status >= 300 && status <= 399)
    throw new Fault('VENDOR_ERROR', 'The vendor answered with a redirect, which is refused.');
  if (status >= 500) throw new Fault('VENDOR_ERROR', 'The vendor failed to answer.');
  throw new Fault('VENDOR_ERROR', 'The vendor refused the request.');
}

/** A record bare, as the one element of an array, or as the one row of a wrapper. More than one is not an answer. */
function single(json: unknown, key: string): unknown {
  if (json === undefined || json === null) return undefined;
  if (Array.isArray(json)) return json.length <= 1 ? json[0] : undefined;
  if (!isRow(json)) throw unexpected();
  if (Object.hasOwn(json, 'id') || !Object.hasOwn(json, key)) return json;
  return isRow(json[key]) ? json[key] : single(Array.isArray(json[key]) ? json[key] : undefined, key);
}

/**
 * Path and query of a request. Halo ignores what it does not know and answers with everything (§4.4), and some of what it
 * knows widens a filter, so only names on the list are sent.
 */
function pathOf({ path, query = {} }: VendorRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (!allowedParameters.has(name)) throw new Fault('INTERNAL', 'A tool asked for a parameter that is not allowed.');
    search.set(name, String(value));
  }
  if (!/^(?:\/[A-Za-z0-9]+)+$/.test(path)) throw new Fault('INTERNAL', 'A tool built a wrong path.');
  return `/api${path}${search.size === 0 ? '' : `?${search}`}`;
}

const allowedParameters: ReadonlySet<string> = new Set([
  'client_id',
  'closed_only',
  'count',
  'exclude_generaluser',
  'excludesys',
  'includeclosed',
  'includedetails',
  'includeinactive',
  'open_only',
  'page_no',
  'page_size',
  'pageinate',
  'search',
  'ticket_id',
]);

function rethrowUncertain(thrown: unknown): never {
  if (thrown instanceof Fault && thrown.code === 'VENDOR_ERROR')
    throw new Fault('VENDOR_ERROR', `${thrown.message} ${uncertainWords}`);
  throw thrown;
}

const isForbidden = ({ status }: HttpReply): boolean => status === 401 || status === 403;
const unexpected = (): Fault => new Fault('VENDOR_ERROR', 'The vendor answered in a shape that is not known.');
const uncertainWords = 'The change may or may not have happened: look before you repeat it.';

/** Larger values are unreliable on tickets (§4.2). */
const pageSize = 50;
const longestWaitMs = 2000;
