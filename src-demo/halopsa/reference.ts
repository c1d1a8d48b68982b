// The tenant's reference lists (halopsa.md §5.11), mostly bare arrays, and the global search (§6 row 12).
// `/Agent` serves technicians' secrets as the vendor does: whoever calls must project. Callers are untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { notFound } from './refusal.ts';
import { matching, searchTest } from './filter.ts';
import { listAnswer } from './list.ts';
import type { HaloAgent, HaloAsset, HaloTicket, HaloUser } from './records.ts';
import type { Call, World } from './world.ts';

type Bare = 'statuses' | 'priorities' | 'ticketTypes' | 'teams' | 'outcomes';

/** A handler that answers one reference list as a bare array, paging ignored. */
export function listBare(kind: Bare): (world: World) => Answer {
  return ({ store }) => jsonAnswer(200, JSON.stringify(store.reference[kind]));
}

/** Categories and asset types are not in the data file: they are what tickets and assets use. */
export function listCategories({ store }: World): Answer {
  const names = new Set(store.tickets.all().map((ticket) => ticket.category_1 ?? ''));
  const rows = [...names]
    .filter((name) => name !== '')
    .sort()
    .map((value, at) => ({ id: at + 1, value, category_type: 1 }));
  return jsonAnswer(200, JSON.stringify(rows));
}

export function listAssetTypes({ store }: World): Answer {
  const names = new Map(store.assets.all().map((asset) => [asset.assettype_id ?? 0, asset.assettype_name ?? '']));
  const rows = [...names].sort(([a], [b]) => a - b).map(([id, name]) => ({ id, name }));
  return jsonAnswer(200, JSON.stringify(rows));
}

/** Ignores `search` (§4.4). */
export function listAgents({ store, faults }: World, { query }: Call): Answer {
  return listAnswer<HaloAgent>(faults, query, {
    key: 'results',
    rows: store.agents.all(),
    view: (agent) => agent,
    text: (agent) => store.text(agent, () => JSON.stringify(agent)),
    owner: null,
    asked: 0,
    everyone: () => [],
  });
}

export function readAgent({ store, faults }: World, { id }: Call): Answer {
  const agent = store.agents.get(Number(id));
  return agent === undefined ? notFound(faults) : jsonAnswer(200, JSON.stringify(agent));
}

export function listTopLevels({ store }: World): Answer {
  const names = new Map(store.clients.all().map((client) => [client.toplevel_id ?? 0, client.toplevel_name ?? '']));
  const tree = [...names].sort(([a], [b]) => a - b).map(([id, name]) => ({ id, name }));
  return jsonAnswer(200, JSON.stringify({ record_count: tree.length, tree }));
}

/** Everyone's tickets, contacts and assets: no parameter narrows it to a customer. */
export function searchEverything({ store }: World, { query }: Call): Answer {
  const most = query.whole('count_per_entity') || 10;
  const tickets = matching(store.tickets.all(), searchTest<HaloTicket>(query, 'search', ['summary', 'details']));
  const users = matching(store.users.all(), searchTest<HaloUser>(query, 'search', ['name', 'emailaddress']));
  const assets = matching(
    store.assets.all(),
    searchTest<HaloAsset>(query, 'search', ['inventory_number', 'key_field2']),
  );
  const owner = (id: number | undefined) => ({
    client_id: id ?? 0,
    client_name: store.clients.get(id ?? 0)?.name ?? '',
  });
  const results = [
    ...tickets
      .slice(0, most)
      .map((one) => ({ type: 'ticket', id: one.id, name: one.summary, ...owner(one.client_id) })),
    ...users.slice(0, most).map((one) => ({ type: 'user', id: one.id, name: one.name, ...owner(one.client_id) })),
    ...assets
      .slice(0, most)
      .map((one) => ({ type: 'asset', id: one.id, name: one.inventory_number, ...owner(one.client_id) })),
  ];
  return jsonAnswer(200, JSON.stringify({ record_count: results.length, results }));
}
