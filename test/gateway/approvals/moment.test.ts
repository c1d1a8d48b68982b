import { describe, expect, it } from 'vitest';
import { after, isPast, shownEnd } from '../../../src-gateway/approvals/moment.ts';

const start = { at: 1000, now: Date.parse('2026-11-21T12:00:00.000Z') };
const second = 1000;
const end = after(start, 60 * second);

describe('isPast', () => {
  it.each([
    ['neither clock is there', 59_999, 59_999, false],
    ['both are', 60_000, 60_000, true],
    ['the wall clock was set back', 60_000, -3_600_000, true],
    ['the machine slept', 10, 60_000, true],
    ['the wall clock was set ahead', 10, 3_600_000, true],
  ])('when %s', (_, at, now, isOver) => {
    expect(isPast(end, { at: start.at + at, now: start.now + now })).toBe(isOver);
  });
});

describe('shownEnd', () => {
  const shown = (at: number, now: number): string => shownEnd(end, { at: start.at + at, now: start.now + now });

  it('is the end as it was set while the clocks agree', () => {
    expect([shown(0, 0), shown(20_000, 20_000)]).toEqual(Array(2).fill('2026-11-21T12:01:00.000Z'));
  });

  it('leaves on a clock that was set back the time that is really left', () => {
    expect(shown(20_000, 20_000 - 3_600_000)).toBe('2026-11-21T11:01:00.000Z');
  });

  it('gives nothing on top to a clock that was set ahead', () => {
    expect(shown(20_000, 50_000)).toBe('2026-11-21T12:01:00.000Z');
  });

  it('is now on a clock that was set back when no time is left', () => {
    expect(shown(90_000, -3_600_000)).toBe('2026-11-21T11:00:00.000Z');
  });
});
