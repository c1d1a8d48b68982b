// Time worked on a ticket, as an entry that stays inside the organisation: with or without a charge.
import { z } from 'zod';
import { changeTool } from '../change-tool.ts';
import type { Tool } from '../define.ts';
import { textToHtml } from '../html-text.ts';
import { isSet, memberOf, type Row } from '../row.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import { RecordId } from './ids.ts';
import { numberOf } from './settings.ts';
import { LongText } from './text.ts';
import { TicketId } from './ticket.ts';
import { entryMembers, internalMembers, onTimeline, savedOn } from './timeline.ts';

interface TimeDeclaration {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly risk: Risk;
  readonly afterwards?: string;
  /** Whether the customer is charged for all of it, or for none. */
  readonly isBillable: boolean;
}

export function timeTool({ isBillable, ...declaration }: TimeDeclaration): Tool {
  const charged = (minutes: number): number => (isBillable ? hoursOf(minutes) : 0);
  return changeTool({
    ...onTimeline,
    ...declaration,
    input: { ticketId: TicketId, minutes: Minutes, note: LongText(2000).describe('What was done. Plain text.') },
    record: z.strictObject({
      ticketId: RecordId,
      entryId: RecordId,
      minutes: z.int(),
      isBillable: z.literal(isBillable),
    }),
    element: z.strictObject({
      ...entryMembers,
      ...internalMembers,
      timetaken: z.number().positive(),
      actionchargehours: isBillable ? z.number().positive() : z.literal(0),
    }),
    build: ({ input: { ticketId, minutes, note }, settings }) => ({
      ticket_id: ticketId,
      outcome_id: numberOf(settings, 'privateNoteOutcome'),
      note_html: textToHtml(note),
      hiddenfromuser: true,
      sendemail: false,
      timetaken: hoursOf(minutes),
      actionchargehours: charged(minutes),
    }),
    confirm: (saved, { input: { ticketId, minutes } }) => {
      const entryId = savedOn(saved, ticketId);
      const isAsSent =
        isSet(saved, 'hiddenfromuser') &&
        hasHours(saved, 'timetaken', hoursOf(minutes)) &&
        hasHours(saved, 'actionchargehours', charged(minutes));
      return entryId === undefined || !isAsSent ? undefined : { ticketId, entryId, minutes, isBillable };
    },
  });
}

const Minutes = z.int().min(1).max(720).describe('Minutes worked, 1 to 720.');

/** The vendor counts in hours. */
const hoursOf = (minutes: number): number => Math.round((minutes / 60) * 10_000) / 10_000;

/** Whether the vendor saved these hours, to the accuracy it keeps. */
function hasHours(saved: Row, member: string, hours: number): boolean {
  const value = memberOf(saved, member);
  return typeof value === 'number' && Math.abs(value - hours) < 0.01;
}
