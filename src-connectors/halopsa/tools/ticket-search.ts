// ticket_search: the customer's tickets, open and closed, that contain a text. How past fixes are found.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { SearchText } from '../../text.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { ticketFrom, ticketMembers, ticketOwner } from '../ticket.ts';

export const ticketSearch = listTool({
  connector: 'halopsa',
  name: 'ticket_search',
  title: 'Search tickets',
  description:
    "Finds the bound customer's tickets in HaloPSA, open and closed, that contain a text in their id, summary or details. " +
    `At most 50 a page, in the shape of ticket_list. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.describe('Words to look for.') },
  record: z.strictObject(ticketMembers),
  owner: ticketOwner,
  usesNames: true,
  ownerParameter: 'client_id',
  request: ({ text }) => ({ path: '/Tickets', query: { search: text, includeclosed: true } }),
  rows: 'tickets',
  project: ticketFrom,
  limits: listLimits,
});
