// attachment_list: the files on a ticket.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { attachmentFrom, attachmentMembers, onTicket } from '../attachment.ts';
import { listLimits } from '../limits.ts';
import { TicketId, ticketOf, ticketOwner } from '../ticket.ts';

export const attachmentList = listTool({
  connector: 'halopsa',
  name: 'attachment_list',
  title: 'List files of a ticket',
  description:
    'Lists the files on one ticket of the bound customer in HaloPSA, at most 50 a page: id, name, size, when it was added. Use ' +
    `attachment_get to read a text file. Nothing comes back when the ticket is not this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: { ticketId: TicketId },
  record: z.strictObject(attachmentMembers),
  owner: ticketOwner,
  under: { target: ticketOf, owner: ticketOwner, hanging: () => onTicket },
  request: ({ ticketId }) => ({ path: '/Attachment', query: { ticket_id: ticketId } }),
  rows: 'attachments',
  project: attachmentFrom,
  limits: listLimits,
});
