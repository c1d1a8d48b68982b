// A process or checklist as lists and the detail show it. One without a customer is a global template (hudu.md §3.7) and
// proves no owner. Never shown: share addresses, and the asset a run is for, which may be another customer's.
import { z } from 'zod';
import { isSet, memberOf, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HuduDate } from './date.ts';
import { RecordId } from './ids.ts';

export const procedureMembers = {
  id: RecordId,
  name: z.string().max(300),
  /** A run is a process that was started. */
  isRun: z.boolean(),
  status: z.string().max(60).optional(),
  percentDone: z.number().min(0).max(100).optional(),
  isArchived: z.boolean(),
  updatedAt: HuduDate.optional(),
};

export function procedureFrom(row: Row) {
  const percent = memberOf(row, 'completion_percentage');
  const done = typeof percent === 'string' ? Number.parseFloat(percent) : percent;
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    isRun: isRun(row),
    status: textOf(row, 'status', 60),
    percentDone: typeof done === 'number' && done >= 0 && done <= 100 ? done : undefined,
    isArchived: isSet(row, 'archived'),
    updatedAt: dateOf(row, 'updated_at'),
  };
}

export const isRun = (row: Row): boolean => wholeOf(row, 'parent_process_id') !== undefined || isSet(row, 'run');

export const procedureTarget = {
  key: 'procedure',
  probe: { path: '/procedures', ownerParameter: 'company_id' },
  called: { kind: 'procedure', by: ['name'] },
} as const;

export const procedureRequest = (id: number) => ({ path: `/procedures/${id}` });
