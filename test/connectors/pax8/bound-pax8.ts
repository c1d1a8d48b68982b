// A worker bound to company 12 of the test account, and the account itself past every guard.
import { expect } from 'vitest';
import type { Pax8Data } from '../../../src-demo/demo-data.ts';
import type { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { type Pax8, startPax8 } from '../../demo/pax8-account.ts';
import { bind, type Bound, type BoundOptions } from '../bound.ts';
import { pax8Data } from './pax8-data.ts';
import { foreignMarks, own, secretMarks, today } from './pax8-records.ts';
import { namedIn } from '../labelled.ts';

export interface BoundPax8 {
  readonly pax8: Pax8;
  readonly worker: Bound;
  /** A tool's answer, after making sure that nothing in it is another company's or the MSP's. */
  call(tool: string, input?: Record<string, unknown>): Promise<WorkerAnswer>;
  /** What was asked of the API since the last time, token requests aside: `GET /v1/orders?page=0`. */
  asked(): string[];
  close(): Promise<void>;
}

export async function bindPax8(
  options: Partial<BoundOptions> = {},
  data: Pax8Data = pax8Data(),
  now: () => number = () => today,
): Promise<BoundPax8> {
  const pax8 = await startPax8(now, data);
  await pax8.signIn();
  const worker = bind({
    url: pax8.emulator.url,
    connector: 'pax8',
    owner: own,
    settings: { demo: 'true' },
    now,
    ...options,
  });
  let seen = 0;
  return {
    pax8,
    worker,
    async call(tool, input = {}) {
      const answer = await worker.call(tool, input);
      expectClean(answer);
      return answer;
    },
    asked() {
      const fresh = pax8.emulator.requests.slice(seen);
      seen = pax8.emulator.requests.length;
      return fresh
        .filter(({ path }) => path !== '/v1/token')
        .map(({ method, path, query }) => `${method} ${path}${query === '' ? '' : `?${query}`}`);
    },
    close: () => pax8.emulator.close(),
  };
}

export function expectClean(answer: WorkerAnswer): void {
  const text = JSON.stringify(answer);
  for (const mark of foreignMarks) expect(text).not.toContain(mark);
  for (const mark of secretMarks) expect(withoutIds(text)).not.toContain(mark);
  const owners = answer.status === 'ok' ? answer.records.flatMap((one) => namedIn(one.label)) : [];
  expect(owners.filter((owner) => owner !== own)).toEqual([]);
}

/** An id that was drawn just now can hold the digits of an amount. */
export const withoutIds = (text: string): string => text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'id');

export const recordsOf = (answer: WorkerAnswer): unknown =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record) : answer;

export const idsOf = (answer: WorkerAnswer): unknown =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;

export const droppedOf = (answer: WorkerAnswer): unknown => (answer.status === 'ok' ? answer.dropped : answer);

/** A denial by its code, and by a part of its reason. */
export const denied = (code: string, reason?: string) => ({
  status: 'denied',
  code,
  ...(reason === undefined ? {} : { reason: expect.stringContaining(reason) as string }),
});
export const invalid = denied('INVALID_ARGUMENTS');
export const unproven = denied('OWNERSHIP_UNPROVEN');
export const missing = { status: 'ok', records: [], dropped: 0 };

/** Those of the requests that are more than a question. */
export const writesOf = (asked: readonly string[]): string[] => asked.filter((one) => !one.startsWith('GET '));
