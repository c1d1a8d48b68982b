import { beforeEach, describe, expect, it } from 'vitest';
import { createThrottle, limitOf } from '../../src-connectors/throttle.ts';

let now: number;
let timers: { at: number; act: () => void }[];
beforeEach(() => {
  now = 0;
  timers = [];
});
const after = (milliseconds: number, act: () => void) => {
  const timer = { at: now + milliseconds, act };
  timers.push(timer);
  return () => void (timers = timers.filter((one) => one !== timer));
};
/** Lets time pass, timer by timer, and everything that follows from each run. */
async function pass(milliseconds: number): Promise<void> {
  const until = now + milliseconds;
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const next = timers.toSorted((one, other) => one.at - other.at)[0];
    if (next === undefined || next.at > until) break;
    now = next.at;
    timers = timers.filter((one) => one !== next);
    next.act();
  }
  now = until;
}
const call = (endsAt = 60_000, signal = new AbortController().signal) => ({ signal, endsAt });
const throttle = () => createThrottle({ requests: 2, windowMs: 1000 }, { now: () => now, after });

describe('createThrottle', () => {
  it('lets as many go as the limit allows, and the others in turn as the window moves', async () => {
    const { turn } = throttle();
    const gone: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) void turn(call()).then(() => gone.push(`${name}@${now}`));
    await pass(0);
    expect(gone).toEqual(['a@0', 'b@0']);
    await pass(999);
    expect(gone).toHaveLength(2);
    await pass(1001);
    expect(gone).toEqual(['a@0', 'b@0', 'c@1000', 'd@1000', 'e@2000']);
  });

  it('holds everyone for as long as the vendor asks', async () => {
    const { turn, pause } = throttle();
    pause(5000);
    const gone: number[] = [];
    void turn(call()).then(() => gone.push(now));
    await pass(4999);
    expect(gone).toEqual([]);
    await pass(1);
    expect(gone).toEqual([5000]);
  });

  it('denies at once when the turn would come after the end of the call, and says how long to wait', async () => {
    const { turn, pause } = throttle();
    pause(30_000);
    await expect(turn(call(10_000))).rejects.toMatchObject({
      code: 'VENDOR_BUSY',
      message: 'The rate limit of the vendor is reached. Wait 30 seconds before the next call.',
    });
  });

  it('takes who gave up out of the queue and lets the next go', async () => {
    const { turn } = throttle();
    await Promise.all([turn(call()), turn(call())]);
    const leaving = new AbortController();
    const left = turn(call(60_000, leaving.signal)).catch((thrown: unknown) => thrown);
    const gone: number[] = [];
    void turn(call()).then(() => gone.push(now));
    await pass(10);
    leaving.abort();
    expect(await left).toMatchObject({ code: 'CANCELLED' });
    await pass(990);
    expect(gone).toEqual([1000]);
  });
});

describe('limitOf', () => {
  const documented = { requests: 300, windowMs: 300_000 };
  it('takes the administrator’s number, or what the vendor documents', () => {
    expect(limitOf({}, documented)).toBe(documented);
    expect(limitOf({ requestsPerMinute: '' }, documented)).toBe(documented);
    expect(limitOf({ requestsPerMinute: '60' }, documented)).toEqual({ requests: 60, windowMs: 60_000 });
  });

  it.each(['0', '-1', 'many', '1e3', '1234567'])('refuses %s', (requestsPerMinute) => {
    expect(() => limitOf({ requestsPerMinute }, documented)).toThrow(
      expect.objectContaining({ code: 'BINDING_INVALID' }),
    );
  });
});
