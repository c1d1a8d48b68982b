// Times as Hudu writes them: ISO 8601 in UTC with milliseconds, or a date alone (hudu.md §8).
import { z } from 'zod';
import { memberOf, type Row } from '../row.ts';

export const HuduDate = z.string().max(32).describe('ISO 8601, UTC.');

export function dateOf(row: Row, path: string): string | undefined {
  const value = memberOf(row, path);
  if (typeof value !== 'string') return undefined;
  return /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))?$/.test(value) ? value : undefined;
}
