// What HaloPSA's records are to a liar (../vendor/lie.ts). Trusts the store.
import type { Random } from '../random.ts';
import type { LieCall, LieSource } from '../vendor/lie.ts';
import type { View } from '../vendor/rows.ts';
import { appointmentView } from './appointments.ts';
import { contractView } from './contracts.ts';
import type { HaloStore } from './store.ts';
import { ticketView } from './ticket-views.ts';
import {
  actionView,
  articleDetail,
  assetView,
  attachmentView,
  clientView,
  invoiceView,
  siteView,
  userView,
} from './views.ts';

export function haloLies(store: HaloStore): LieSource {
  return {
    owners: ['client_id', 'ticket_id', 'site_id'],
    nests: [
      'children',
      'related_tickets',
      'assets',
      'users',
      'child_assets',
      'parent_assets',
      'attachments',
      'actions',
      'lines',
    ],
    areOwners: (call) => resourceOf(call) === 'client',
    asked: ({ query }) => {
      const asked = ['client_id', 'ticket_id', 'site_id'].map((name) => [name, query.whole(name)] as const);
      return Object.fromEntries(asked.filter(([, value]) => value > 0));
    },
    anyone: (call, random) => anyone(store, resourceOf(call), random),
  };
}

/** The path's second part: `/api/Tickets/12` is of `tickets`; of articles the third as well. */
function resourceOf({ path }: LieCall): string {
  const [, , resource = '', id = ''] = path.toLowerCase().split('/');
  // Articles name their customers only in their detail.
  return resource === 'kbarticle' && id === '' ? 'kbarticles' : resource;
}

function anyone(store: HaloStore, resource: string, random: Random): View | undefined {
  const one = <T>(rows: readonly T[], view: (row: T) => View) =>
    rows.length === 0 ? undefined : view(random.pick(rows));
  switch (resource) {
    case 'tickets':
      return one(store.tickets.all(), (ticket) => ticketView(store, ticket));
    case 'actions':
      return one(store.actions.get(random.pick(store.tickets.all()).id) ?? [], (action) => actionView(store, action));
    case 'attachment':
      return one(store.attachments.all(), attachmentView);
    case 'client':
      return one(store.clients.all(), clientView);
    case 'site':
      return one(store.sites.all(), (site) => siteView(store, site));
    case 'users':
      return one(store.users.all(), (user) => userView(store, user));
    case 'asset':
      return one(store.assets.all(), (asset) => assetView(store, asset));
    case 'invoice':
      return one(store.invoices.all(), (invoice) => invoiceView(store, invoice));
    case 'clientcontract':
      return one(store.contracts.all(), (contract) => contractView(store, contract));
    case 'appointment':
      return one(store.appointments.all(), (appointment) => appointmentView(store, appointment));
    case 'kbarticle':
      return one(store.articles.all(), articleDetail);
    default:
      // Lists of articles name no customer; reference lists are nobody's.
      return undefined;
  }
}
