// ticket_close: ends a ticket with a resolution that the customer's people can read.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { memberOf, wholeOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { numberOf } from '../settings.ts';
import { LongText } from '../text.ts';
import { TicketId } from '../ticket.ts';
import { entryMembers, onTimeline, savedOn } from '../timeline.ts';

export const ticketClose = changeTool({
  ...onTimeline,
  name: 'ticket_close',
  title: 'Close a ticket',
  description:
    "Closes one ticket of the bound customer in HaloPSA with a resolution, which the customer's people can read on it; the vendor may " +
    'mail them about it, as the MSP has set it up. Plain text only. Answers with the ids of the ticket and the entry; refused when ' +
    "the ticket is closed already or not provably this customer's. After an error look with ticket_get before repeating.",
  risk: 'external',
  afterwards: 'The ticket may or may not be closed: look at it with ticket_get.',
  input: {
    ticketId: TicketId,
    resolution: LongText(4000).describe('What was done, for the customer to read. Plain text; line breaks are kept.'),
  },
  record: z.strictObject({ ticketId: RecordId, entryId: RecordId, isClosed: z.literal(true) }),
  prepare: async ({ row = {}, settings }) => {
    const closedStatus = numberOf(settings, 'closedStatus');
    if (wholeOf(row, 'status_id') === closedStatus)
      throw new Fault('INVALID_ARGUMENTS', 'This ticket is closed already.');
    return { closedStatus };
  },
  element: z.strictObject({
    ...entryMembers,
    new_status: RecordId,
    hiddenfromuser: z.literal(false),
    sendemail: z.literal(false),
  }),
  build: ({ input: { ticketId, resolution }, settings, facts: { closedStatus } }) => ({
    ticket_id: ticketId,
    outcome_id: numberOf(settings, 'closeOutcome'),
    note_html: textToHtml(resolution),
    new_status: closedStatus,
    hiddenfromuser: false,
    sendemail: false,
  }),
  confirm: (saved, { input: { ticketId }, facts: { closedStatus } }, after = {}) => {
    const entryId = savedOn(saved, ticketId);
    const isClosed = memberOf(after, 'status_id') === closedStatus;
    return entryId === undefined || !isClosed ? undefined : { ticketId, entryId, isClosed };
  },
});
