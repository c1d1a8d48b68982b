// POST /Tickets (halopsa.md §5.4): create, and update of any ticket by its id. Changing `client_id`, `site_id` or
// `user_id` moves the ticket to another customer, as it does at the vendor. The draft is untrusted.
import { parseQuery } from '../vendor/query.ts';
import type { HaloTicket } from './records.ts';
import { ticketDetail } from './ticket-views.ts';
import { closedStatus } from './tickets.ts';
import type { View } from '../vendor/rows.ts';
import { noDate } from './views.ts';
import { vendorTime } from './world.ts';
import type { World } from './world.ts';
import type { Draft, Saved } from './writes.ts';
import { hasNumbersWhereNeeded, plain, textOf, wholeOf } from './writes.ts';

/** Unmatched mail lands here (§5.3). */
const unknownClient = 1;
const numbers = [
  'id',
  'client_id',
  'site_id',
  'user_id',
  'status_id',
  'tickettype_id',
  'priority_id',
  'agent_id',
  'parent_id',
  'merged_into_id',
];
/** Commands of a write, not members of a ticket. */
const commands = [
  'new_related_tickets',
  'domerge',
  '_novalidate',
  '_dont_fire_automations',
  'donotapplytemplateintheapi',
];

export function saveTicket(world: World, draft: Draft): Saved {
  if (!hasNumbersWhereNeeded(draft, numbers)) return { status: 400, message: 'The request is invalid.' };
  const id = wholeOf(draft, 'id');
  return id > 0 ? updateTicket(world, draft, id) : createTicket(world, draft);
}

function createTicket(world: World, draft: Draft): Saved {
  const { store } = world;
  if (textOf(draft, 'summary') === '') return { status: 400, message: 'Please enter a Summary' };
  const user = store.users.get(wholeOf(draft, 'user_id'));
  const site = store.sites.get(wholeOf(draft, 'site_id') || (user?.site_id ?? 0));
  const client = wholeOf(draft, 'client_id') || (site?.client_id ?? unknownClient);
  const isContradictory = (site?.client_id ?? client) !== client || (user !== undefined && user.site_id !== site?.id);
  if (isContradictory) return { status: 400, message: 'The User does not belong to the Site and Client' };
  const placed = site ?? store.sites.of('client', client)[0];
  const now = vendorTime(world);
  const ticket: HaloTicket = {
    status_id: 1,
    tickettype_id: 1,
    dateoccurred: now,
    ...members(draft),
    id: store.tickets.nextId(),
    client_id: client,
    site_id: placed?.id ?? 0,
    user_id: user?.id ?? 0,
    lastactiondate: now,
  };
  return kept(world, ticket, true);
}

function updateTicket(world: World, draft: Draft, id: number): Saved {
  const { store } = world;
  const before = store.tickets.get(id);
  if (before === undefined) return { status: 404, message: 'The record could not be found' };
  const after: HaloTicket = {
    ...before,
    ...members(draft),
    ...moved(world, before, draft),
    id,
    lastactiondate: vendorTime(world),
  };
  const related = relatedIds(draft);
  if (related.length > 0) after.related_tickets = [...new Set([...(before.related_tickets ?? []), ...related])];
  return kept(world, withClosing(world, before, after), false);
}

/** Where the ticket goes: the contact decides over the site, the site over the client. */
function moved({ store }: World, before: HaloTicket, draft: Draft): Partial<HaloTicket> {
  const user = store.users.get(wholeOf(draft, 'user_id'));
  if (user !== undefined && user.id !== before.user_id) {
    const home = store.sites.get(user.site_id ?? 0);
    return { user_id: user.id, site_id: home?.id ?? 0, client_id: user.client_id ?? home?.client_id ?? 0 };
  }
  const site = store.sites.get(wholeOf(draft, 'site_id'));
  if (site !== undefined && site.id !== before.site_id) return { site_id: site.id, client_id: site.client_id ?? 0 };
  const client = wholeOf(draft, 'client_id');
  if (client === 0 || client === before.client_id) return {};
  return { client_id: client, site_id: store.sites.of('client', client)[0]?.id ?? 0, user_id: 0 };
}

/** The status change of a ticket, by an update or by an action. */
export function withClosing(world: World, before: HaloTicket, after: HaloTicket): HaloTicket {
  if (after.status_id === before.status_id) return after;
  return { ...after, dateclosed: after.status_id === closedStatus ? vendorTime(world) : noDate };
}

function members(draft: Draft): Record<string, unknown> {
  const html = textOf(draft, 'details_html');
  const kept = Object.entries(draft).filter(([name]) => !commands.includes(name) && name !== 'assets');
  return { ...Object.fromEntries(kept), ...(html === '' ? {} : { details: plain(html) }) };
}

function relatedIds(draft: Draft): number[] {
  const related = draft['new_related_tickets'];
  if (!Array.isArray(related)) return [];
  return related
    .map((one: unknown) => (typeof one === 'number' ? one : Number((one as Draft | null)?.['id'] ?? 0)))
    .filter((id) => id > 0);
}

function kept({ store }: World, ticket: HaloTicket, isNew: boolean): Saved {
  store.tickets.put(ticket);
  store.forgetTexts();
  const view: View = ticketDetail(store, ticket, parseQuery('includedetails=true'));
  return { isNew, view };
}
