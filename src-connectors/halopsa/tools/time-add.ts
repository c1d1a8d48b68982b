// time_add: time worked on a ticket that the customer is not charged for.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { isSet } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { numberOf } from '../settings.ts';
import { LongText } from '../text.ts';
import { TicketId } from '../ticket.ts';
import { entryMembers, hasHours, hoursOf, internalMembers, Minutes, onTimeline, savedOn } from '../timeline.ts';

export const timeAdd = changeTool({
  ...onTimeline,
  name: 'time_add',
  title: 'Log time, not billable',
  description:
    'Logs minutes worked on one ticket of the bound customer in HaloPSA, as an internal note; the customer is not charged (for that ' +
    "there is billable_time_add). Plain text only. Answers with the entry's id; refused when the ticket is not provably this " +
    "customer's. Not repeatable safely: look before calling again after an error.",
  risk: 'write',
  input: { ticketId: TicketId, minutes: Minutes, note: LongText(2000).describe('What was done. Plain text.') },
  record: z.strictObject({ ticketId: RecordId, entryId: RecordId, minutes: z.int(), isBillable: z.literal(false) }),
  element: z.strictObject({
    ...entryMembers,
    ...internalMembers,
    timetaken: z.number().positive(),
    actionchargehours: z.literal(0),
  }),
  build: ({ input: { ticketId, minutes, note }, settings }) => ({
    ticket_id: ticketId,
    outcome_id: numberOf(settings, 'privateNoteOutcome'),
    note_html: textToHtml(note),
    hiddenfromuser: true,
    sendemail: false,
    timetaken: hoursOf(minutes),
    actionchargehours: 0,
  }),
  confirm: (saved, { input: { ticketId, minutes } }) => {
    const entryId = savedOn(saved, ticketId);
    const isAsSent =
      isSet(saved, 'hiddenfromuser') &&
      hasHours(saved, 'timetaken', hoursOf(minutes)) &&
      hasHours(saved, 'actionchargehours', 0);
    return entryId === undefined || !isAsSent
      ? undefined
      : ({ ticketId, entryId, minutes, isBillable: false } as const);
  },
});
