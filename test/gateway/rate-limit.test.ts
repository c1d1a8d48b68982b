import { beforeEach, describe, expect, it } from 'vitest';
import { RateLimit } from '../../src-gateway/rate-limit.ts';

let now: number;
let limit: RateLimit;
beforeEach(() => {
  now = 1000;
  limit = new RateLimit(() => now);
});
const takes = (key: string, times: number) =>
  Array.from({ length: times }, () => limit.take(key, 6)).filter(({ ok }) => ok).length;

describe('RateLimit', () => {
  it('lets a full minute’s worth through at once, then says in how many seconds the next may come', () => {
    expect(takes('one', 7)).toBe(6);
    expect(limit.take('one', 6)).toEqual({ ok: false, retryAfter: 10 });
    now += 4000;
    expect(limit.take('one', 6)).toEqual({ ok: false, retryAfter: 6 });
  });

  it('keeps its word: after that time the next gets through', () => {
    takes('one', 6);
    const refused = limit.take('one', 6);
    now += refused.ok ? 0 : refused.retryAfter * 1000;
    expect(takes('one', 2)).toBe(1);
  });

  it('refills evenly, and never beyond a minute’s worth', () => {
    takes('one', 6);
    now += 30_000;
    expect(takes('one', 6)).toBe(3);
    now += 3_600_000;
    expect(takes('one', 20)).toBe(6);
  });

  it('counts each key by itself', () => {
    takes('one', 6);
    expect(takes('other', 6)).toBe(6);
  });

  it('gains nothing from refused attempts', () => {
    takes('one', 6);
    for (let second = 0; second < 9; second += 1) {
      now += 1000;
      expect(takes('one', 3)).toBe(0);
    }
    now += 1000;
    expect(takes('one', 3)).toBe(1);
  });

  it('follows a lowered limit at once', () => {
    limit.take('one', 6000);
    expect(takes('one', 20)).toBe(6);
  });
});
