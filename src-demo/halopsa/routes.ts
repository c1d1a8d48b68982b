// The API paths the emulator serves and the scope each needs (halopsa.md §3.3, §4.1). A path that is not here is 404.
import { listActions, readAction } from './actions.ts';
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer } from '../vendor/answer.ts';
import { notFound, refuse } from './refusal.ts';
import { listAppointments } from './appointments.ts';
import { listAttachments, readAttachment } from './attachments.ts';
import { listContracts, readContract } from './contracts.ts';
import { saveAction, saveAsset, saveAttachment, saveUser } from './other-writes.ts';
import { listClients, listSites, listUsers, readClient, readSite, readUser } from './people.ts';
import {
  listAgents,
  listAssetTypes,
  listBare,
  listCategories,
  listTopLevels,
  readAgent,
  searchEverything,
} from './reference.ts';
import { listArticles, listAssets, listInvoices, readArticle, readAsset, readInvoice } from './things.ts';
import { saveTicket } from './ticket-write.ts';
import { listTickets, readTicket } from './tickets.ts';
import type { Call, World } from './world.ts';
import { saveAll, saveOne } from './writes.ts';

type Handler = (world: World, call: Call) => Answer;
type Route = {
  /** `read:area` and `edit:area`; null needs any token. */
  readonly area: string | null;
  readonly list: Handler;
  readonly read?: Handler;
  readonly save?: Handler;
  readonly saveObject?: Handler;
};

/** By the path's second part in lower case: paths are matched in any case (§4.1). */
const routes = new Map<string, Route>(
  Object.entries({
    tickets: {
      area: 'tickets',
      list: listTickets,
      read: readTicket,
      save: (world, call) => saveAll(world, call, saveTicket),
      saveObject: (world, call) => saveOne(world, call, saveTicket),
    },
    actions: {
      area: 'tickets',
      list: listActions,
      read: readAction,
      save: (world, call) => saveAll(world, call, saveAction),
    },
    attachment: {
      area: 'tickets',
      list: listAttachments,
      read: readAttachment,
      save: (world, call) => saveAll(world, call, saveAttachment),
    },
    client: { area: 'customers', list: listClients, read: readClient },
    site: { area: 'customers', list: listSites, read: readSite },
    users: {
      area: 'customers',
      list: listUsers,
      read: readUser,
      save: (world, call) => saveAll(world, call, saveUser),
    },
    toplevel: { area: 'customers', list: listTopLevels },
    asset: {
      area: 'assets',
      list: listAssets,
      read: readAsset,
      save: (world, call) => saveAll(world, call, saveAsset),
    },
    kbarticle: { area: 'kb', list: listArticles, read: readArticle },
    invoice: { area: 'invoices', list: listInvoices, read: readInvoice },
    clientcontract: { area: 'contracts', list: listContracts, read: readContract },
    appointment: { area: 'calendar', list: listAppointments },
    search: { area: null, list: searchEverything },
    agent: { area: null, list: listAgents, read: readAgent },
    status: { area: null, list: listBare('statuses') },
    priority: { area: null, list: listBare('priorities') },
    tickettype: { area: null, list: listBare('ticketTypes') },
    team: { area: null, list: listBare('teams') },
    outcome: { area: null, list: listBare('outcomes') },
    category: { area: null, list: listCategories },
    assettype: { area: null, list: listAssetTypes },
  } satisfies Record<string, Route>),
);

/** Answers `/api/{resource}` and `/api/{resource}/{id}`. */
export function answerCall(world: World, resource: string, call: Call, scopes: ReadonlySet<string>): Answer {
  const route = routes.get(resource.toLowerCase());
  if (route === undefined) return notFound(world.faults);
  const handler = handlerOf(route, call);
  if (handler === undefined) return emptyAnswer(405);
  const isWrite = call.method === 'POST';
  if (!isAllowed(scopes, route.area, isWrite))
    return refuse(world.faults, 403, 'The scope of this token does not allow this');
  return handler(world, call);
}

function handlerOf(route: Route, call: Call): Handler | undefined {
  if (call.method === 'POST') {
    if (call.id === '') return route.save;
    return call.id.toLowerCase() === 'object' ? route.saveObject : undefined;
  }
  if (call.method !== 'GET') return undefined;
  return call.id === '' ? route.list : route.read;
}

function isAllowed(scopes: ReadonlySet<string>, area: string | null, isWrite: boolean): boolean {
  if (area === null || ['all', 'all:standard', 'admin'].some((scope) => scopes.has(scope))) return true;
  return scopes.has(`${isWrite ? 'edit' : 'read'}:${area}`);
}
