// A small HaloPSA tenant with every trap the tools may meet: 12 is the bound customer, 31 the other one.
import { parseDemoData } from '../../src-demo/demo-data.ts';
import type { HaloData } from '../../src-demo/demo-data.ts';
import { twoCustomers } from './two-customers.ts';

export const own = 12;
export const foreign = 31;

/** Ids by what they are. */
export const ids = {
  ticket: 2204,
  foreignTicket: 2205,
  ownerlessTicket: 2206,
  zeroTicket: 2207,
  childOfOther: 2208,
  relatedOfOther: 2209,
  ownChild: 2210,
  asset: 301,
  foreignAsset: 302,
  /** Served as bytes and as a link. */
  file: 9001,
  linkedFile: 9002,
  foreignFile: 9003,
  invoice: 7001,
  /** Billed for another's services, and billed to another. */
  servedToOther: 7002,
  billedToOther: 7003,
  foreignInvoice: 7004,
  article: 77,
  sharedArticle: 78,
  foreignArticle: 79,
  openArticle: 80,
  missing: 999_999,
} as const;

/** In no answer for customer 12, whatever happens. Every record of 31 carries one of these. */
export const foreignMarks = ['FOREIGN', 'Alder', 'foreign.example'];

/** Values of members that must never leave the worker, whoever's they are (halopsa.md §5). */
export const secretMarks = ['SECRET', '990123'];

const secrets = {
  teamviewerpassword: 'SECRET-tv',
  api_access_clientsecret: 'SECRET-api',
  twilio_subaccount_authtoken: 'SECRET-twilio',
  ncentral_remote_url: 'https://SECRET.example/remote',
  new_password: 'SECRET-password',
  customfields: [{ id: 1, name: 'CFAdmin', value: 'SECRET-custom' }],
  internalmemo: 'SECRET-memo',
  costperperiod: 990_123,
  revenue: 990_123,
  internalmemoagent: 'SECRET-memo',
};

const appointmentTime = { start_date: '2026-11-10T10:00:00', end_date: '2026-11-10T11:00:00', agent_id: 3 };

export function haloData(extraTickets = 0): HaloData {
  const ticket = (id: number, owner: number | undefined, more: object = {}) => ({
    id,
    summary: owner === foreign ? `FOREIGN ${id}` : `Ticket ${id}`,
    details: owner === foreign ? 'FOREIGN VPN' : 'VPN drops',
    site_id: owner === foreign ? 19 : 18,
    user_id: owner === foreign ? 43 : 42,
    status_id: 1,
    dateoccurred: '2026-05-01T09:12:00',
    ...(owner === undefined ? {} : { client_id: owner }),
    ...more,
  });
  const raw = {
    ...twoCustomers('halopsa', own, foreign),
    vendors: {
      halopsa: {
        instance: 'halo',
        name: 'Halo',
        tenant: 'msp',
        credential: { clientId: 'app-guid', clientSecret: 'app-secret' },
        clients: [
          { id: own, name: 'Acme', ref: 'ACM', toplevel_id: 2, toplevel_name: 'FOREIGN group', ...secrets },
          { id: foreign, name: 'Alder', toplevel_id: 2, notes: 'FOREIGN', ...secrets },
        ],
        sites: [
          { id: 18, name: 'Head Office', client_id: own, ...secrets },
          { id: 19, name: 'FOREIGN site', client_id: foreign },
        ],
        users: [
          { id: 42, name: 'John Smith', site_id: 18, client_id: own, emailaddress: 'john@acme.example', ...secrets },
          { id: 43, name: 'John Smith', site_id: 19, client_id: foreign, emailaddress: 'john@foreign.example' },
        ],
        agents: [
          { id: 1, name: 'API' },
          { id: 3, name: 'Sam Tech', password: 'SECRET-agent', orion_password: 'SECRET-orion' },
        ],
        tickets: [
          ticket(ids.ticket, own, {
            parent_id: ids.foreignTicket,
            merged_into_id: ids.relatedOfOther,
            clonedfrom_summary: 'FOREIGN clone',
            client_to_invoice_to_id: foreign,
            related_tickets: [ids.relatedOfOther, ids.ownChild],
            assets: [ids.asset, ids.foreignAsset],
            agent_id: 3,
            fixbydate: '2026-05-01T17:12:00',
            ...secrets,
          }),
          ticket(ids.foreignTicket, foreign, { fixbydate: '2026-05-01T16:00:00' }),
          ticket(ids.ownerlessTicket, undefined, { summary: 'FOREIGN or not, nobody knows' }),
          ticket(ids.zeroTicket, 0, { summary: 'FOREIGN or not, nobody knows either' }),
          ticket(ids.childOfOther, foreign, { parent_id: ids.ticket }),
          ticket(ids.relatedOfOther, foreign),
          ticket(ids.ownChild, own, { parent_id: ids.ticket, status_id: 9, dateclosed: '2026-05-02T09:00:00' }),
          ...Array.from({ length: extraTickets }, (_, at) => ticket(5000 + at, own)),
        ],
        actions: [
          {
            ticket_id: ids.ticket,
            id: 1,
            note: 'Mail came in',
            who: 'John Smith',
            emailfrom: 'john@acme.example',
            emailcc: 'x@foreign.example',
          },
          {
            ticket_id: ids.ticket,
            id: 2,
            note: 'Restarted tunnel',
            who_agentid: 3,
            hiddenfromuser: true,
            datetime: '2026-05-01T09:40:00',
          },
          { ticket_id: ids.foreignTicket, id: 1, note: 'FOREIGN note', who_agentid: 3 },
          { ticket_id: ids.childOfOther, id: 1, note: 'FOREIGN child note', who_agentid: 3 },
        ],
        assets: [
          {
            id: ids.asset,
            inventory_number: 'ACM-LT-01',
            key_field: 'LAPTOP01',
            client_id: own,
            site_id: 18,
            business_owner_client: 'Alder',
            ...secrets,
          },
          {
            id: ids.foreignAsset,
            inventory_number: 'FOREIGN-LT',
            key_field: 'FOREIGN',
            client_id: foreign,
            site_id: 19,
            parent_id: ids.asset,
          },
        ],
        attachments: [
          { id: ids.file, ticket_id: ids.ticket, action_id: 1, filename: 'log.txt', content: 'tunnel down' },
          { id: ids.linkedFile, ticket_id: ids.ticket, action_id: 1, filename: 'trace.log', content: 'tunnel up' },
          {
            id: ids.foreignFile,
            ticket_id: ids.foreignTicket,
            action_id: 1,
            filename: 'FOREIGN.txt',
            content: 'FOREIGN',
          },
        ],
        articles: [
          { id: ids.article, name: 'VPN reset', description: 'Restart it.', kbentryclientaccess: [{ client_id: own }] },
          {
            id: ids.sharedArticle,
            name: 'VPN for both',
            description: 'Also restart it.',
            ticket_id: ids.foreignTicket,
            kbentryclientaccess: [{ client_id: foreign, client_name: 'Alder' }, { client_id: own }],
            devices: [{ id: ids.foreignAsset, name: 'FOREIGN' }],
            ...secrets,
          },
          {
            id: ids.foreignArticle,
            name: 'VPN FOREIGN',
            description: 'FOREIGN',
            kbentryclientaccess: [{ client_id: foreign }],
          },
          { id: ids.openArticle, name: 'VPN of FOREIGN origin, for all', description: 'x', showforall: true },
        ],
        invoices: [
          {
            id: ids.invoice,
            client_id: own,
            total: 480,
            ...secrets,
            lines: [{ id: 1, item_shortdescription: 'Hours', qty_order: 4, unit_cost: 990_123 }],
          },
          { id: ids.servedToOther, client_id: own, original_client_id: foreign, original_client_name: 'Alder' },
          { id: ids.billedToOther, client_id: own, client_to_invoice_to_id: foreign, invoicenumber: 'FOREIGN' },
          { id: ids.foreignInvoice, client_id: foreign, invoicenumber: 'FOREIGN' },
        ],
        contracts: [
          { id: 401, client_id: own, ref: 'ACM-SUPPORT', ...secrets },
          { id: 402, client_id: foreign, ref: 'FOREIGN', note: 'FOREIGN' },
        ],
        appointments: [
          { id: 8001, client_id: own, subject: 'Visit', ...appointmentTime },
          { id: 8002, client_id: foreign, subject: 'FOREIGN', ...appointmentTime },
          { id: 8003, subject: 'Internal, about FOREIGN', ...appointmentTime },
        ],
        statuses: [
          { id: 1, name: 'New' },
          { id: 2, name: 'In Progress' },
          { id: 9, name: 'Closed' },
        ],
        priorities: [{ id: '7c0d7a0e-4a07-4d60-9d1a-000000000003', priorityid: 3, name: 'Medium' }],
        ticketTypes: [{ id: 1, name: 'Incident' }],
        teams: [{ id: 1, name: 'Service Desk' }],
      },
    },
  };
  const halo = parseDemoData(JSON.stringify(raw), 'test').vendors.halopsa;
  if (halo === undefined) throw new Error('the test data lost its vendor');
  return halo;
}
