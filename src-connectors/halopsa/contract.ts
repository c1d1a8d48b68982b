// A contract of the customer's. Amounts are left out: among them are the MSP's own costs (halopsa.md §5.9).
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

export const contractOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['client.id', 'site.client_id'],
  within: ['client_id', 'client.id', 'site.client_id'],
};

const short = z.string().max(300);

export const contractMembers = {
  id: RecordId,
  reference: short.optional(),
  type: short.optional(),
  status: short.optional(),
  site: short.optional(),
  startsAt: HaloDate.optional(),
  endsAt: HaloDate.optional(),
  note: z.string().max(2000).optional(),
  isExpired: z.boolean(),
};

export function contractFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    reference: textOf(row, 'ref', 300),
    type: textOf(row, 'contracttype_name', 300),
    status: textOf(row, 'contract_status', 300),
    site: textOf(row, 'site_name', 300),
    startsAt: dateOf(row, 'start_date'),
    endsAt: dateOf(row, 'end_date'),
    note: textOf(row, 'note', 2000),
    isExpired: isSet(row, 'expired'),
  };
}
