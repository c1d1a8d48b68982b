import { describe, expect, it } from 'vitest';
import { localTimeIn } from '../../src-gateway/policy/local-time.ts';

const at = (zone: string, time: string) => localTimeIn(zone)(Date.parse(time));

describe('localTimeIn', () => {
  it('counts the days of the week from Monday', () => {
    const utc = localTimeIn('UTC');
    const days = [16, 17, 18, 19, 20, 21, 22].map((day) => utc(Date.parse(`2026-11-${day}T12:00:00Z`)).weekday);
    expect(days).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('counts the minutes of a day from its midnight to its last', () => {
    expect(at('UTC', '2026-11-21T23:59:59.999Z')).toEqual({ weekday: 6, minute: 1439 });
    expect(at('UTC', '2026-11-22T00:00:00.000Z')).toEqual({ weekday: 7, minute: 0 });
    expect(at('Asia/Kathmandu', '2026-11-21T18:15:00Z')).toEqual({ weekday: 7, minute: 0 });
  });

  it('says an hour that comes twice, twice, and leaves out the one that does not come', () => {
    const vienna = (time: string) => at('Europe/Vienna', time).minute;
    expect([vienna('2026-10-25T00:30:00Z'), vienna('2026-10-25T01:30:00Z')]).toEqual([150, 150]);
    expect([vienna('2026-03-29T00:59:00Z'), vienna('2026-03-29T01:00:00Z')]).toEqual([119, 180]);
  });

  it('knows instants before 1970', () => {
    expect(at('UTC', '1969-12-31T23:59:59.999Z')).toEqual({ weekday: 3, minute: 1439 });
  });

  it('asks the calendar once a minute, however many calls there are in it', () => {
    const utc = localTimeIn('UTC');
    const noon = Date.parse('2026-11-21T12:00:00Z');
    const first = utc(noon);
    expect(utc(noon + 59_999)).toBe(first);
    expect(utc(noon + 60_000)).toEqual({ weekday: 6, minute: 721 });
    expect(utc(noon)).toEqual(first);
    expect(utc(noon - 1)).toEqual({ weekday: 6, minute: 719 });
  });

  it('refuses what is no time zone', () => {
    for (const zone of ['Mars/Olympus', '']) expect(() => localTimeIn(zone)).toThrow(RangeError);
  });
});
