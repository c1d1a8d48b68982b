// What the Hudu tests share: an emulator over the demo file and a plain caller of its API.
import type { HuduData } from '../../src-demo/demo-data.ts';
import { startHuduEmulator } from '../../src-demo/hudu/emulator.ts';
import type { HuduEmulator } from '../../src-demo/hudu/emulator.ts';
import { northway } from './northway.ts';
import type { Json, Reply } from './northway.ts';

export type Hudu = {
  readonly emulator: HuduEmulator;
  readonly data: HuduData;
  /** Calls `/api/v1/…` with the key; redirects are not followed. */
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** The rows of a list, wrapped or bare. */
  rows(path: string): Promise<Json[]>;
};

export function huduData(): HuduData {
  const data = northway.vendors.hudu;
  if (data === undefined) throw new Error('the demo file has no Hudu');
  return data;
}

export async function startHudu(now?: () => number): Promise<Hudu> {
  const data = huduData();
  const emulator = await startHuduEmulator({ data, port: 0, host: '127.0.0.1', ...(now === undefined ? {} : { now }) });
  const headers = { 'x-api-key': data.credential.apiKey };
  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const sent = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const init = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(3000), ...sent } as const;
    const response = await fetch(`${emulator.url}/api/v1/${path}`, init);
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) as unknown };
  };
  const get = (path: string) => call('GET', path);
  return {
    emulator,
    data,
    call,
    get,
    async rows(path) {
      const { status, json, text } = await get(path);
      if (status !== 200) throw new Error(`${path} answered ${status} ${text}`);
      const body = json();
      return (Array.isArray(body) ? body : Object.values(body as Json)[0]) as Json[];
    },
  };
}

/** The Hudu id of a company by its name there. */
export function companyId(name: string): number {
  const found = huduData().companies.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no company is called ${name}`);
  return found.id;
}
