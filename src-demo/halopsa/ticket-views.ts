// A ticket as lists show it and as its detail shows it (halopsa.md §5.4). The detail nests children, related tickets
// and assets whoever owns them: that is hazard 6 of §6, served on purpose. Trusts the store.
import type { Query } from '../vendor/query.ts';
import type { View } from '../vendor/rows.ts';
import type { HaloTicket } from './records.ts';
import type { HaloStore } from './store.ts';
import { actionView, assetView, attachmentView, noDate, userView } from './views.ts';

/** The members a list row has, with the vendor's value for one left out of the data file. */
const listed = {
  dateoccurred: noDate,
  summary: '',
  details: '',
  status_id: 1,
  tickettype_id: 1,
  sla_id: 1,
  priority_id: 4,
  site_id: 0,
  user_id: 0,
  team: '',
  agent_id: 1,
  category_1: '',
  category_2: '',
  category_3: '',
  category_4: '',
  estimate: 0,
  timetaken: 0,
  parent_id: 0,
  flagged: false,
  respondbydate: noDate,
  responsedate: noDate,
  fixbydate: noDate,
  dateclosed: noDate,
  deadlinedate: noDate,
  lastactiondate: noDate,
  emailtolist: '',
  emailcclist: '',
  inventory_number: '',
  onhold: false,
  inactive: false,
  client_to_invoice_to_id: 0,
  organisation_id: 0,
  web_url: '',
  use: 'ticket',
};

/** Members of a list row the file may set over the joined ones. */
const joined = ['client_name', 'site_name', 'user_name', 'user_email', 'last_update'];

export function ticketView(store: HaloStore, ticket: HaloTicket): View {
  const view: View = { id: ticket.id };
  for (const [name, missing] of Object.entries(listed)) view[name] = ticket[name] ?? missing;
  const children = store.tickets.of('parent', ticket.id);
  const user = store.users.get(ticket.user_id ?? 0);
  // No default: a ticket without owner is served without owner.
  if (ticket.client_id !== undefined) view['client_id'] = ticket.client_id;
  view['client_name'] = store.clients.get(ticket.client_id ?? 0)?.name ?? '';
  view['site_name'] = store.sites.get(ticket.site_id ?? 0)?.name ?? '';
  view['user_name'] = user?.name ?? '';
  view['user_email'] = user?.emailaddress ?? '';
  view['last_update'] = view['lastactiondate'];
  view['child_count'] = children.length;
  view['child_ticket_ids'] = children.map((child) => child.id).join(',');
  view['parent_subject'] = store.tickets.get(ticket.parent_id ?? 0)?.summary ?? '';
  view['attachment_count'] = store.attachments.of('ticket', ticket.id).length;
  for (const name of joined) if (ticket[name] !== undefined) view[name] = ticket[name];
  return view;
}

/** The row with what the list flags add; '' flags keep the cached row in use. */
export function ticketRow(store: HaloStore, ticket: HaloTicket, query: Query): View {
  const view = ticketView(store, ticket);
  if (query.flag('includechildren')) view['children'] = childrenOf(store, ticket, query.flag('fetchgrandchildren'));
  if (query.flag('includelastaction')) view['lastaction'] = lastActionOf(store, ticket);
  if (query.flag('includeagent')) view['agent'] = store.agents.get(ticket.agent_id ?? 0) ?? {};
  return view;
}

export const rowFlags = ['includechildren', 'includelastaction', 'includeagent'];

export function ticketDetail(store: HaloStore, ticket: HaloTicket, query: Query): View {
  const client = store.clients.get(ticket.client_id ?? 0);
  const { assets: _assets, related_tickets: _related, ...members } = ticket;
  const view: View = {
    ...members,
    ...ticketView(store, ticket),
    details_html: ticket['details_html'] ?? `<p>${ticket.details ?? ''}</p>`,
    top_level_id: client?.toplevel_id ?? 0,
    top_level_name: client?.toplevel_name ?? '',
    contract_id: ticket['contract_id'] ?? 0,
    clonedfrom_id: ticket['clonedfrom_id'] ?? 0,
    clonedfrom_summary: ticket['clonedfrom_summary'] ?? '',
    merged_into_id: ticket.merged_into_id ?? 0,
    parent_summary: store.tickets.get(ticket.parent_id ?? 0)?.summary ?? '',
  };
  if (query.flag('includelastaction')) view['lastaction'] = lastActionOf(store, ticket);
  return query.flag('includedetails') ? { ...view, ...nested(store, ticket) } : view;
}

function nested(store: HaloStore, ticket: HaloTicket): View {
  const user = store.users.get(ticket.user_id ?? 0);
  const related = (ticket.related_tickets ?? []).flatMap((id) => store.tickets.get(id) ?? []);
  const assets = (ticket.assets ?? []).flatMap((id) => store.assets.get(id) ?? []);
  return {
    customfields: ticket['customfields'] ?? [],
    children: childrenOf(store, ticket, false),
    visible_child_tickets: store.tickets.of('parent', ticket.id).length,
    related_tickets: related.map((one) => ticketView(store, one)),
    assets: assets.map((one) => assetView(store, one)),
    attachments: store.attachments.of('ticket', ticket.id).map(attachmentView),
    agent: store.agents.get(ticket.agent_id ?? 0) ?? {},
    user: user === undefined ? {} : userView(store, user),
    supplier: {},
    popup_notes: [],
    workflow_history: [],
    azure_tenants: [],
    external_links: [],
    appointments: [],
    followers_user: [],
    services: [],
    viewers: [],
  };
}

function childrenOf(store: HaloStore, ticket: HaloTicket, grandchildren: boolean): View[] {
  return store.tickets.of('parent', ticket.id).map((child) => {
    const view = ticketView(store, child);
    return grandchildren ? { ...view, children: childrenOf(store, child, false) } : view;
  });
}

function lastActionOf(store: HaloStore, ticket: HaloTicket): View {
  const last = store.actions.get(ticket.id)?.[0];
  return last === undefined ? {} : actionView(store, last);
}
