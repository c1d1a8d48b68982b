import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import {
  makeTrack,
  positionFor,
  shiftAfter,
  topFor,
  toScroll,
  toTop,
} from '../../src-renderer/screens/ledger/track.ts';

const rowHeight = 34;
const view = 600;
const trackOf = (rows: number) => makeTrack({ rows, rowHeight, view });
const million = trackOf(1_000_000);

describe('makeTrack', () => {
  it('is as tall as the rows while a browser can be', () => {
    expect(trackOf(1000)).toEqual({ height: 34_000, range: 33_400, scrollRange: 33_400 });
    expect(trackOf(3)).toEqual({ height: 102, range: 0, scrollRange: 0 });
  });

  it('is never taller than any browser draws', () => {
    expect([trackOf(1_000_000).height, trackOf(5_000_000).height, trackOf(1_000_000_000).height]).toEqual([
      6_000_000, 6_000_000, 6_000_000,
    ]);
  });
});

describe('toTop', () => {
  it('reaches both ends, never goes back, and is undone by toScroll', () => {
    for (const rows of [10, 1000, 1_000_000, 5_000_000]) {
      const track = trackOf(rows);
      expect([toTop(track, 0), toTop(track, track.scrollRange)]).toEqual([0, track.range]);
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
          const scroll = share * track.scrollRange;
          expect(toTop(track, scroll + 1)).toBeGreaterThan(toTop(track, scroll));
          expect(toScroll(track, toTop(track, scroll))).toBeCloseTo(scroll, 3);
        }),
      );
    }
  });

  it('is the same share of the list in the middle', () => {
    expect(toTop(million, million.scrollRange / 2)).toBeCloseTo(million.range / 2, 0);
  });
});

describe('shiftAfter', () => {
  it('moves the rows by as much as the track for a wheel or a key', () => {
    const middle = positionFor(million, 17_000_000);
    const from = middle.scroll;
    expect(shiftAfter(million, middle.shift, { from, to: from + 120 })).toBe(middle.shift);
    expect(shiftAfter(million, middle.shift, { from, to: from - 2000 })).toBe(middle.shift);
  });

  it('goes to the share of the list when somebody drags the bar', () => {
    const to = million.scrollRange / 2;
    expect(to + shiftAfter(million, 0, { from: 0, to })).toBeCloseTo(million.range / 2, -1);
  });

  it('never leaves the list, whatever it was before', () => {
    expect(shiftAfter(million, 40_000_000, { from: 100, to: 200 })).toBe(million.range - 200);
    expect(shiftAfter(million, -1000, { from: 100, to: 200 })).toBe(-200);
    expect(shiftAfter(trackOf(3), 50, { from: 0, to: 0 })).toBe(0);
  });
});

describe('positionFor', () => {
  it('shows exactly the pixel that was asked for, at any place of any list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
        const track = trackOf(rows);
        const top = Math.floor(share * track.range);
        const { scroll, shift } = positionFor(track, top);
        expect(scroll + shift).toBe(top);
        expect(scroll).toBeGreaterThanOrEqual(0);
        expect(scroll).toBeLessThanOrEqual(Math.ceil(track.scrollRange));
      }),
    );
  });

  it('keeps within the list', () => {
    expect(positionFor(million, -5)).toEqual({ scroll: 0, shift: 0 });
    const { scroll, shift } = positionFor(million, Number.POSITIVE_INFINITY);
    expect([scroll, scroll + shift]).toEqual([million.scrollRange, million.range]);
  });
});

describe('topFor', () => {
  it('moves no further than needed to show a row', () => {
    const rows = { rows: 1000, rowHeight, view };
    expect([topFor(rows, 340, 3), topFor(rows, 340, 12), topFor(rows, 340, 27), topFor(rows, 340, 28)]).toEqual([
      102,
      340,
      28 * 34 - 600,
      29 * 34 - 600,
    ]);
  });

  it('puts a row from far away into the middle, where it stays in sight when the view becomes lower', () => {
    const rows = { rows: 1000, rowHeight, view };
    expect([topFor(rows, 0, 500), topFor(rows, 33_000, 500)]).toEqual([500 * 34 - 283, 500 * 34 - 283]);
  });
});
