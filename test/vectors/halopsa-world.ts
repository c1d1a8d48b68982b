// A HaloPSA tenant with every trap (halo-data.ts) and a worker bound to its customer 12, for the vectors of halopsa.md §6.
// Everything of the other customer, 31, carries a mark that no answer may contain.
import { afterEach, beforeEach } from 'vitest';
import { halopsa } from '../../src-connectors/halopsa/halopsa.ts';
import { type HaloEmulator, startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { type Bound, bind } from '../connectors/bound.ts';
import { foreign, haloData, ids, own } from '../connectors/halo-data.ts';
import { haloExamples } from '../connectors/halopsa/examples.ts';
import { safeCall } from '../connectors/safe-call.ts';

export type Input = Record<string, unknown>;
type Logged = HaloEmulator['requests'];

export interface HaloWorld {
  readonly halo: () => HaloEmulator;
  readonly worker: () => Bound;
  /** Calls a tool; fails when anything foreign or secret is in the answer. */
  readonly call: (tool: string, input?: Input) => Promise<WorkerAnswer>;
  readonly apiCalls: () => Logged;
  readonly posts: () => Logged;
  /** Changes a ticket behind everybody's back. */
  readonly patch: (id: number, members: object) => Promise<unknown>;
  /** What the vendor holds, past every guard. */
  readonly raw: (path: string) => Promise<Input>;
  readonly rawActions: (ticket: number) => Promise<Input[]>;
}

/** A fresh one for each test of the file that calls it. */
export function haloWorld(): HaloWorld {
  let halo: HaloEmulator;
  let worker: Bound;
  beforeEach(async () => {
    halo = await startHaloEmulator({ data: haloData(), port: 0, host: '127.0.0.1' });
    worker = bind({ url: halo.url });
  });
  afterEach(() => halo.close());
  const apiCalls = (): Logged =>
    halo.requests.filter(({ path }) => path.startsWith('/api/') && path !== '/api/authinfo');
  const raw = (path: string): Promise<Input> => rawFrom(halo.url, path);
  return {
    halo: () => halo,
    worker: () => worker,
    call: (tool, input = {}) => safeCall(worker, tool, input),
    apiCalls,
    posts: () => apiCalls().filter(({ method }) => method !== 'GET'),
    patch: (id, members) =>
      fetch(`${halo.url}/_emulator/tickets/${id}`, { method: 'POST', body: JSON.stringify(members) }),
    raw,
    rawActions: async (ticket) => (await raw(`Actions?ticket_id=${ticket}`))['actions'] as Input[],
  };
}

async function rawFrom(url: string, path: string): Promise<Input> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'app-guid',
    client_secret: 'app-secret',
    scope: 'all',
  });
  const signedIn = await fetch(`${url}/auth/token`, { method: 'POST', body: form });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const reply = await fetch(`${url}/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await reply.json()) as Input;
}

export const missing = { status: 'ok', records: [], dropped: 0 };
export const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };
export const invalid = { status: 'denied', code: 'INVALID_ARGUMENTS' };

export const idsOf = (answer: WorkerAnswer) =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;
export const droppedOf = (answer: WorkerAnswer) => (answer.status === 'ok' ? answer.dropped : answer);

export const gets = [
  ['ticket_get', ids.ticket, ids.foreignTicket],
  ['asset_get', ids.asset, ids.foreignAsset],
  ['invoice_get', ids.invoice, ids.foreignInvoice],
  ['halo_kb_get', ids.article, ids.foreignArticle],
] as const;

/** Every tool of the connector. */
export const examples = haloExamples(haloData(), String(own), String(foreign));
const writers = new Set(
  halopsa.tools.filter(({ kind }) => kind === 'change' || kind === 'set').map(({ name }) => name),
);
export const writes = examples.filter(({ tool }) => writers.has(tool));
export const reads = examples.filter(({ tool }) => !writers.has(tool));
