import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import type { Counted } from '../../src-gateway/proofs.ts';
import { Quota, type Usage } from '../../src-gateway/quota.ts';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { noUsage } from './world.ts';

const november = Date.parse('2026-11-30T23:59:59.999Z');
const december = november + 1;
const call: Counted = { technician: 'amy', client: 'claude', customer: 'ACME-1', tool: 'ticket_list' };

/** A quota and its clocks; the monotonic one runs with the wall clock unless a test moves one alone. */
function quotaOf(
  rule: { includedCalls?: number; overage?: 'allow' | 'block'; limits?: readonly CallLimit[] } = {},
  usage: Partial<Usage> = {},
  before?: Quota,
) {
  const { includedCalls = 1000, overage = 'block', limits = [] } = rule;
  const quota = new Quota(
    { includedCalls, overage, limits: [...limits] },
    { ...noUsage, day: '2026-11-30', ...usage },
    before,
  );
  const at = { now: november, clock: 0 };
  return {
    quota,
    at,
    pass: (ms: number) => Object.assign(at, { now: at.now + ms, clock: at.clock + ms }),
    take: (change: Partial<Counted> = {}) => quota.take({ ...call, ...change }, at),
    /** How many of so many tries were let through. */
    taken: (tries: number, change: Partial<Counted> = {}) =>
      Array.from({ length: tries }, () => quota.take({ ...call, ...change }, at)).filter(({ ok }) => ok).length,
  };
}

const limit = (change: Partial<CallLimit> = {}): CallLimit => ({
  per: 'client',
  of: null,
  calls: 2,
  window: 'minute',
  ...change,
});

describe('Quota', () => {
  describe('the included calls', () => {
    it('gives them out and then no more', () => {
      const { taken, take, quota } = quotaOf({ includedCalls: 2 });
      expect(taken(5)).toBe(2);
      expect(take()).toEqual({ ok: false, error: { limit: 'included', wait: 1 } });
      expect(quota.usage()).toEqual({ period: '2026-11', calls: 2, included: 2, overage: 'block' });
    });

    it('starts from what the ledger counted', () => {
      expect(quotaOf({ includedCalls: 2 }, { calls: 2 }).taken(1)).toBe(0);
    });

    it('gives out none when none is included, and waiting never helps', () => {
      expect(quotaOf({ includedCalls: 0 }).take()).toEqual({ ok: false, error: { limit: 'included', wait: null } });
    });

    it('goes on beyond them where overage is allowed, and counts on', () => {
      const { taken, quota } = quotaOf({ includedCalls: 1, overage: 'allow' }, { calls: 1 });
      expect(taken(3)).toBe(3);
      expect(quota.usage().calls).toBe(4);
    });

    it('starts anew with the next month, to the millisecond, in UTC', () => {
      const { taken, at, quota } = quotaOf({ includedCalls: 1 });
      expect(taken(2)).toBe(1);
      at.now = december;
      expect(taken(2)).toBe(1);
      expect(quota.usage()).toMatchObject({ period: '2026-12', calls: 1 });
    });

    it('does not open an old month anew when the clock is set back', () => {
      const { taken, at, quota } = quotaOf({ includedCalls: 1 });
      at.now = december;
      taken(1);
      for (const now of [november, Date.parse('2020-01-01T00:00:00Z')]) {
        at.now = now;
        expect(taken(1)).toBe(0);
      }
      expect(quota.usage()).toMatchObject({ period: '2026-12', calls: 1 });
    });
  });

  describe('a limit', () => {
    it.each([
      ['technician', { technician: 'ben' }],
      ['client', { client: 'operator' }],
      ['customer', { customer: 'ZEN-2' }],
      ['tool', { tool: 'ticket_get' }],
    ] as const)('per %s is kept for each by itself', (per, other) => {
      const { taken } = quotaOf({ limits: [limit({ per })] });
      expect([taken(5), taken(5, other), taken(5)]).toEqual([2, 2, 0]);
      const rest = { technician: 'ben', client: 'operator', customer: 'ZEN-2', tool: 'ticket_get', [per]: call[per] };
      expect(taken(1, rest)).toBe(0);
    });

    it('of one name is kept for that one alone', () => {
      const { taken } = quotaOf({ limits: [limit({ of: 'claude', calls: 1 })] });
      expect([taken(5), taken(5, { client: 'cursor' })]).toEqual([1, 5]);
    });

    it('does not take one kind of name for another', () => {
      const { taken } = quotaOf({ limits: [limit({ per: 'tool', calls: 1 }), limit({ per: 'client', calls: 1 })] });
      expect([taken(2, { client: 'x', tool: 'y' }), taken(2, { client: 'y', tool: 'x' })]).toEqual([1, 1]);
    });

    it('of no calls lets none through, and waiting never helps', () => {
      const none = limit({ calls: 0, window: 'day' });
      expect(quotaOf({ limits: [none] }).take()).toEqual({ ok: false, error: { limit: none, wait: null } });
    });

    it('binds together with all others that are on the call: the one that lasts longest is named', () => {
      const [minute, day, period] = [
        limit({ calls: 1 }),
        limit({ per: 'tool', calls: 1, window: 'day' }),
        limit({ per: 'customer', calls: 1, window: 'period' }),
      ];
      const { take, taken, at } = quotaOf({ limits: [minute, period, day] }, { day: '2026-11-15' });
      at.now = Date.parse('2026-11-15T18:00:00.000Z');
      expect(taken(1)).toBe(1);
      const error = (change: object) => (take(change) as { error?: { limit: CallLimit; wait: number } }).error;
      expect(error({})).toEqual({ limit: period, wait: 15.25 * 24 * 3_600_000 });
      expect(error({ customer: 'ZEN-2' })).toEqual({ limit: day, wait: 6 * 3_600_000 });
      expect(error({ customer: 'ZEN-2', tool: 'x' })).toEqual({ limit: minute, wait: 60_000 });
    });

    it('is named before the others that last as long, in the company’s order', () => {
      const first = limit({ per: 'tool', calls: 1, window: 'day' });
      const second = limit({ per: 'client', calls: 1, window: 'day' });
      for (const limits of [
        [first, second],
        [second, first],
      ]) {
        const { taken, take } = quotaOf({ limits });
        expect(taken(1)).toBe(1);
        expect(take()).toMatchObject({ ok: false, error: { limit: limits[0] } });
      }
    });

    it('that is used up takes nothing of the others', () => {
      const { taken } = quotaOf({
        limits: [limit({ calls: 1 }), limit({ per: 'technician', calls: 3, window: 'day' })],
      });
      expect([taken(9), taken(9, { client: 'cursor' }), taken(9, { client: 'x' })]).toEqual([1, 1, 1]);
    });
  });

  describe('the last minute', () => {
    it('slides: there is room when the oldest call is a minute old, and not a millisecond before', () => {
      const { taken, take, pass } = quotaOf({ limits: [limit()] });
      expect(taken(1)).toBe(1);
      pass(10_000);
      expect(taken(2)).toBe(1);
      expect(take()).toMatchObject({ error: { wait: 50_000 } });
      pass(49_999);
      expect(taken(1)).toBe(0);
      pass(1);
      expect([taken(2), take()]).toMatchObject([1, { error: { wait: 10_000 } }]);
    });

    it('goes by the clock nobody can set', () => {
      const { taken, at } = quotaOf({ limits: [limit()] });
      expect(taken(9)).toBe(2);
      for (const now of [december, december + 1e9, 0]) {
        at.now = now;
        expect(taken(1)).toBe(0);
      }
      at.clock -= 120_000;
      expect(taken(1)).toBe(0);
    });

    it('begins with what the ledger had of it, counted from the first instant told', () => {
      const { taken, at, pass } = quotaOf({ limits: [limit()] }, { ofMinute: [{ ...call, calls: 1 }] });
      at.clock = 5_000_000;
      expect(taken(9)).toBe(1);
      pass(59_999);
      expect(taken(9)).toBe(0);
      pass(1);
      expect(taken(9)).toBe(2);
    });
  });

  describe('the day', () => {
    it('begins with what the ledger had of it, and anew at midnight (UTC)', () => {
      const { taken, at } = quotaOf({ limits: [limit({ window: 'day' })] }, { ofDay: [{ ...call, calls: 1 }] });
      expect(taken(9)).toBe(1);
      at.now = december;
      expect(taken(9)).toBe(2);
      at.now = november;
      expect(taken(9)).toBe(0);
    });

    it('takes the ledger’s count for the day it is of, and for no later one', () => {
      const usage = { day: '2026-11-29', ofDay: [{ ...call, calls: 2 }] };
      expect(quotaOf({ limits: [limit({ window: 'day' })] }, usage).taken(9)).toBe(2);
    });
  });

  it('adds up the ledger’s rows of one name', () => {
    const ofPeriod = [
      { ...call, calls: 1 },
      { ...call, customer: 'ZEN-2', tool: 'x', calls: 1 },
    ];
    expect(quotaOf({ limits: [limit({ window: 'period', calls: 3 })] }, { ofPeriod }).taken(9)).toBe(1);
  });

  it('takes a released call back once, of everything that counted it', () => {
    const limits = (['minute', 'day', 'period'] as const).map((window) => limit({ window, calls: 1 }));
    const { take, taken, quota } = quotaOf({ limits });
    const first = take();
    expect(taken(1)).toBe(0);
    if (first.ok) first.value();
    if (first.ok) first.value();
    expect([taken(9), quota.usage().calls]).toEqual([1, 1]);
  });

  it('takes nothing back into another month, day or minute than it was taken in', () => {
    const limits = (['minute', 'day', 'period'] as const).map((window) => limit({ window, calls: 1 }));
    const { take, taken, pass, quota } = quotaOf({ limits });
    const first = take();
    pass(60_000);
    expect(taken(1)).toBe(1);
    if (first.ok) first.value();
    expect([taken(9), quota.usage()]).toMatchObject([0, { period: '2026-12', calls: 1 }]);
  });

  it('goes on from the quota it replaces: an enrolment renewed gives no call back', () => {
    const limits = (['minute', 'day', 'period'] as const).map((window) => limit({ window }));
    const before = quotaOf({ limits });
    const first = before.take();
    expect(before.taken(9)).toBe(1);
    const after = quotaOf({ limits, includedCalls: 5 }, {}, before.quota);
    expect([after.taken(9), after.quota.usage()]).toMatchObject([0, { calls: 2, included: 5 }]);
    if (first.ok) first.value(); // A call of before that was never made.
    expect(after.taken(9)).toBe(1);
  });

  it('takes the greater of what it counted and what the ledger counted', () => {
    const before = quotaOf({ includedCalls: 9 });
    before.taken(2);
    expect(quotaOf({ includedCalls: 9 }, { calls: 1 }, before.quota).quota.usage().calls).toBe(2);
    expect(quotaOf({ includedCalls: 9 }, { calls: 5 }, before.quota).quota.usage().calls).toBe(5);
  });

  it('looks without taking', () => {
    const { quota, at, taken } = quotaOf({ limits: [limit({ calls: 1 })] });
    for (let look = 0; look < 5; look += 1) expect(quota.exhausted(call, at)).toBeUndefined();
    expect(taken(1)).toBe(1);
    expect(quota.exhausted(call, at)).toMatchObject({ wait: 60_000 });
  });
});

describe('whatever the order of calls, releases and clocks', () => {
  type Step =
    | { do: 'take'; client: string; tool: string }
    | { do: 'release'; which: number }
    | { do: 'pass'; ms: number }
    | { do: 'set'; now: number };
  const name = fc.constantFrom('a', 'b');
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('take' as const), client: name, tool: name }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(70_000) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('set' as const),
        now: fc.integer({ min: november - 3e9, max: december + 3e9 }),
      }),
    },
  );
  const limits = fc.array(
    fc.record({
      per: fc.constantFrom<CallLimit['per']>('technician', 'client', 'customer', 'tool'),
      of: fc.constantFrom(null, 'a', 'amy'),
      calls: fc.nat(4),
      window: fc.constantFrom<CallLimit['window']>('minute', 'day', 'period'),
    }),
    { maxLength: 4 },
  );

  it('no window ever holds more calls than a limit that is on them allows, and a call that fits is let through', () => {
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 60 }), (limits, steps) => {
        const { quota, at } = quotaOf({ limits, includedCalls: 15 });
        /** The latest day and month seen: what a clock set back cannot leave. */
        let [day, period, clock] = ['2026-11-30', '2026-11', 0];
        const made: { call: Counted; day: string; period: string; clock: number; release: () => void }[] = [];
        for (const each of steps) {
          if (each.do === 'pass') {
            at.now += each.ms;
            at.clock += each.ms;
          } else if (each.do === 'set') {
            at.now = each.now;
          } else if (each.do === 'release') {
            made.splice(each.which, 1)[0]?.release();
          } else {
            const today = new Date(at.now).toISOString();
            day = today.slice(0, 10) > day ? today.slice(0, 10) : day;
            period = today.slice(0, 7) > period ? today.slice(0, 7) : period;
            clock = at.clock;
            const wanted = { ...call, client: each.client, tool: each.tool };
            const fits = (limit: CallLimit): boolean =>
              (limit.of !== null && limit.of !== wanted[limit.per]) ||
              made.filter(
                (other) =>
                  other.call[limit.per] === wanted[limit.per] &&
                  (limit.window === 'minute'
                    ? other.clock > clock - 60_000
                    : limit.window === 'day'
                      ? other.day === day
                      : other.period === period),
              ).length < limit.calls;
            const isRoom = limits.every(fits) && made.filter((other) => other.period === period).length < 15;
            const taken = quota.take(wanted, at);
            expect(taken.ok).toBe(isRoom);
            if (taken.ok) made.push({ call: wanted, day, period, clock, release: taken.value });
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
