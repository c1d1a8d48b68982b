import { describe, expect, it } from 'vitest';
import { barsOf, spanOf } from '../../src-renderer/screens/ledger/histogram-bars.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 8, minute)).toISOString();
const spans = [
  { from: at(0), entries: 100, denied: 0 },
  { from: at(10), entries: 50, denied: 1 },
  { from: at(20), entries: 0, denied: 0 },
];

describe('barsOf', () => {
  it('draws each span against the tallest, and nothing that is there too small to be seen', () => {
    expect(barsOf({ spans }).map(({ height, deniedHeight }) => [height, deniedHeight])).toEqual([
      [1, 0],
      [0.5, 0.04],
      [0, 0],
    ]);
  });

  it('ends each bar a millisecond before the next, and the last as long as the others', () => {
    expect(barsOf({ spans }).map(({ to }) => Date.parse(to) + 1)).toEqual([
      Date.parse(at(10)),
      Date.parse(at(20)),
      Date.parse(at(30)),
    ]);
  });

  it('has a bar for entries of one instant', () => {
    const [only, ...rest] = barsOf({ spans: [{ from: at(0), entries: 3, denied: 3 }] });
    expect([only?.height, only?.deniedHeight, rest]).toEqual([1, 1, []]);
    expect(Date.parse(only?.to ?? '')).toBeGreaterThanOrEqual(Date.parse(at(0)));
  });

  it('draws nothing where nothing matched', () => {
    expect(barsOf({ spans: [] })).toEqual([]);
  });
});

describe('spanOf', () => {
  it('is from the first chosen bar to the last, in either direction', () => {
    const bars = barsOf({ spans });
    const span = { from: at(0), to: new Date(Date.parse(at(20)) - 1).toISOString() };
    expect([spanOf(bars, 0, 1), spanOf(bars, 1, 0)]).toEqual([span, span]);
    expect(spanOf(bars, 0, 9)).toBeNull();
  });
});
