// An appointment at or with the customer. Internal ones name no customer and are dropped (halopsa.md §5.10).
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

export const appointmentOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['client.id', 'site.client_id'],
  within: ['client_id', 'client.id', 'site.client_id'],
};

const short = z.string().max(300);

export const appointmentMembers = {
  id: RecordId,
  subject: z.string().max(500),
  startsAt: HaloDate.optional(),
  endsAt: HaloDate.optional(),
  isAllDay: z.boolean(),
  technician: short.optional(),
  site: short.optional(),
  location: short.optional(),
};

export function appointmentFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    subject: textOf(row, 'subject', 500) ?? '',
    startsAt: dateOf(row, 'start_date'),
    endsAt: dateOf(row, 'end_date'),
    isAllDay: isSet(row, 'all_day') || isSet(row, 'allday'),
    technician: textOf(row, 'agent_name', 300),
    site: textOf(row, 'site_name', 300),
    location: textOf(row, 'location', 300),
  };
}
