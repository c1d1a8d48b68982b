// An asset as lists and the detail show it, without any address. The cards of other systems are gone before this file sees
// the row (sealed.ts).
import { z } from 'zod';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HuduDate } from './date.ts';
import { RecordId } from './ids.ts';

const short = z.string().max(300);

export const assetMembers = {
  id: RecordId,
  name: z.string().max(300),
  type: short.optional(),
  serial: short.optional(),
  model: short.optional(),
  manufacturer: short.optional(),
  email: short.optional(),
  isArchived: z.boolean(),
  updatedAt: HuduDate.optional(),
};

export function assetFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    type: textOf(row, 'asset_type', 300),
    serial: textOf(row, 'primary_serial', 300),
    model: textOf(row, 'primary_model', 300),
    manufacturer: textOf(row, 'primary_manufacturer', 300),
    email: textOf(row, 'primary_mail', 300),
    isArchived: isSet(row, 'archived'),
    updatedAt: dateOf(row, 'updated_at'),
  };
}

/** How one asset is read: by the path of the bound customer, and its own `company_id` is judged all the same (§5 row 8). */
export const assetTarget = {
  key: 'asset',
  probe: { path: '/companies/{owner}/assets' },
  called: { kind: 'asset', by: ['name'] },
} as const;

export const assetRequest = (id: number) => ({ path: `/companies/{owner}/assets/${id}` });
