// ticket_note_add: an internal note on a ticket. Never visible to the customer's people, never mailed. Actions have
// members that move notes, publish them or mail them out (halopsa.md §5.5); only the five below are ever sent.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { isSet, wholeOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { ticketOwner, ticketTarget } from '../ticket.ts';

export const ticketNoteAdd = changeTool({
  connector: 'halopsa',
  name: 'ticket_note_add',
  title: 'Add an internal note',
  description:
    "Adds an internal note to one ticket of the bound customer in HaloPSA. Technicians see it; the customer's people do not, and " +
    'nothing is mailed. Plain text only. Answers with the ids of the ticket and the note; refused when the ticket is not provably ' +
    "this customer's. Not repeatable safely: look before calling again after an error.",
  risk: 'write',
  input: {
    ticketId: RecordId.describe('The ticket id, from ticket_list or ticket_search.'),
    note: z
      .string()
      .min(1)
      .max(4000)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
      .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/)
      .describe('Plain text; line breaks are kept.'),
  },
  record: z.strictObject({ ticketId: RecordId, noteId: RecordId, isInternal: z.literal(true) }),
  owner: ticketOwner,
  target: {
    ...ticketTarget,
    id: ({ ticketId }) => ticketId,
    request: ({ ticketId }) => ({ path: `/Tickets/${ticketId}` }),
  },
  path: () => '/Actions',
  key: 'actions',
  element: z.strictObject({
    ticket_id: RecordId,
    outcome_id: RecordId,
    note_html: z.string(),
    hiddenfromuser: z.literal(true),
    sendemail: z.literal(false),
  }),
  build: ({ input: { ticketId, note }, settings }) => ({
    ticket_id: ticketId,
    outcome_id: Number(settings['privateNoteOutcome'] ?? stockPrivateNote),
    note_html: htmlOf(note),
    hiddenfromuser: true,
    sendemail: false,
  }),
  confirm: (saved, { input: { ticketId } }) => {
    const noteId = wholeOf(saved, 'id');
    const isAsSent = wholeOf(saved, 'ticket_id') === ticketId && isSet(saved, 'hiddenfromuser') && noteId !== undefined;
    return isAsSent ? ({ ticketId, noteId, isInternal: true } as const) : undefined;
  },
  limits: changeLimits,
});

/** "Private Note" of stock tenants; an instance may name its own outcome in the setting `privateNoteOutcome`. */
const stockPrivateNote = '7';

function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<p>${escaped.replace(/\r\n?|\n/g, '<br>')}</p>`;
}
