// A file on a ticket. It names no owner, only its ticket; its links open it for whoever holds them and never leave the
// worker (halopsa.md §5.6).
import { z } from 'zod';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

/** What proves that a file is on a ticket. */
export const onTicket = { reference: 'ticket_id', isNumberedWithin: false } as const;

export const attachmentMembers = {
  id: RecordId,
  ticketId: RecordId,
  fileName: z.string().max(300),
  bytes: z.int().optional(),
  addedAt: HaloDate.optional(),
  /** The entry of the ticket's timeline that it came with. */
  entryId: z.int().optional(),
  isImage: z.boolean(),
};

export function attachmentFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    ticketId: wholeOf(row, 'ticket_id') ?? 0,
    fileName: textOf(row, 'filename', 300) ?? '',
    bytes: wholeOf(row, 'filesize'),
    addedAt: dateOf(row, 'datecreated'),
    entryId: wholeOf(row, 'action_id'),
    isImage: isSet(row, 'isimage'),
  };
}
