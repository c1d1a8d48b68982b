// Writing to a ticket's timeline. Actions have members that move notes, publish them, mail them to anybody or change other
// tickets (halopsa.md §5.5); each tool declares the few it sends.
import { z } from 'zod';
import { type Row, wholeOf } from '../row.ts';
import { RecordId } from './ids.ts';
import { changeLimits } from './limits.ts';
import { ticketOf, ticketOwner } from './ticket.ts';

/** What every tool that adds to a timeline declares. */
export const onTimeline = {
  connector: 'halopsa',
  owner: ticketOwner,
  target: ticketOf,
  path: () => '/Actions',
  key: 'actions',
  saved: { reference: 'ticket_id', isNumberedWithin: true },
  limits: changeLimits,
} as const;

/** Members of every entry that is written. */
export const entryMembers = { ticket_id: RecordId, outcome_id: RecordId, note_html: z.string() };

/** Members that keep an entry inside the organisation. */
export const internalMembers = { hiddenfromuser: z.literal(true), sendemail: z.literal(false) };

/** The number, within its ticket, of an entry that was saved where it should be; undefined when it was not. */
export function savedOn(saved: Row, ticketId: number): number | undefined {
  return wholeOf(saved, 'ticket_id') === ticketId ? wholeOf(saved, 'id') : undefined;
}
