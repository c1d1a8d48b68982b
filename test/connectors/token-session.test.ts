import { beforeEach, describe, expect, it } from 'vitest';
import { createTokenSession, leased, type Token } from '../../src-connectors/token-session.ts';
import type { ToolCall } from '../../src-connectors/vendor.ts';

let now: number;
let asks: number;
let timers: (() => void)[];
beforeEach(() => {
  now = 1_000_000;
  asks = 0;
  timers = [];
});
const call = {} as ToolCall;
const session = (ask: (signal: AbortSignal) => Promise<Token> = async () => token(3600)) =>
  createTokenSession((_call, signal) => ((asks += 1), ask(signal)), {
    now: () => now,
    after: (_milliseconds, act) => {
      timers.push(act);
      return () => void (timers = timers.filter((one) => one !== act));
    },
  });
const token = (seconds: number): Token => ({ value: `token-${asks}`, seconds });

describe('createTokenSession', () => {
  it('keeps a token until 60 seconds before its end', async () => {
    const { headers } = session();
    expect(await headers(call)).toEqual({ authorization: 'Bearer token-1' });
    now += (3600 - 60) * 1000 - 1;
    expect(await headers(call)).toEqual({ authorization: 'Bearer token-1' });
    now += 1;
    expect(await headers(call)).toEqual({ authorization: 'Bearer token-2' });
  });

  it('asks once however many wait', async () => {
    const { headers } = session();
    const all = await Promise.all(Array.from({ length: 8 }, () => headers(call)));
    expect([asks, new Set(all.map(({ authorization }) => authorization)).size]).toEqual([1, 1]);
  });

  it('uses a token without a lifetime once', async () => {
    const { headers } = session(async () => token(0));
    await headers(call);
    await headers(call);
    expect(asks).toBe(2);
  });

  it('asks anew after the vendor refused the token in use, and not for one that was replaced long ago', async () => {
    const { headers, refused } = session();
    const first = await headers(call);
    expect(refused(first)).toBe(true);
    await headers(call);
    expect(refused(first)).toBe(true);
    await headers(call);
    expect(asks).toBe(2);
  });

  it('asks anew after asking failed', async () => {
    let isBroken = true;
    const { headers } = session(async () => {
      if (isBroken) throw new Error('broken');
      return token(3600);
    });
    await expect(headers(call)).rejects.toThrow('broken');
    isBroken = false;
    expect(await headers(call)).toEqual({ authorization: 'Bearer token-2' });
  });

  it('gives up signing in by its own deadline, for all who wait, and leaves no timer behind', async () => {
    const { headers } = session(
      (signal) =>
        new Promise((_done, fail) =>
          signal.addEventListener('abort', () => fail(new Error('aborted')), { once: true }),
        ),
    );
    const waiting = [headers(call), headers(call)].map((one) =>
      expect(one).rejects.toMatchObject({ code: 'VENDOR_DOWN' }),
    );
    timers[0]?.();
    await Promise.all(waiting);
    expect([asks, timers]).toEqual([1, []]);
  });
});

describe('leased', () => {
  it('says one thing whatever is wrong with the vault', async () => {
    const broken = { credential: () => Promise.reject(new Error('details of the vault')) } as unknown as ToolCall;
    await expect(leased(broken, new AbortController().signal)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
      message: expect.not.stringContaining('details'),
    });
  });
});
