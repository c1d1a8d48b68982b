// GET /Actions (halopsa.md §5.5): a ticket's timeline. Rows name a ticket, never a customer, and two flags pull in the
// notes of other tickets, whoever owns those (§6 row 5). The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { notFound, refuse } from './refusal.ts';
import { matching } from './filter.ts';
import type { Test } from './filter.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { listAnswer, toText } from './list.ts';
import type { Query } from '../vendor/query.ts';
import type { HaloAction } from './records.ts';
import { actionView } from './views.ts';
import type { Call, World } from './world.ts';

const missingTicket = 'Object reference not set to an instance of an object.';

export function listActions(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const ticket = query.whole('ticket_id');
  if (ticket === 0) return refuse(faults, 500, missingTicket);
  const view = (action: HaloAction) => actionView(store, action);
  return listAnswer(faults, query, {
    key: 'actions',
    rows: matching([...(store.actions.get(ticket) ?? []), ...pulledIn(world, ticket, query)], tests(query)),
    view,
    text: (action) => store.text(action, () => toText(view(action))),
    owner: 'ticket_id',
    asked: ticket,
    everyone: () => store.actions.values().flatMap((group) => group),
  });
}

export function readAction(world: World, { id, query }: Call): Answer {
  const ticket = query.whole('ticket_id');
  if (ticket === 0) return refuse(world.faults, 500, missingTicket);
  const action = world.store.actions.get(ticket)?.find((one) => one.id === Number(id));
  if (action === undefined) return notFound(world.faults);
  return jsonAnswer(200, toText(ownerDropped(world.faults, actionView(world.store, action), 'ticket_id')));
}

function pulledIn({ store }: World, ticketId: number, query: Query): readonly HaloAction[] {
  const children = query.flag('ischildnotes') ? store.tickets.of('parent', ticketId).map((child) => child.id) : [];
  const related = query.flag('isrelatednotes') ? (store.tickets.get(ticketId)?.related_tickets ?? []) : [];
  return [...children, ...related].flatMap((id) => store.actions.get(id) ?? []);
}

function tests(query: Query): Test<HaloAction>[] {
  const isMail = (action: HaloAction) => (action.emailfrom ?? '') !== '';
  const isAgent = (action: HaloAction) => (action.who_agentid ?? 0) > 0;
  return [
    ...(query.flag('excludeprivate') ? [(action: HaloAction) => action.hiddenfromuser !== true] : []),
    ...(query.flag('excludesys') ? [(action: HaloAction) => isAgent(action) || isMail(action)] : []),
    ...(query.flag('conversationonly')
      ? [(action: HaloAction) => isMail(action) || action.hiddenfromuser !== true]
      : []),
    ...(query.flag('agentonly') ? [isAgent] : []),
    ...(query.flag('importantonly') ? [(action: HaloAction) => action.important === true] : []),
    ...(query.flag('timeentriesonly') ? [(action: HaloAction) => (action.timetaken ?? 0) > 0] : []),
  ];
}
