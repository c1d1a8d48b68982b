import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Facts, type Tenancy } from '../../src-main/app/facts.ts';
import { makeRetention, type Retention } from '../../src-main/app/retention.ts';
import { emptyDesk } from '../../src-main/app/desk.ts';
import { Fault } from '../../src-shared/fault.ts';
import { CustomerId, TenantId } from '../../src-shared/model/ids.ts';
import { bundleOf, type Change, identityOf } from '../gateway/enrolment.ts';
import type { Bundle } from '../../src-shared/model/bundle.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-21T12:00:00.000Z');
const daysAgo = (days: number): string => new Date(now - days * 24 * hour).toISOString();
type Under = CustomerId | null;
const [acme, gone] = [CustomerId.parse('acme'), CustomerId.parse('gone')];

/** A ledger that drops two bodies at a time. */
function world(retention: object, bodies: readonly [Under, string][], change: Change<Bundle> = {}) {
  let held = [...bodies];
  const dropped: { under: Under; before: string; tombstone: unknown }[] = [];
  const logged: unknown[] = [];
  const state = { now, isAway: false };
  const policy = { policies: {}, retention, groups: [{ id: 'regulated', name: 'R', customers: ['zenith'] }] };
  const tenancy: Tenancy = {
    enrolment: { tenant: TenantId.parse('msp'), tenantKey: '', identity: '', bundle: '' },
    instances: [],
    bundle: bundleOf({ policy, ...change }),
    identity: identityOf(),
  };
  const ledger = {
    bodiesHeld: async () => {
      if (state.isAway) throw new Fault('STARTING_AGAIN', 'x');
      return [...new Set(held.map(([under]) => under))].map((under) => {
        const ats = held.flatMap(([whose, at]) => (whose === under ? [at] : [])).toSorted();
        return { under, bodies: ats.length, oldest: ats[0] ?? '' };
      });
    },
    dropBodies: async (asked: { under: Under; before: string; tombstone: unknown }) => {
      dropped.push(asked);
      const due = held.filter(([under, at]) => under === asked.under && at < asked.before);
      const piece = due.slice(0, 2);
      held = held.filter((each) => !piece.includes(each));
      return { bodies: piece.length, isDone: piece.length === due.length };
    },
  };
  const made = makeRetention({
    host: { now: () => state.now },
    facts: new Facts(tenancy, emptyDesk, { kind: 'memory' }),
    crew: { ledger: ledger as never },
    log: (...line) => void logged.push(line),
  });
  retentions.push(made);
  return { ...made, dropped, logged, state, held: () => held.map(([under, at]) => [under, at]) };
}

const retentions: Retention[] = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const each of retentions.splice(0)) each.unwatch();
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('watch', () => {
  it('drops what is older than the company keeps it, in pieces, each with its tombstone', async () => {
    const old: [Under, string][] = [40, 35, 33, 31].map((days) => [acme, daysAgo(days)]);
    const { watch, dropped, held } = world({ days: 30 }, [...old, [acme, daysAgo(30)], [acme, daysAgo(1)]]);
    watch();
    await settle();
    const before = daysAgo(30);
    const tombstone = {
      kind: 'retention.tombstone',
      principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'bulkhead' },
      customer: 'ACME-1',
      policyVersion: 3,
      params: { because: 'age', before },
    };
    expect(dropped).toEqual([
      { under: 'acme', before, tombstone },
      { under: 'acme', before, tombstone },
    ]);
    expect(held()).toEqual([
      [acme, daysAgo(30)],
      [acme, daysAgo(1)],
    ]);
  });

  it('keeps each customer’s as long as its groups say, and what is of none as long as the company says', async () => {
    const zenith = CustomerId.parse('zenith');
    const { watch, held } = world({ days: 30, groups: { regulated: 100 } }, [
      [acme, daysAgo(50)],
      [zenith, daysAgo(50)],
      [zenith, daysAgo(101)],
      [null, daysAgo(50)],
      [null, daysAgo(20)],
    ]);
    watch();
    await settle();
    expect(held()).toEqual([
      [zenith, daysAgo(50)],
      [null, daysAgo(20)],
    ]);
  });

  it('drops also what is of a customer the company no longer has, whose code nobody knows', async () => {
    const { watch, dropped } = world({ days: 30 }, [[gone, daysAgo(31)]]);
    watch();
    await settle();
    expect(dropped).toMatchObject([{ under: 'gone', tombstone: { customer: null } }]);
  });

  it('keeps what is of a customer the company no longer has as long as a law demands that may have been theirs', async () => {
    const { watch, held } = world({ days: 365, groups: { regulated: 2555 } }, [
      [gone, daysAgo(2556)],
      [gone, daysAgo(2500)],
      [gone, daysAgo(366)],
      [null, daysAgo(366)],
    ]);
    watch();
    await settle();
    expect(held()).toEqual([
      [gone, daysAgo(2500)],
      [gone, daysAgo(366)],
    ]);
  });

  it.each([
    ['where it keeps all for good', { days: null }, {}],
    ['by a policy that has expired, or a clock that runs far ahead', { days: 1 }, { expires: daysAgo(0) }],
    ['by a policy of what is yet to come, or a clock that is far behind', { days: 1 }, { issuedAt: daysAgo(-1) }],
    ['by a policy that keeps longer for a group which is not there', { days: 1, groups: { regulatd: 2555 } }, {}],
  ])('drops nothing %s', async (_, retention, change) => {
    const { watch, dropped } = world(retention, [[acme, daysAgo(4000)]], change);
    watch();
    await settle();
    expect(dropped).toEqual([]);
  });

  it('drops nothing while the sign-in has expired', async () => {
    const bodies: [Under, string][] = [
      [acme, daysAgo(4000)],
      [acme, daysAgo(-0.5)],
    ];
    const made = world({ days: 1 }, bodies, { expires: daysAgo(-30) });
    made.state.now = now + 24 * hour - 1000;
    made.watch();
    await settle();
    expect(made.dropped).toHaveLength(1);
    made.dropped.length = 0;
    made.state.now = now + 48 * hour;
    await vi.advanceTimersByTimeAsync(6 * hour);
    expect(made.dropped).toEqual([]);
  });

  it('drops nothing that is exactly as old as it may be', async () => {
    const made = world({ days: 30 }, [[acme, daysAgo(30)]]);
    made.watch();
    await settle();
    expect(made.dropped).toEqual([]);
  });

  it('looks again every six hours', async () => {
    const made = world({ days: 30 }, [[acme, daysAgo(29.9)]]);
    made.watch();
    await settle();
    made.state.now = now + 6 * hour;
    await vi.advanceTimersByTimeAsync(6 * hour - 1);
    expect(made.dropped).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(made.dropped).toHaveLength(1);
  });

  it('tries again soon when the ledger is away, and says so in the log', async () => {
    const made = world({ days: 30 }, [[acme, daysAgo(31)]]);
    made.state.isAway = true;
    made.watch();
    await settle();
    expect(made.logged).toEqual([['warn', 'retention.failed', { fault: 'STARTING_AGAIN' }]]);
    made.state.isAway = false;
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(made.dropped).toHaveLength(1);
  });

  it('ends', async () => {
    const made = world({ days: 30 }, [[acme, daysAgo(29.9)]]);
    made.watch();
    await settle();
    made.unwatch();
    made.state.now = now + 6 * hour;
    await vi.advanceTimersByTimeAsync(24 * hour);
    expect(made.dropped).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends between two pieces, too', async () => {
    const made = world(
      { days: 30 },
      [40, 35, 33, 31].map((days) => [acme, daysAgo(days)]),
    );
    made.watch();
    made.unwatch();
    await settle();
    expect([made.dropped.length, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
