// ticket_list: the customer's tickets, newest first as the vendor orders them.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { ticketFrom, ticketMembers, ticketOwner } from '../ticket.ts';

export const ticketList = listTool({
  connector: 'halopsa',
  name: 'ticket_list',
  title: 'List tickets',
  description:
    "Lists the bound customer's tickets in HaloPSA, at most 50 a page: id, summary, status, priority, contact, dates. " +
    `Details and notes are not included; use ticket_get for one ticket. ${untrusted}`,
  risk: 'read',
  input: { status: z.enum(['open', 'closed', 'all']).default('open').describe('Which tickets to list.') },
  record: z.strictObject(ticketMembers),
  owner: ticketOwner,
  usesNames: true,
  ownerParameter: 'client_id',
  request: ({ status }) => ({ path: '/Tickets', query: statusQuery[status] }),
  rows: 'tickets',
  project: ticketFrom,
  limits: listLimits,
});

const statusQuery = {
  open: { open_only: true },
  closed: { closed_only: true },
  all: { includeclosed: true },
} as const;
