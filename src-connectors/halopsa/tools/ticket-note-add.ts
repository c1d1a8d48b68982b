// ticket_note_add: an internal note on a ticket. Never visible to the customer's people, never mailed.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { isSet } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { numberOf } from '../settings.ts';
import { LongText } from '../text.ts';
import { TicketId } from '../ticket.ts';
import { entryMembers, internalMembers, onTimeline, savedOn } from '../timeline.ts';

export const ticketNoteAdd = changeTool({
  ...onTimeline,
  name: 'ticket_note_add',
  title: 'Add an internal note',
  description:
    "Adds an internal note to one ticket of the bound customer in HaloPSA. Technicians see it; the customer's people do not, and " +
    'nothing is mailed. Plain text only. Answers with the ids of the ticket and the note; refused when the ticket is not provably ' +
    "this customer's. Not repeatable safely: look with ticket_get before calling again after an error.",
  risk: 'write',
  input: { ticketId: TicketId, note: LongText(4000).describe('Plain text; line breaks are kept.') },
  record: z.strictObject({ ticketId: RecordId, noteId: RecordId, isInternal: z.literal(true) }),
  element: z.strictObject({ ...entryMembers, ...internalMembers }),
  build: ({ input: { ticketId, note }, settings }) => ({
    ticket_id: ticketId,
    outcome_id: numberOf(settings, 'privateNoteOutcome'),
    note_html: textToHtml(note),
    hiddenfromuser: true,
    sendemail: false,
  }),
  confirm: (saved, { input: { ticketId } }) => {
    const noteId = savedOn(saved, ticketId);
    return noteId === undefined || !isSet(saved, 'hiddenfromuser')
      ? undefined
      : ({ ticketId, noteId, isInternal: true } as const);
  },
});
