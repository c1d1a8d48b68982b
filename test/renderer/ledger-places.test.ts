import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import {
  beforePage,
  everyEntry,
  lengthOf,
  matching,
  pageOf,
  placeOf,
  positionOf,
} from '../../src-renderer/screens/ledger/places.ts';

/** Every third entry of 10,000 matches, the first being 2; marks at every 500th match. */
const thirds = matching({
  entries: 3333,
  upTo: 10_000,
  every: 500,
  marks: Array.from({ length: 7 }, (_, mark) => 2 + mark * 1500),
  spans: [],
});

describe('placeOf', () => {
  it('puts the newest entry first', () => {
    const listing = everyEntry(1_000_000);
    expect(placeOf(listing, 0)).toEqual({ page: 4999, at: 199 });
    expect(placeOf(listing, 999_999)).toEqual({ page: 0, at: 0 });
    expect(placeOf(everyEntry(1_000_001), 0)).toEqual({ page: 5000, at: 0 });
  });

  it('is undone by positionOf, with and without a filter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (upTo, share) => {
        const listing = everyEntry(upTo);
        const position = Math.floor(share * (upTo - 1));
        expect(positionOf(listing, placeOf(listing, position))).toBe(position);
      }),
    );
    for (const position of [0, 1, 332, 333, 334, 3332])
      expect(positionOf(thirds, placeOf(thirds, position))).toBe(position);
  });
});

describe('beforePage', () => {
  it('asks from the entry before the first of the page', () => {
    expect([beforePage(everyEntry(1000), 0), beforePage(everyEntry(1000), 3)]).toEqual([0, 600]);
    expect([beforePage(thirds, 0), beforePage(thirds, 3)]).toEqual([1, 4501]);
  });
});

describe('lengthOf', () => {
  it('is that of a whole page, but for the newest', () => {
    expect([lengthOf(thirds, 0), lengthOf(thirds, 6), lengthOf(thirds, 7)]).toEqual([500, 333, 0]);
    expect([lengthOf(everyEntry(200), 0), lengthOf(everyEntry(200), 1), lengthOf(everyEntry(0), 0)]).toEqual([
      200, 0, 0,
    ]);
  });
});

describe('pageOf', () => {
  it('finds the page an entry is on, or would be on', () => {
    expect([1, 200, 201, 999_999, 2_000_000].map((seq) => pageOf(everyEntry(1_000_000), seq))).toEqual([
      0, 0, 1, 4999, 4999,
    ]);
    expect([1, 2, 1501, 1502, 9002, 10_000].map((seq) => pageOf(thirds, seq))).toEqual([0, 0, 0, 1, 6, 6]);
    expect(pageOf(everyEntry(0), 5)).toBe(0);
  });
});
