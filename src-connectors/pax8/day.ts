// Days and months in arguments.
import { z } from 'zod';

export const Day = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .refine((day) => day <= daysOf(day.slice(0, 7)).last, 'must be a day of the calendar');
export const Month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/);

/** The first and last day of a month, in the form of `Day`. */
export function daysOf(month: string): { readonly first: string; readonly last: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { first: `${month}-01`, last: `${month}-${String(last).padStart(2, '0')}` };
}
