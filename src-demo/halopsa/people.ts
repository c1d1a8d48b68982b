// GET /Client, /Site and /Users (halopsa.md §5.1-5.3). `/Client` has no customer filter at all: it lists every
// customer. Any record is read by its id. The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { notFound, refuse } from './refusal.ts';
import { advancedTests, askedClients, candidates, matching, ordered, searchTest, wholeTest } from './filter.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { listAnswer, toText } from './list.ts';
import type { Query } from '../vendor/query.ts';
import type { HaloClient, HaloSite, HaloUser } from './records.ts';
import { clientDetail, clientView, siteView, userDetail, userView } from './views.ts';
import type { Call, World } from './world.ts';

export function listClients(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const found = matching(store.clients.all(), [
    ...activeTests(query),
    ...searchTest<HaloClient>(query, 'search', ['name']),
    ...wholeTest<HaloClient>(query, 'toplevel_id', 'toplevel_id'),
  ]);
  return listAnswer<HaloClient>(faults, query, {
    key: 'clients',
    rows: ordered(found, query),
    view: clientView,
    text: (client) => store.text(client, () => toText(clientView(client))),
    owner: null,
    asked: 0,
    everyone: () => [],
  });
}

export function readClient(world: World, { id, query }: Call): Answer {
  const client = world.store.clients.get(Number(id));
  if (client === undefined) return notFound(world.faults);
  const view = query.flag('includedetails') ? clientDetail(world.store, client) : clientView(client);
  return jsonAnswer(200, toText(view));
}

export function listSites(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  const toplevel = query.whole('toplevel_id');
  const found = matching(clients.length > 0 ? candidates(store.sites, clients, query) : store.sites.all(), [
    ...activeTests(query),
    ...wholeTest<HaloSite>(query, 'site_id', 'id'),
    ...searchTest<HaloSite>(query, 'search', ['name']),
    ...(toplevel === 0 ? [] : [(site: HaloSite) => store.clients.get(site.client_id ?? 0)?.toplevel_id === toplevel]),
  ]);
  return listAnswer(faults, query, {
    key: 'sites',
    rows: ordered(found, query),
    view: (site) => siteView(store, site),
    text: (site) => store.text(site, () => toText(siteView(store, site), ['client_id'])),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.sites.all(),
  });
}

export function readSite(world: World, { id }: Call): Answer {
  const site = world.store.sites.get(Number(id));
  if (site === undefined) return notFound(world.faults);
  const view = ownerDropped(world.faults, siteView(world.store, site), 'client_id');
  return jsonAnswer(200, toText(view, ['client_id']));
}

export function listUsers(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const advanced = advancedTests<HaloUser>(query);
  if (advanced === null) return refuse(faults, 400, 'Invalid advanced search parameter');
  const clients = askedClients(faults, query);
  const found = matching(candidates(store.users, clients, query), [
    ...activeTests(query),
    ...wholeTest<HaloUser>(query, 'site_id', 'site_id'),
    ...searchTest<HaloUser>(query, 'search', ['name', 'emailaddress', 'phonenumber']),
    ...searchTest<HaloUser>(query, 'search_phonenumbers', ['phonenumber', 'mobilenumber']),
    ...(query.flag('exclude_generaluser') ? [(user: HaloUser) => user.name !== 'General User'] : []),
    ...(query.flag('approvers_only') ? [(user: HaloUser) => user['isapprover'] === true] : []),
    ...advanced,
  ]);
  return listAnswer(faults, query, {
    key: 'users',
    rows: ordered(found, query),
    view: (user) => userView(store, user),
    text: (user) => store.text(user, () => toText(userView(store, user), ['site_id'])),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.users.all(),
  });
}

export function readUser(world: World, { id }: Call): Answer {
  const user = world.store.users.get(Number(id));
  if (user === undefined) return notFound(world.faults);
  const view = ownerDropped(world.faults, userDetail(world.store, user), 'client_id');
  return jsonAnswer(200, toText(view, ['site_id']));
}

/** Inactive records are listed only on request. */
function activeTests(query: Query): ((row: { readonly inactive?: boolean | undefined }) => boolean)[] {
  return query.flag('includeinactive') ? [] : [(row) => row.inactive !== true];
}
