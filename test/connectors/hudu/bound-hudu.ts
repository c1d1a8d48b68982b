// A worker bound to customer 12 of an emulated Hudu, and calls that are looked at for what must never be in an answer.
import { expect } from 'vitest';
import { type HuduEmulator, startHuduEmulator } from '../../../src-demo/hudu/emulator.ts';
import type { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { type Bound, bind, type BoundOptions } from '../bound.ts';
import { credential, foreignMarks, huduData, own, secretMarks } from './hudu-data.ts';
import { namedIn } from '../labelled.ts';

export interface BoundHudu {
  readonly hudu: HuduEmulator;
  readonly worker: Bound;
  /** An answer, after making sure that nothing in it is another customer's or secret. */
  call(tool: string, input?: Record<string, unknown>): Promise<WorkerAnswer>;
  /** What was asked of the vendor at such paths. */
  sent(path: RegExp): HuduEmulator['requests'];
  /** What was sent that is more than a question. */
  writes(): HuduEmulator['requests'];
  /** What the vendor holds, past every guard. */
  raw(path: string): Promise<Record<string, unknown>>;
  /** Changes that, past every guard. */
  put(path: string, body: object): Promise<void>;
}

/** 59 seconds after 1970: the first time of RFC 6238, appendix B. */
export const at = 59_000;

export async function startBoundHudu(options: Partial<BoundOptions> = {}, data = huduData()): Promise<BoundHudu> {
  const hudu = await startHuduEmulator({ data, port: 0, host: '127.0.0.1' });
  const worker = bind({ url: hudu.url, connector: 'hudu', owner: String(own), credential, now: () => at, ...options });
  const headers = { 'x-api-key': credential.apiKey };
  return {
    hudu,
    worker,
    async call(tool, input = {}) {
      const answer = await worker.call(tool, input);
      const text = JSON.stringify(answer);
      for (const mark of [...foreignMarks, ...secretMarks]) expect(text).not.toContain(mark);
      const owners = answer.status === 'ok' ? answer.records.flatMap((one) => namedIn(one.label)) : [];
      expect(owners.filter((owner) => owner !== String(own))).toEqual([]);
      return answer;
    },
    sent: (path) => hudu.requests.filter((one) => path.test(one.path)),
    writes: () => hudu.requests.filter(({ method }) => method !== 'GET'),
    async raw(path) {
      const reply = await fetch(`${hudu.url}/api/v1${path}`, { headers });
      return (await reply.json()) as Record<string, unknown>;
    },
    async put(path, body) {
      const init = { method: 'PUT', headers, body: JSON.stringify(body) };
      const reply = await fetch(`${hudu.url}/api/v1${path}`, init);
      expect(reply.status).toBe(200);
    },
  };
}

export const recordsOf = (answer: WorkerAnswer): unknown =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record) : answer;
export const idsOf = (answer: WorkerAnswer): unknown =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;

/** The lists Hudu filters by company, with and without a text. */
export const filtered = [
  ['hudu_asset_list', {}],
  ['hudu_asset_list', { text: 'SRV' }],
  ['kb_search', {}],
  ['kb_search', { text: 'VPN' }],
  ['credential_find', {}],
  ['expiration_list', {}],
  ['procedure_list', {}],
  ['network_list', {}],
  ['ip_address_list', {}],
] as const;
