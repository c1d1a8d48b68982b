// POST /Actions, /Users, /Asset and /Attachment (halopsa.md §5.3, §5.5-5.7). A note can change its ticket's status, and can be
// moved or copied to any other ticket (§6 row 7). Drafts are untrusted.
import type { HaloAction, HaloAsset, HaloAttachment, HaloUser } from './records.ts';
import { withClosing } from './ticket-write.ts';
import { actionView, assetDetail, attachmentView, userDetail } from './views.ts';
import { vendorTime } from './world.ts';
import type { World } from './world.ts';
import type { Draft, Saved } from './writes.ts';
import { hasNumbersWhereNeeded, plain, textOf, wholeOf } from './writes.ts';

const refused: Saved = { status: 400, message: 'You do not have access to this Action at the moment' };
const invalid: Saved = { status: 400, message: 'The request is invalid.' };
const missing: Saved = { status: 404, message: 'The record could not be found' };
/** The agent the API application runs as (§3.3). */
const apiAgent = 1;

export function saveAction(world: World, draft: Draft): Saved {
  if (!hasNumbersWhereNeeded(draft, ['id', 'ticket_id', 'outcome_id', 'who_agentid', 'new_status'])) return invalid;
  const { store } = world;
  const ticketId = wholeOf(draft, 'ticket_id');
  if (store.tickets.get(ticketId) === undefined) return refused;
  const id = wholeOf(draft, 'id');
  const before = store.actions.get(ticketId)?.find((action) => action.id === id);
  if (id > 0 && before === undefined) return missing;
  const home = wholeOf(draft, 'move_to_id') || ticketId;
  if (store.tickets.get(home) === undefined) return refused;
  if (before !== undefined) remove(world, before);
  const action = append(
    world,
    home,
    { ...(before ?? newAction(world)), ...members(draft) },
    home === ticketId ? id : 0,
  );
  const copyTo = wholeOf(draft, 'copy_to_id');
  if (copyTo > 0 && store.tickets.get(copyTo) !== undefined) append(world, copyTo, action, 0);
  touchTicket(world, ticketId, wholeOf(draft, 'new_status'), action.datetime);
  store.forgetTexts();
  return { isNew: before === undefined, view: actionView(store, action) };
}

export function saveUser(world: World, draft: Draft): Saved {
  // `"95.0"` as text is refused; 95.0 as a number is a whole one (§4.5).
  if (!hasNumbersWhereNeeded(draft, ['id', 'site_id', 'site_id_int', 'client_id'])) return invalid;
  const { store } = world;
  const id = wholeOf(draft, 'id');
  const before = store.users.get(id);
  if (id > 0 && before === undefined) return missing;
  const name =
    textOf(draft, 'name') || `${textOf(draft, 'firstname')} ${textOf(draft, 'surname')}`.trim() || (before?.name ?? '');
  const siteId = wholeOf(draft, 'site_id') || wholeOf(draft, 'site_id_int') || (before?.site_id ?? 0);
  const site = store.sites.get(siteId);
  if (name === '' || site === undefined) return { status: 400, message: 'A User needs a Name and a Site' };
  const { new_password: _password, resetpassword: _reset, site_id_int: _site, ...given } = draft;
  const user: HaloUser = {
    ...before,
    ...given,
    id: before?.id ?? store.users.nextId(),
    name,
    site_id: site.id,
    client_id: site.client_id ?? 0,
  };
  store.users.put(user);
  store.forgetTexts();
  return { isNew: before === undefined, view: userDetail(store, user) };
}

/** An asset goes wherever `client_id` or `site_id` say. */
export function saveAsset(world: World, draft: Draft): Saved {
  if (!hasNumbersWhereNeeded(draft, ['id', 'site_id', 'client_id', 'parent_id', 'assettype_id'])) return invalid;
  const { store } = world;
  const id = wholeOf(draft, 'id');
  const before = store.assets.get(id);
  if (id > 0 && before === undefined) return missing;
  const asset: HaloAsset = { ...before, ...draft, id: before?.id ?? store.assets.nextId() };
  store.assets.put(asset);
  store.forgetTexts();
  return { isNew: before === undefined, view: assetDetail(store, asset) };
}

/** `copy_from_id` copies any attachment of anyone (§5.6). */
export function saveAttachment(world: World, draft: Draft): Saved {
  if (!hasNumbersWhereNeeded(draft, ['ticket_id', 'action_id', 'copy_from_id'])) return invalid;
  const { store } = world;
  const ticket = wholeOf(draft, 'ticket_id');
  if (store.tickets.get(ticket) === undefined) return invalid;
  const source = store.attachments.get(wholeOf(draft, 'copy_from_id'));
  const encoded = textOf(draft, 'data_base64').replace(/^data:[^,]*,/, '');
  const file: HaloAttachment = {
    id: store.attachments.nextId(),
    ticket_id: ticket,
    action_id: wholeOf(draft, 'action_id'),
    filename: textOf(draft, 'filename') || (source?.filename ?? 'file'),
    content: source?.content ?? Buffer.from(encoded, 'base64').toString('utf8'),
    datecreated: vendorTime(world),
  };
  store.attachments.put(file);
  store.forgetTexts();
  return { isNew: true, view: attachmentView(file) };
}

function newAction(world: World): Omit<HaloAction, 'id' | 'ticket_id'> {
  return { datetime: vendorTime(world), who_agentid: apiAgent };
}

function members(draft: Draft): Record<string, unknown> {
  const { id: _id, ticket_id: _ticket, move_to_id: _move, copy_to_id: _copy, ...given } = draft;
  const html = textOf(draft, 'note_html');
  return { ...given, ...(html !== '' && draft['note'] === undefined ? { note: plain(html) } : {}) };
}

function append({ store }: World, ticketId: number, action: Record<string, unknown>, id: number): HaloAction {
  const others = store.actions.get(ticketId) ?? [];
  const saved: HaloAction = { ...action, ticket_id: ticketId, id: id || (others[0]?.id ?? 0) + 1 };
  store.actions.set(
    ticketId,
    [...others, saved].sort((a, b) => b.id - a.id),
  );
  return saved;
}

function remove({ store }: World, action: HaloAction): void {
  const others = (store.actions.get(action.ticket_id) ?? []).filter((one) => one.id !== action.id);
  store.actions.set(action.ticket_id, others);
}

function touchTicket(world: World, id: number, status: number, at: string | undefined): void {
  const before = world.store.tickets.get(id);
  if (before === undefined) return;
  const after = { ...before, ...(status > 0 ? { status_id: status } : {}), lastactiondate: at ?? vendorTime(world) };
  world.store.tickets.put(withClosing(world, before, after));
}
