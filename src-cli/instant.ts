import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** For commander: an RFC 3339 instant, or a day in UTC, of which this is the first millisecond. */
export const startOf = (text: string): string => instant(text, 'T00:00:00.000Z');

/** The same, or the last millisecond of the day. */
export const endOf = (text: string): string => instant(text, 'T23:59:59.999Z');

function instant(text: string, time: string): string {
  const given = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}${time}` : text;
  const parsed = z.iso.datetime({ offset: true }).safeParse(given);
  if (!parsed.success) throw new InvalidArgumentError('Write a day (2026-11-21) or an instant (2026-11-21T14:30:00Z).');
  return new Date(parsed.data).toISOString();
}
