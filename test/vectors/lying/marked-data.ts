// The demo MSP's data with every vendor's texts marked by their owner (marked.ts).
import type { DemoData } from '../../../src-demo/demo-data.ts';
import { marked, type Way } from './marked.ts';

type Ways = Readonly<Record<string, Way>>;

const halo: Ways = {
  clients: 'id',
  sites: 'client_id',
  users: 'client_id',
  tickets: 'client_id',
  actions: { parent: 'ticket_id', kind: 'tickets' },
  attachments: { parent: 'ticket_id', kind: 'tickets' },
  assets: 'client_id',
  invoices: 'client_id',
  contracts: 'client_id',
  appointments: 'client_id',
  articles: { readers: 'kbentryclientaccess', member: 'client_id' },
};

const hudu: Ways = {
  companies: 'id',
  assets: 'company_id',
  asset_passwords: 'company_id',
  articles: 'company_id',
  folders: 'company_id',
  password_folders: 'company_id',
  websites: 'company_id',
  procedures: 'company_id',
  procedure_tasks: { parent: 'procedure_id', kind: 'procedures' },
  photos: 'company_id',
  expirations: 'company_id',
  networks: 'company_id',
  ip_addresses: 'company_id',
  magic_dash: 'company_id',
};

const pax8: Ways = {
  companies: 'id',
  orders: 'companyId',
  subscriptions: 'companyId',
  usageSummaries: 'companyId',
  usageLines: { parent: 'usageSummaryId', kind: 'usageSummaries' },
  invoices: 'companyId',
  invoiceItems: 'companyId',
  draftItems: 'companyId',
  quotes: 'client.id',
};

export function markedData(data: DemoData): DemoData {
  const { vendors } = data;
  return {
    ...data,
    vendors: {
      ...vendors,
      ...(vendors.halopsa && { halopsa: marked(vendors.halopsa, halo) }),
      ...(vendors.hudu && { hudu: marked(vendors.hudu, hudu) }),
      ...(vendors.pax8 && { pax8: marked(vendors.pax8, pax8) }),
    },
  };
}
