// GET /Tickets and GET /Tickets/{id} (halopsa.md §5.4). Any ticket is read by its id whoever owns it (§6 row 1), and
// lists fail open (§4.4). The caller's query is untrusted.
import { advancedTests, askedClients, candidates, matching, ordered, searchTest, wholeTest } from './filter.ts';
import type { Test } from './filter.ts';
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { notFound, refuse } from './refusal.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { listAnswer, toText } from './list.ts';
import type { Query } from '../vendor/query.ts';
import type { HaloTicket } from './records.ts';
import { rowFlags, ticketDetail, ticketRow, ticketView } from './ticket-views.ts';
import type { Call, World } from './world.ts';

/** The built-in "Closed" of stock tenants (§5.5). */
export const closedStatus = 9;

/** Tickets are the one list whose page size does not reach what was asked (§4.2). */
const largestPage = 50;

export function listTickets(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const advanced = advancedTests<HaloTicket>(query);
  if (advanced === null) return refuse(faults, 400, 'Invalid advanced search parameter');
  const clients = askedClients(faults, query);
  const found = byIds(world, query) ?? candidates(store.tickets, clients, query);
  const rows = ordered(matching(found, [...tests(world, query, clients), ...advanced]), query);
  const flagged = rowFlags.some((flag) => query.flag(flag));
  const view = (ticket: HaloTicket) => ticketRow(store, ticket, query);
  return listAnswer(faults, query, {
    key: 'tickets',
    rows,
    view,
    text: flagged
      ? (ticket) => toText(view(ticket))
      : (ticket) => store.text(ticket, () => toText(ticketView(store, ticket))),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.tickets.all(),
    cap: largestPage,
  });
}

export function readTicket(world: World, { id, query }: Call): Answer {
  const ticket = world.store.tickets.get(Number(id));
  if (ticket === undefined) return notFound(world.faults);
  return jsonAnswer(200, toText(ownerDropped(world.faults, ticketDetail(world.store, ticket, query), 'client_id')));
}

function byIds({ store }: World, query: Query): readonly HaloTicket[] | undefined {
  const ids = query.wholes('ticketids');
  if (ids.length > 0) return [...new Set(ids)].flatMap((id) => store.tickets.get(id) ?? []).sort((a, b) => b.id - a.id);
  const asset = query.whole('asset_id');
  return asset === 0 ? undefined : store.tickets.of('asset', asset);
}

function tests({ store }: World, query: Query, clients: readonly number[]): Test<HaloTicket>[] {
  // Candidates found through the client index are of these clients already, some only through their site.
  const indexed = !query.has('ticketids') && query.whole('asset_id') === 0;
  const ofClients: Test<HaloTicket> = (ticket) =>
    clients.some((client) => store.tickets.of('client', client).includes(ticket));
  const toplevel = query.whole('toplevel_id');
  return [
    ...(clients.length === 0 || indexed ? [] : [ofClients]),
    ...wholeTest<HaloTicket>(query, 'site_id', 'site_id'),
    ...wholeTest<HaloTicket>(query, 'user_id', 'user_id'),
    ...wholeTest<HaloTicket>(query, 'status_id', 'status_id'),
    ...wholeTest<HaloTicket>(query, 'status', 'status_id'),
    ...wholeTest<HaloTicket>(query, 'agent_id', 'agent_id'),
    ...wholeTest<HaloTicket>(query, 'agent', 'agent_id'),
    ...wholeTest<HaloTicket>(query, 'requesttype_id', 'tickettype_id'),
    ...wholeTest<HaloTicket>(query, 'priority', 'priority_id'),
    ...wholeTest<HaloTicket>(query, 'parent_id', 'parent_id'),
    ...(toplevel === 0 ? [] : [(one: HaloTicket) => store.clients.get(one.client_id ?? 0)?.toplevel_id === toplevel]),
    ...searchTest<HaloTicket>(query, 'search', ['id', 'summary', 'details']),
    ...searchTest<HaloTicket>(query, 'search_id', ['id']),
    ...searchTest<HaloTicket>(query, 'search_summary', ['summary']),
    ...searchTest<HaloTicket>(query, 'search_details', ['details']),
    ...searchTest<HaloTicket>(query, 'team', ['team']),
    ...searchTest<HaloTicket>(query, 'category_1', ['category_1']),
    ...(query.flag('open_only') ? [(one: HaloTicket) => one.status_id !== closedStatus] : []),
    ...(query.flag('closed_only') ? [(one: HaloTicket) => one.status_id === closedStatus] : []),
    ...dateTests(query),
  ];
}

/** Vendor times have no zone, so they compare as text once a caller's zone letter is cut off. */
function dateTests(query: Query): Test<HaloTicket>[] {
  const bound = (name: string) => query.text(name).replace(/(\.\d+)?Z$/, '');
  const updated = (ticket: HaloTicket) => ticket.last_update ?? ticket.lastactiondate ?? '';
  const [from, to] = [bound('lastupdatefromdate'), bound('lastupdatetodate')];
  const [start, end] = [bound('startdate'), bound('enddate')];
  return [
    ...(from === '' ? [] : [(ticket: HaloTicket) => updated(ticket) >= from]),
    ...(to === '' ? [] : [(ticket: HaloTicket) => updated(ticket) <= to]),
    ...(start === '' ? [] : [(ticket: HaloTicket) => (ticket.dateoccurred ?? '') >= start]),
    ...(end === '' ? [] : [(ticket: HaloTicket) => (ticket.dateoccurred ?? '') <= end]),
  ];
}
