// ticket_get: one ticket with its timeline. Actions name no owner, only their ticket, so each is proven by that; the
// tickets and assets nested in the vendor's answer may be other customers' and are each proven by themselves.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { isSet, type Row, textOf, wholeOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { assetFrom, assetOwner } from '../asset.ts';
import { dateOf, HaloDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { ticketFrom, ticketMembers, ticketOwner, ticketTarget } from '../ticket.ts';

const LinkedTicket = z.strictObject({ id: RecordId, summary: z.string().max(500) });
const LinkedAsset = z.strictObject({
  id: RecordId,
  tag: z.string().max(300).optional(),
  name: z.string().max(300).optional(),
});
const TimelineEntry = z.strictObject({
  /** Counts within the ticket. */
  id: RecordId,
  at: HaloDate.optional(),
  by: z.string().max(300).optional(),
  kind: z.string().max(300).optional(),
  note: z.string().max(4000).optional(),
  isInternal: z.boolean(),
});

export const ticketGet = oneTool({
  connector: 'halopsa',
  name: 'ticket_get',
  title: 'Read a ticket',
  description:
    'Reads one ticket of the bound customer in HaloPSA by its id: its members, details, the newest 50 entries of its timeline, ' +
    "and the linked tickets and assets that are this customer's too. Nothing comes back when the id is not this customer's. " +
    untrusted,
  risk: 'read',
  input: { id: RecordId.describe('The ticket id, from ticket_list or ticket_search.') },
  record: z.strictObject({
    ...ticketMembers,
    details: z.string().max(20_000).optional(),
    timeline: z.array(TimelineEntry).max(50),
    childTickets: z.array(LinkedTicket).max(50),
    relatedTickets: z.array(LinkedTicket).max(50),
    assets: z.array(LinkedAsset).max(50),
  }),
  owner: ticketOwner,
  usesNames: true,
  target: {
    ...ticketTarget,
    id: ({ id }) => id,
    request: ({ id }) => ({ path: `/Tickets/${id}`, query: { includedetails: true } }),
  },
  nested: { children: ticketOwner, related_tickets: ticketOwner, assets: assetOwner },
  joins: {
    actions: {
      request: ({ id }) => ({ path: '/Actions', query: { ticket_id: id, count: 50, excludesys: true } }),
      key: 'actions',
      proof: { reference: 'ticket_id', isNumberedWithin: true },
    },
  },
  project: (row, { children = [], related_tickets: related = [], assets = [], actions = [] }, { names }) => ({
    ...ticketFrom(row, names),
    details: textOf(row, 'details', 20_000),
    timeline: actions.toSorted(newestFirst).slice(0, 50).map(entryFrom),
    childTickets: children.slice(0, 50).map(linkedTicketFrom),
    relatedTickets: related.slice(0, 50).map(linkedTicketFrom),
    assets: assets.slice(0, 50).map(linkedAssetFrom),
  }),
  limits: oneLimits,
});

const newestFirst = (one: Row, other: Row): number => (wholeOf(other, 'id') ?? 0) - (wholeOf(one, 'id') ?? 0);

function entryFrom(row: Row): z.input<typeof TimelineEntry> {
  return {
    id: wholeOf(row, 'id') ?? 0,
    at: dateOf(row, 'datetime'),
    by: textOf(row, 'who', 300),
    kind: textOf(row, 'outcome', 300),
    note: textOf(row, 'note', 4000),
    isInternal: isSet(row, 'hiddenfromuser'),
  };
}

const linkedTicketFrom = (row: Row): z.input<typeof LinkedTicket> => {
  const { id, summary } = ticketFrom(row, {});
  return { id, summary };
};

const linkedAssetFrom = (row: Row): z.input<typeof LinkedAsset> => {
  const { id, tag, name } = assetFrom(row);
  return { id, tag, name };
};
