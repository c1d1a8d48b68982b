// What the demo tests share: the committed demo file, an emulator over it, and a plain caller of its API.
import { join } from 'node:path';
import { readDemoData } from '../../src-demo/demo-data.ts';
import type { HaloData } from '../../src-demo/demo-data.ts';
import { startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import type { HaloEmulator } from '../../src-demo/halopsa/emulator.ts';

export const northwayFile = join(import.meta.dirname, '..', '..', 'demo', 'northway.json');
export const northway = await readDemoData(northwayFile);

export type Json = Record<string, unknown>;
export type Reply = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly json: () => unknown;
};
export type Halo = {
  readonly emulator: HaloEmulator;
  readonly data: HaloData;
  /** Signs in and returns the token answer's text. */
  signIn(change?: Record<string, string>, search?: string): Promise<Reply>;
  /** Calls `/api/…` with the current token. */
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  /** The rows of a wrapped list. */
  rows(path: string): Promise<Json[]>;
};

export const everyScope = 'read:tickets edit:tickets read:customers edit:customers read:assets read:kb read:invoices';

export function haloData(): HaloData {
  const data = northway.vendors.halopsa;
  if (data === undefined) throw new Error('the demo file has no HaloPSA');
  return data;
}

export async function startHalo(now?: () => number): Promise<Halo> {
  const data = haloData();
  const emulator = await startHaloEmulator({ data, port: 0, host: '127.0.0.1', ...(now === undefined ? {} : { now }) });
  let token = '';
  const call = async (path: string, init: RequestInit) => {
    const headers = { authorization: `Bearer ${token}` };
    return reply(await fetch(`${emulator.url}/api/${path}`, { ...init, headers, signal: AbortSignal.timeout(3000) }));
  };
  const halo: Halo = {
    emulator,
    data,
    async signIn(change = {}, search = '') {
      const { clientId, clientSecret } = data.credential;
      const form = {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: everyScope,
      };
      const body = new URLSearchParams({ ...form, ...change });
      const answer = await reply(await fetch(`${emulator.url}/auth/token${search}`, { method: 'POST', body }));
      if (answer.status === 200) token = String((answer.json() as Json)['access_token']);
      return answer;
    },
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    async rows(path) {
      const { status, json, text } = await call(path, {});
      if (status !== 200) throw new Error(`${path} answered ${status} ${text}`);
      const list = Object.values(json() as Json).findLast((member) => Array.isArray(member));
      return list as Json[];
    },
  };
  await halo.signIn();
  return halo;
}

/** The id of the one ticket with this summary. */
export function ticketNamed(summary: string): number {
  const found = haloData().tickets.filter((ticket) => ticket.summary === summary);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} tickets are called ${summary}`);
  return found[0].id;
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) as unknown };
}
