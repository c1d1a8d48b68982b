// ticket_breach_list: the customer's open tickets that have a time to be fixed by, the next to breach first. The vendor's own
// order is not believed, so all open tickets of the customer are read.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import type { Row } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf } from '../date.ts';
import { slowLimits } from '../limits.ts';
import { ticketFrom, ticketMembers, ticketOwner } from '../ticket.ts';

export const ticketBreachList = listTool({
  connector: 'halopsa',
  name: 'ticket_breach_list',
  title: 'List tickets by breach',
  description:
    "Lists the bound customer's open tickets in HaloPSA that have a time to be fixed by (fixBy), the next to breach its service " +
    'level first, overdue ones before all others, at most 100 a page in the shape of ticket_list. Tickets on hold are among them: ' +
    `their time stands still. Use ticket_get for one ticket. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject(ticketMembers),
  owner: ticketOwner,
  usesNames: true,
  ownerParameter: 'client_id',
  request: () => ({ path: '/Tickets', query: { open_only: true } }),
  rows: 'tickets',
  scan: { mostPages: 20, order: (one, other) => fixBy(one).localeCompare(fixBy(other)) },
  wants: (row) => dateOf(row, 'fixbydate') !== undefined && dateOf(row, 'dateclosed') === undefined,
  project: ticketFrom,
  limits: slowLimits,
});

const fixBy = (row: Row): string => dateOf(row, 'fixbydate') ?? '';
