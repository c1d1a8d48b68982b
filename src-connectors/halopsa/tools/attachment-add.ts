// attachment_add: a text file on a ticket, for technicians. Attachments have members that copy any file of anyone and show it
// on other tickets (halopsa.md §5.6); only the four below are ever sent.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { isSet, memberOf, wholeOf } from '../../row.ts';
import { onTicket } from '../attachment.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { LongText } from '../text.ts';
import { TicketId, ticketOf, ticketOwner } from '../ticket.ts';

export const attachmentAdd = changeTool({
  connector: 'halopsa',
  name: 'attachment_add',
  title: 'Add a file to a ticket',
  description:
    "Adds one text file to a ticket of the bound customer in HaloPSA, for technicians: it is not shown to the customer's people. Plain " +
    "text only, at most 50,000 characters. Answers with the id of the file; refused when the ticket is not provably this customer's. " +
    'Not repeatable safely: use attachment_list before calling again after an error.',
  risk: 'write',
  input: {
    ticketId: TicketId,
    fileName: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*\.(?:txt|log|csv|md)$/)
      .describe('Letters, digits, spaces, dots and hyphens, ending in .txt, .log, .csv or .md.'),
    text: LongText(50_000).describe('What is in the file.'),
  },
  record: z.strictObject({ ticketId: RecordId, id: RecordId, fileName: z.string().max(100) }),
  owner: ticketOwner,
  target: ticketOf,
  path: () => '/Attachment',
  key: 'attachments',
  saved: onTicket,
  element: z.strictObject({
    ticket_id: RecordId,
    filename: z.string(),
    data_base64: z.string(),
    showforusers: z.literal(false),
  }),
  build: ({ input: { ticketId, fileName, text } }) => ({
    ticket_id: ticketId,
    filename: fileName,
    data_base64: `data:text/plain;base64,${Buffer.from(text).toString('base64')}`,
    showforusers: false,
  }),
  confirm: (saved, { input: { ticketId, fileName } }) => {
    const id = wholeOf(saved, 'id');
    const isAsSent =
      wholeOf(saved, 'ticket_id') === ticketId &&
      memberOf(saved, 'filename') === fileName &&
      !isSet(saved, 'showforusers');
    return id === undefined || !isAsSent ? undefined : { ticketId, id, fileName };
  },
  limits: changeLimits,
});
