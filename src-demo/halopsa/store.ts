// One emulated Halo tenant in memory: tables with the indexes its lists need, and the text of rows already rendered.
// Trusts the schema that read the data file. Nothing here knows about HTTP or faults.
import type { HaloData } from '../demo-data.ts';
import type {
  HaloAction,
  HaloAgent,
  HaloAppointment,
  HaloArticle,
  HaloAsset,
  HaloAttachment,
  HaloClient,
  HaloContract,
  HaloInvoice,
  HaloSite,
  HaloTicket,
  HaloUser,
} from './records.ts';
import { Table } from '../vendor/table.ts';

export type HaloStore = {
  readonly clients: Table<HaloClient>;
  readonly sites: Table<HaloSite>;
  readonly users: Table<HaloUser>;
  readonly agents: Table<HaloAgent>;
  readonly tickets: Table<HaloTicket>;
  readonly assets: Table<HaloAsset>;
  readonly attachments: Table<HaloAttachment>;
  readonly articles: Table<HaloArticle>;
  readonly invoices: Table<HaloInvoice>;
  readonly contracts: Table<HaloContract>;
  readonly appointments: Table<HaloAppointment>;
  /** By ticket, newest first; replaced, never changed in place. */
  readonly actions: Map<number, readonly HaloAction[]>;
  readonly reference: Pick<HaloData, 'statuses' | 'priorities' | 'ticketTypes' | 'teams' | 'outcomes'>;
  /** The rendered text of a record, kept until the next write: a row's joins may reach any other record. */
  text(record: object, render: () => string): string;
  forgetTexts(): void;
};

export function createStore(data: HaloData): HaloStore {
  const sites = new Table(data.sites, { client: (site) => [site.client_id ?? 0] });
  const clientOfSite = (id: number | undefined) => sites.get(id ?? 0)?.client_id ?? 0;
  let texts = new WeakMap<object, string>();
  return {
    clients: new Table(data.clients, {}),
    sites,
    users: new Table(data.users, {
      client: (user) => [user.client_id ?? clientOfSite(user.site_id)],
      site: (user) => [user.site_id ?? 0],
    }),
    agents: new Table(data.agents, {}),
    tickets: new Table(
      data.tickets,
      {
        // The vendor's filter also finds a ticket through its site: that is how a row without owner gets into a
        // customer's list.
        client: (ticket) => [(ticket.client_id ?? 0) > 0 ? (ticket.client_id ?? 0) : clientOfSite(ticket.site_id)],
        site: (ticket) => [ticket.site_id ?? 0],
        user: (ticket) => [ticket.user_id ?? 0],
        parent: (ticket) => [ticket.parent_id ?? 0],
        asset: (ticket) => ticket.assets ?? [],
      },
      true,
    ),
    assets: new Table(data.assets, {
      client: (asset) => [asset.client_id ?? 0],
      site: (asset) => [asset.site_id ?? 0],
      parent: (asset) => [asset.parent_id ?? 0],
    }),
    attachments: new Table(data.attachments, { ticket: (file) => [file.ticket_id ?? 0] }),
    articles: new Table(data.articles, {}),
    invoices: new Table(data.invoices, { client: (invoice) => [invoice.client_id ?? 0] }, true),
    contracts: new Table(data.contracts, {
      client: (contract) => [contract.client_id ?? 0],
      site: (contract) => [contract.site_id ?? 0],
    }),
    appointments: new Table(data.appointments, {}),
    actions: byTicket(data.actions),
    reference: data,
    text(record, render) {
      const known = texts.get(record);
      if (known !== undefined) return known;
      const text = render();
      texts.set(record, text);
      return text;
    },
    forgetTexts() {
      texts = new WeakMap();
    },
  };
}

function byTicket(actions: readonly HaloAction[]): Map<number, readonly HaloAction[]> {
  const grouped = Map.groupBy(actions, (action) => action.ticket_id);
  for (const group of grouped.values()) group.sort((a, b) => b.id - a.id);
  return grouped;
}
