// ticket_update: a ticket's status, priority, type or category. Closing is not among it: that leaves the organisation.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { memberOf, textOf, wholeOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { namesOfOptions } from '../option.ts';
import { numberOf } from '../settings.ts';
import { TicketId, ticketOf, ticketOwner } from '../ticket.ts';

export const ticketUpdate = changeTool({
  connector: 'halopsa',
  name: 'ticket_update',
  title: 'Change a ticket',
  description:
    'Changes the status, priority, type or category of one ticket of the bound customer in HaloPSA; what is left out stays. ' +
    'The ids come from ticket_option_list. Does not close tickets (use ticket_close) and writes no note (use ticket_note_add). ' +
    "Answers with what the ticket has afterwards; refused when the ticket is not provably this customer's. Safe to repeat.",
  risk: 'write',
  input: {
    ticketId: TicketId,
    statusId: RecordId.optional().describe('From ticket_option_list, kind status.'),
    priorityId: RecordId.optional().describe('From ticket_option_list, kind priority.'),
    typeId: RecordId.optional().describe('From ticket_option_list, kind type.'),
    categoryId: RecordId.optional().describe('From ticket_option_list, kind category.'),
  },
  record: z.strictObject({
    ticketId: RecordId,
    statusId: z.int().optional(),
    priorityId: z.int().optional(),
    typeId: z.int().optional(),
    category: z.string().max(300).optional(),
  }),
  owner: ticketOwner,
  target: ticketOf,
  prepare: async ({ input: { statusId, priorityId, typeId, categoryId }, settings }, { vendor }, call) => {
    if ([statusId, priorityId, typeId, categoryId].every((id) => id === undefined))
      throw new Fault('INVALID_ARGUMENTS', 'Nothing to change was given.');
    if (statusId === numberOf(settings, 'closedStatus'))
      throw new Fault('INVALID_ARGUMENTS', 'This status closes the ticket. Use ticket_close.');
    const ids = { status: statusId, priority: priorityId, type: typeId, category: categoryId };
    return namesOfOptions(ids, vendor, call);
  },
  path: () => '/Tickets',
  key: 'tickets',
  element: z.strictObject({
    id: RecordId,
    status_id: RecordId.optional(),
    priority_id: RecordId.optional(),
    tickettype_id: RecordId.optional(),
    category_1: z.string().max(200).optional(),
  }),
  build: ({ input: { ticketId, statusId, priorityId, typeId }, facts: { category } }) => ({
    id: ticketId,
    ...(statusId === undefined ? {} : { status_id: statusId }),
    ...(priorityId === undefined ? {} : { priority_id: priorityId }),
    ...(typeId === undefined ? {} : { tickettype_id: typeId }),
    ...(category === undefined ? {} : { category_1: category }),
  }),
  isIdempotent: true,
  confirm: (_saved, { input: { ticketId, statusId, priorityId, typeId }, facts: { category } }, after = {}) => {
    const isKept = (member: string, wanted: number | string | undefined): boolean =>
      wanted === undefined || memberOf(after, member) === wanted;
    const isAsSent =
      isKept('status_id', statusId) &&
      isKept('priority_id', priorityId) &&
      isKept('tickettype_id', typeId) &&
      isKept('category_1', category);
    if (!isAsSent) return undefined;
    return {
      ticketId,
      statusId: wholeOf(after, 'status_id'),
      priorityId: wholeOf(after, 'priority_id'),
      typeId: wholeOf(after, 'tickettype_id'),
      category: textOf(after, 'category_1', 300),
    };
  },
  limits: changeLimits,
});
