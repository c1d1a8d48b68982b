// HaloPSA on a bad day: every way to fail is a structured denial in our own words, and a good day follows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HaloEmulator, startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import { type Bound, bind } from './bound.ts';
import { haloData } from './halo-data.ts';
import { safeCall } from './safe-call.ts';

let halo: HaloEmulator;
let worker: Bound;

beforeEach(async () => {
  halo = await startHaloEmulator({ data: haloData(), port: 0, host: '127.0.0.1' });
  worker = bind({ url: halo.url });
});
afterEach(() => halo.close());

const call = (tool: string, input: Record<string, unknown> = {}) => safeCall(worker, tool, input);

describe('a vendor in trouble', () => {
  it.each([
    ['hangs', { hang: true }, 'TIMED_OUT'],
    ['drops the connection', { dropConnection: true }, 'VENDOR_ERROR'],
    ['sends half a body', { truncateBody: true }, 'VENDOR_ERROR'],
    ['sends no JSON', { garbageJson: true }, 'VENDOR_ERROR'],
    ['sends far too much', { hugePage: 6_000_000 }, 'VENDOR_ERROR'],
    ['limits the rate', { rateLimit: { requests: 1, windowSeconds: 60, retryAfter: 30 } }, 'VENDOR_ERROR'],
    ['fails', { failStatus: 503 }, 'VENDOR_ERROR'],
  ])('is a structured denial when it %s', async (_, faults, code) => {
    let faster = 1;
    worker = bind({
      url: halo.url,
      after: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds / faster);
        return () => clearTimeout(timer);
      },
    });
    await call('ticket_list');
    Object.assign(halo.faults, faults);
    if ('hang' in faults) faster = 10; // Only where the deadline is what is waited for.
    await call('ticket_list'); // Uses up what a rate limit still allows.
    const answer = await call('ticket_list');
    expect(answer).toMatchObject({ status: 'denied', code });
    expect(JSON.stringify(answer)).not.toMatch(/Rate Limit Reached|error has occurred|127\.0\.0\.1|ECONN/);
  });

  it('works on when its tokens are all revoked', async () => {
    await call('ticket_list');
    halo.faults.rejectTokens = true;
    expect(await call('ticket_list')).toMatchObject({ status: 'ok' });
    expect(worker.leases()).toBe(2);
  });

  it('pages through more tickets than a page holds, each once', async () => {
    await halo.close();
    halo = await startHaloEmulator({ data: haloData(118), port: 0, host: '127.0.0.1' });
    worker = bind({ url: halo.url });
    const seen: unknown[] = [];
    let page: string | undefined;
    let pages = 0;
    do {
      const answer = await call('ticket_list', { status: 'all', ...(page === undefined ? {} : { page }) });
      if (answer.status !== 'ok') throw new Error(answer.code);
      seen.push(...answer.records.map(({ record }) => record['id']));
      page = answer.next;
      pages += 1;
    } while (page !== undefined);
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 120, 120]);
  });
});
