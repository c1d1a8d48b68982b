import { describe, expect, it } from 'vitest';
import { Day } from '../../../src-connectors/pax8/day.ts';

describe('Day', () => {
  it.each(['2026-02-28', '2028-02-29', '2026-04-30', '2026-12-31'])('takes %s', (day) => {
    expect(Day.safeParse(day).success).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2026-02-31',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-1-1',
    '1999-12-31',
    'today',
    '',
  ])('refuses %j', (day) => expect(Day.safeParse(day).success).toBe(false));
});
