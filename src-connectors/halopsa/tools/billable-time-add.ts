// billable_time_add: time worked on a ticket that the customer is charged for, at the rate the MSP has set up.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { isSet } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { numberOf } from '../settings.ts';
import { LongText } from '../text.ts';
import { TicketId } from '../ticket.ts';
import { entryMembers, hasHours, hoursOf, internalMembers, Minutes, onTimeline, savedOn } from '../timeline.ts';

export const billableTimeAdd = changeTool({
  ...onTimeline,
  name: 'billable_time_add',
  title: 'Log billable time',
  description:
    'Logs minutes worked on one ticket of the bound customer in HaloPSA and charges the customer for all of them, at the rate the ' +
    'MSP has set up; the note itself is internal. Plain text only. For time that is not charged use time_add. Answers with the ' +
    "entry's id; refused when the ticket is not provably this customer's. Never repeat it after an error: it may be charged twice.",
  risk: 'spend',
  afterwards: 'The time may or may not have been charged: look at the ticket with ticket_get before you add it again.',
  input: { ticketId: TicketId, minutes: Minutes, note: LongText(2000).describe('What was done. Plain text.') },
  record: z.strictObject({ ticketId: RecordId, entryId: RecordId, minutes: z.int(), isBillable: z.literal(true) }),
  element: z.strictObject({
    ...entryMembers,
    ...internalMembers,
    timetaken: z.number().positive(),
    actionchargehours: z.number().positive(),
  }),
  build: ({ input: { ticketId, minutes, note }, settings }) => ({
    ticket_id: ticketId,
    outcome_id: numberOf(settings, 'privateNoteOutcome'),
    note_html: textToHtml(note),
    hiddenfromuser: true,
    sendemail: false,
    timetaken: hoursOf(minutes),
    actionchargehours: hoursOf(minutes),
  }),
  confirm: (saved, { input: { ticketId, minutes } }) => {
    const entryId = savedOn(saved, ticketId);
    const isAsSent =
      isSet(saved, 'hiddenfromuser') &&
      hasHours(saved, 'timetaken', hoursOf(minutes)) &&
      hasHours(saved, 'actionchargehours', hoursOf(minutes));
    return entryId === undefined || !isAsSent ? undefined : ({ ticketId, entryId, minutes, isBillable: true } as const);
  },
});
