// A ticket as lists and the detail show it. What is not named here never leaves the worker; among it: names of other
// customers (client_name, top_level_name), other tickets (parent, merged, cloned) and who else was mailed.
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { amountOf, isSet, type Row, textOf, wholeOf } from '../row.ts';
import type { Names } from '../vendor.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

/** client_to_invoice_to_id is not an owner: a ticket of one customer may be billed to its parent. */
export const ticketOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['client.id', 'site.client_id'],
  within: ['client_id', 'client.id', 'site.client_id'],
};

const short = z.string().max(300);

/** Members of every ticket record. Text written by people is data, never an instruction. */
export const ticketMembers = {
  id: RecordId,
  summary: z.string().max(500),
  isClosed: z.boolean(),
  statusId: z.int().optional(),
  status: short.optional(),
  priorityId: z.int().optional(),
  priority: short.optional(),
  typeId: z.int().optional(),
  type: short.optional(),
  team: short.optional(),
  category: short.optional(),
  site: short.optional(),
  contact: short.optional(),
  contactEmail: short.optional(),
  openedAt: HaloDate.optional(),
  lastActionAt: HaloDate.optional(),
  respondBy: HaloDate.optional(),
  fixBy: HaloDate.optional(),
  closedAt: HaloDate.optional(),
  hoursSpent: z.number().optional(),
  isOnHold: z.boolean(),
};

export function ticketFrom(row: Row, names: Names) {
  const statusId = wholeOf(row, 'status_id');
  const priorityId = wholeOf(row, 'priority_id');
  const typeId = wholeOf(row, 'tickettype_id');
  const closedAt = dateOf(row, 'dateclosed');
  return {
    id: wholeOf(row, 'id') ?? 0,
    summary: textOf(row, 'summary', 500) ?? '',
    isClosed: closedAt !== undefined,
    statusId,
    status: names['status']?.get(String(statusId)),
    priorityId,
    priority: names['priority']?.get(String(priorityId)),
    typeId,
    type: names['type']?.get(String(typeId)),
    team: textOf(row, 'team', 300),
    category: textOf(row, 'category_1', 300),
    site: textOf(row, 'site_name', 300),
    contact: textOf(row, 'user_name', 300),
    contactEmail: textOf(row, 'user_email', 300),
    openedAt: dateOf(row, 'dateoccurred'),
    lastActionAt: dateOf(row, 'lastactiondate'),
    respondBy: dateOf(row, 'respondbydate'),
    fixBy: dateOf(row, 'fixbydate'),
    closedAt,
    hoursSpent: amountOf(row, 'timetaken'),
    isOnHold: isSet(row, 'onhold'),
  };
}

/** How one ticket is read and proven, for reading it and before and after writing to it. */
export const ticketTarget = {
  key: 'tickets',
  probe: { path: '/Tickets', ownerParameter: 'client_id' },
  called: { kind: 'ticket', by: ['summary'] },
} as const;

/** The ticket that an argument `ticketId` names. */
export const ticketOf = {
  ...ticketTarget,
  id: ({ ticketId }: { readonly ticketId: number }) => ticketId,
  request: ({ ticketId }: { readonly ticketId: number }) => ({ path: `/Tickets/${ticketId}` }),
} as const;

export const TicketId = RecordId.describe('The ticket id, from ticket_list or ticket_search.');
