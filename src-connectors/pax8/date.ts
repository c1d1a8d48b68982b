// Dates as Pax8 writes them: a day, or a moment with Z or an offset, and the examples mix them freely (pax8.md §3).
import { z } from 'zod';
import { memberOf, type Row } from '../row.ts';

export const Pax8Date = z.string().max(40).describe('A day, or a moment in ISO 8601.');

export function dateOf(row: Row, path: string): string | undefined {
  const value = memberOf(row, path);
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

/** When it is, in milliseconds since 1970. A day is its first moment in UTC. */
export function timeOf(row: Row, path: string): number | undefined {
  const text = dateOf(row, path)?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const pattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))?$/;
