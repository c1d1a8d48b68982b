// Dates as Halo writes them: local time of the tenant without a zone, and 1900-01-01 where there is none (halopsa.md §4.5).
import { z } from 'zod';
import { memberOf, type Row } from '../row.ts';

export const HaloDate = z.string().max(30).describe("Time in the vendor's own zone, without offset.");

export function dateOf(row: Row, path: string): string | undefined {
  const value = memberOf(row, path);
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?)?$/.test(value))
    return undefined;
  return value.startsWith('1900-01-01') ? undefined : value;
}
