// The clock was far ahead once, for the length of one entry, and is right again: `at` stands still for good.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asks, meridian, opened, signal, tombstone } from './body-fixture.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const day = 86_400_000;
const ahead = Date.UTC(2081, 7, 25);
const text = (instant: number): string => new Date(instant).toISOString();

function ledgerAt(now: number) {
  const clock = { now };
  const { ledger } = openForTest(join(makeFolder(), 'ledger.db'), { now: () => clock.now });
  const record = async (instant: number, calls = 1): Promise<void> => {
    clock.now = instant;
    await Promise.all(Array.from({ length: calls }, () => ledger.append(draft('ticket_list'))));
  };
  const start = async (instant: number): Promise<void> => {
    clock.now = instant;
    await ledger.append(draft('', { kind: 'app.started', customer: null }));
  };
  const counts = async (from: number): Promise<number[]> => [
    await ledger.countCalls(text(from), signal),
    (await ledger.tallyCalls(text(from), signal)).reduce((sum, { calls }) => sum + calls, 0),
  ];
  return { clock, ledger, record, start, counts };
}

describe('an entry', () => {
  it('says what the clock said while `at` stands still because the clock is behind', async () => {
    const right = Date.UTC(2026, 10, 1);
    const { ledger, record } = ledgerAt(right);
    for (const instant of [right, ahead, ahead - 5000, ahead - 5001, right + 1, ahead + 1]) await record(instant);
    await ledger.append(draft('', { kind: 'alert', params: { alert: 'x' } }));
    const { entries } = await ledger.page({ limit: 9, filter: {} }, signal);
    expect(entries.map(({ at, clock }) => [at, clock])).toEqual([
      [text(right), undefined],
      [text(ahead), undefined],
      [text(ahead), undefined],
      [text(ahead), text(ahead - 5001)],
      [text(ahead), text(right + 1)],
      [text(ahead + 1), undefined],
      [text(ahead + 1), undefined],
    ]);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 7 });
  });
});

describe('countCalls and tallyCalls', () => {
  it('count by the clock what was recorded after the clock was ahead', async () => {
    const { record, start, counts } = ledgerAt(0);
    await record(Date.UTC(2026, 10, 1), 3);
    await start(ahead);
    for (const month of [10, 11, 12]) {
      await record(Date.UTC(2026, month, 2), 10);
      expect(await counts(Date.UTC(2026, month, 1))).toEqual(month === 10 ? [13, 13] : [10, 10]);
    }
    await start(Date.UTC(2027, 0, 2, 1));
    expect(await counts(Date.UTC(2027, 0, 2, 0, 59))).toEqual([0, 0]);
  });

  it('count what was called while the clock was ahead as if it were of now, until it is known to be older', async () => {
    const { record, start, counts } = ledgerAt(0);
    await record(ahead, 4);
    await start(Date.UTC(2026, 10, 2));
    expect(await counts(Date.UTC(2026, 10, 1))).toEqual([4, 4]);
    await record(Date.UTC(2026, 10, 3));
    expect(await counts(Date.UTC(2026, 10, 1))).toEqual([5, 5]);
    await start(Date.UTC(2026, 11, 1));
    expect(await counts(Date.UTC(2026, 11, 1))).toEqual([0, 0]);
  });

  it('begin no limit anew for who sets the clock back, whether it was ahead before or not', async () => {
    const november = Date.UTC(2026, 10, 10);
    for (const before of [november, ahead]) {
      const { clock, record, start, counts } = ledgerAt(0);
      await record(november, 2);
      await start(before);
      await record(november, 1);
      await record(Date.UTC(2026, 9, 10), 5);
      clock.now = november + day;
      expect(await counts(Date.UTC(2026, 10, 1))).toEqual([8, 8]);
    }
  });

  it('count every call once over many pieces, and end when nobody waits any more', async () => {
    const { ledger, start, record, counts } = ledgerAt(0);
    await start(ahead);
    await record(Date.UTC(2026, 10, 2), 2001);
    expect(await counts(Date.UTC(2026, 10, 1))).toEqual([2001, 2001]);
    await expect(ledger.tallyCalls(text(0), AbortSignal.abort())).rejects.toThrow();
  });
});

describe('dropBodies and bodiesHeld', () => {
  /** Bodies of a customer at these instants. */
  async function bodiesAt(...instants: readonly number[]) {
    const clock = { now: 0 };
    const { ledger, why } = await opened(undefined, { now: () => clock.now });
    for (const instant of instants) {
      clock.now = instant;
      await ledger.append(asks({}));
    }
    const drop = (before: number) =>
      ledger.dropBodies({ under: meridian, before: text(before), tombstone: tombstone('age') });
    return { clock, ledger, why, drop };
  }

  it('go by the clock after the clock was ahead', async () => {
    const start = Date.UTC(2026, 10, 1);
    const { clock, ledger, why, drop } = await bodiesAt(ahead, start, start + day, start + 2 * day, start + 3 * day);
    clock.now = start + 30 * day;
    expect(await ledger.bodiesHeld(signal)).toEqual([{ under: meridian, bodies: 5, oldest: text(start) }]);
    expect(await drop(start + 2 * day)).toEqual({ bodies: 3, isDone: true });
    expect(await why(1, 2, 3, 4, 5)).toEqual(['dropped', 'dropped', 'dropped', null, null]);
    expect(await ledger.bodiesHeld(signal)).toEqual([{ under: meridian, bodies: 2, oldest: text(start + 2 * day) }]);
    expect(await drop(start + 2 * day)).toEqual({ bodies: 0, isDone: true });
    expect(await drop(start + 29 * day)).toEqual({ bodies: 2, isDone: true });
    expect((await ledger.verify(signal)).ok).toBe(true);
  });

  it('keep what was recorded while the clock was ahead until it is known to be older', async () => {
    const start = Date.UTC(2026, 10, 1);
    const { clock, ledger, drop } = await bodiesAt(start, ahead);
    clock.now = start + 300 * day;
    expect(await drop(start + 200 * day)).toEqual({ bodies: 1, isDone: true });
    expect(await ledger.bodiesHeld(signal)).toEqual([{ under: meridian, bodies: 1, oldest: text(clock.now) }]);
    clock.now += 300 * day;
    expect(await drop(start + 500 * day)).toEqual({ bodies: 1, isDone: true });
  });

  it('take nothing for older because the clock was set back for it', async () => {
    const start = Date.UTC(2026, 10, 1);
    const { clock, drop, why } = await bodiesAt(ahead, start, Date.UTC(2020, 0, 1), start + day);
    clock.now = start + 2 * day;
    expect(await drop(start - day)).toEqual({ bodies: 0, isDone: true });
    expect(await why(3)).toEqual([null]);
  });
});
