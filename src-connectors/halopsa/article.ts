// A knowledge article that was released to the customer by name (halopsa.md §5.8). What every customer may read is not shown:
// lists do not tell it from what nobody may. Left out on purpose: the ticket it came out of, internal memos, devices and
// related articles, and who else may read it.
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

/** Nothing nested is ever shown, so nothing is cut: how many others may read it would be told by the count of cuts. */
export const articleOwner: OwnerSelector = { sharedWith: { list: 'kbentryclientaccess', member: 'client_id' } };

export const articleMembers = {
  id: RecordId,
  name: z.string().max(500),
  tags: z.string().max(300).optional(),
  createdAt: HaloDate.optional(),
  updatedAt: HaloDate.optional(),
};

export function articleFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 500) ?? '',
    tags: textOf(row, 'tag_string', 300),
    createdAt: dateOf(row, 'date_created'),
    updatedAt: dateOf(row, 'date_edited'),
  };
}
