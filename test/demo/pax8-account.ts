// What the Pax8 tests share: an emulator over the committed demo file, and a plain caller of its API.
import type { Pax8Data } from '../../src-demo/demo-data.ts';
import { startPax8Emulator } from '../../src-demo/pax8/emulator.ts';
import type { Pax8Emulator } from '../../src-demo/pax8/emulator.ts';
import { northway } from './northway.ts';
import type { Json, Reply } from './northway.ts';

export type Pax8 = {
  readonly emulator: Pax8Emulator;
  readonly data: Pax8Data;
  /** Signs in and returns the token answer. */
  signIn(change?: Json): Promise<Reply>;
  /** Calls a path such as `/v1/companies` with the current token. */
  get(path: string): Promise<Reply>;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A record by its path. */
  record(path: string): Promise<Json>;
  /** The rows of one page. */
  rows(path: string): Promise<Json[]>;
  /** The rows of all pages. */
  allRows(path: string): Promise<Json[]>;
  admin(path: string, body?: unknown): Promise<Response>;
};

/** The company of a customer, by the customer's id. */
export function companyOf(customer: string): string {
  const name = northway.customers.find(({ id }) => id === customer)?.name;
  const found = pax8Data().companies.find((one) => one.name === name && one.status === 'Active');
  if (found === undefined) throw new Error(`${customer} is not at Pax8`);
  return found.id;
}

export function pax8Data(): Pax8Data {
  const data = northway.vendors.pax8;
  if (data === undefined) throw new Error('the demo file has no Pax8');
  return data;
}

/** A product's id by its SKU. */
export function productOf(sku: string): string {
  const found = pax8Data().products.find((one) => one.sku === sku);
  if (found === undefined) throw new Error(`nothing is sold as ${sku}`);
  return found.id;
}

export async function startPax8(now?: () => number, data: Pax8Data = pax8Data()): Promise<Pax8> {
  const emulator = await startPax8Emulator({ data, port: 0, host: '127.0.0.1', ...(now === undefined ? {} : { now }) });
  let token = '';
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, signal: AbortSignal.timeout(3000) };
    return reply(
      await fetch(`${emulator.url}${path}`, body === undefined ? init : { ...init, body: JSON.stringify(body) }),
    );
  };
  const page = async (path: string) => {
    const { status, json, text } = await send('GET', path);
    if (status !== 200) throw new Error(`${path} answered ${status} ${text}`);
    return json() as { content: Json[]; page?: { totalPages: number } };
  };
  const pax8: Pax8 = {
    emulator,
    data,
    async signIn(change = {}) {
      const { clientId, clientSecret } = data.credential;
      const asked = {
        client_id: clientId,
        client_secret: clientSecret,
        audience: 'https://api.pax8.com',
        grant_type: 'client_credentials',
      };
      const answer = await reply(
        await fetch(`${emulator.url}/v1/token`, { method: 'POST', body: JSON.stringify({ ...asked, ...change }) }),
      );
      if (answer.status === 200) token = String((answer.json() as Json)['access_token']);
      return answer;
    },
    get: (path) => send('GET', path),
    send,
    async record(path) {
      const { status, json, text } = await send('GET', path);
      if (status !== 200) throw new Error(`${path} answered ${status} ${text}`);
      return json() as Json;
    },
    rows: async (path) => (await page(path)).content,
    async allRows(path) {
      const at = (number: number) => page(`${path}${path.includes('?') ? '&' : '?'}size=200&page=${number}`);
      const first = await at(0);
      const pages = Array.from({ length: (first.page?.totalPages ?? 1) - 1 }, (_, number) => at(number + 1));
      return [first, ...(await Promise.all(pages))].flatMap(({ content }) => content);
    },
    admin: (path, body = {}) =>
      fetch(`${emulator.url}/_emulator/${path}`, { method: 'POST', body: JSON.stringify(body) }),
  };
  await pax8.signIn();
  return pax8;
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) as unknown };
}
