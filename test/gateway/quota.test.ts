import { describe, expect, it } from 'vitest';
import { periodOf, Quota } from '../../src-gateway/quota.ts';

const november = Date.parse('2026-11-30T23:59:59.999Z');
const december = november + 1;
const of = (includedCalls: number, overage: 'allow' | 'block' = 'block', calls = 0) =>
  new Quota({ includedCalls, overage }, { period: '2026-11', calls });

describe('Quota', () => {
  it('gives out the included calls and then no more', () => {
    const quota = of(2);
    expect([quota.take(november), quota.take(november), quota.take(november)].map(Boolean)).toEqual([
      true,
      true,
      false,
    ]);
    expect(quota.usage()).toEqual({ period: '2026-11', calls: 2, included: 2, overage: 'block' });
  });

  it('starts from what the ledger counted', () => {
    expect(of(2, 'block', 2).take(november)).toBeUndefined();
  });

  it('gives out none when none is included', () => {
    expect(of(0).take(november)).toBeUndefined();
  });

  it('goes on beyond the included calls where overage is allowed, and counts them', () => {
    const quota = of(1, 'allow', 1);
    expect(quota.take(november)).toBeTypeOf('function');
    expect(quota.usage().calls).toBe(2);
  });

  it('starts anew with the next month, to the millisecond, in UTC', () => {
    const quota = of(1);
    quota.take(november);
    expect(quota.take(november)).toBeUndefined();
    expect(quota.take(december)).toBeTypeOf('function');
    expect(quota.usage()).toMatchObject({ period: '2026-12', calls: 1 });
  });

  it('does not open an old month anew when the clock is set back', () => {
    const quota = of(1);
    quota.take(december);
    expect(quota.take(november)).toBeUndefined();
    expect(quota.take(Date.parse('2020-01-01T00:00:00Z'))).toBeUndefined();
    expect(quota.usage()).toMatchObject({ period: '2026-12', calls: 1 });
  });

  it('takes a released call back once', () => {
    const quota = of(2);
    const release = quota.take(november);
    quota.take(november);
    release?.();
    release?.();
    expect(quota.usage().calls).toBe(1);
  });

  it('takes nothing back into another month than it was taken in', () => {
    const quota = of(5);
    const release = quota.take(november);
    quota.take(december);
    release?.();
    expect(quota.usage().calls).toBe(1);
  });
});

describe('periodOf', () => {
  it('is the month in UTC', () => {
    expect([periodOf(november), periodOf(december)]).toEqual(['2026-11', '2026-12']);
  });
});
