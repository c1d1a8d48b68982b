// A small HaloPSA tenant with every trap the tools may meet: 12 is the bound customer, 31 the other one.
import { parseDemoData } from '../../src-demo/demo-data.ts';
import type { HaloData } from '../../src-demo/demo-data.ts';

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
  missing: 999_999,
} as const;

/** In no answer for customer 12, whatever happens. Every record of 31 carries one of these. */
export const foreignMarks = ['FOREIGN', 'Alder', 'foreign.example'];

/** Values of members that must never leave the worker, whoever's they are (halopsa.md §5). */
export const secretMarks = ['SECRET'];

const secrets = {
  teamviewerpassword: 'SECRET-tv',
  api_access_clientsecret: 'SECRET-api',
  twilio_subaccount_authtoken: 'SECRET-twilio',
  ncentral_remote_url: 'https://SECRET.example/remote',
  new_password: 'SECRET-password',
  customfields: [{ id: 1, name: 'CFAdmin', value: 'SECRET-custom' }],
  internalmemo: 'SECRET-memo',
};

export function haloData(extraTickets = 0): HaloData {
  const ticket = (id: number, owner: number | undefined, more: object = {}) => ({
    id,
    summary: owner === foreign ? `FOREIGN ${id}` : `Ticket ${id}`,
    details: owner === foreign ? 'FOREIGN details' : 'VPN drops',
    site_id: owner === foreign ? 19 : 18,
    user_id: owner === foreign ? 43 : 42,
    status_id: 1,
    dateoccurred: '2026-05-01T09:12:00',
    ...(owner === undefined ? {} : { client_id: owner }),
    ...more,
  });
  const raw = {
    format: 1,
    tenant: { id: 'msp', name: 'MSP' },
    technicians: [{ id: 'sam', name: 'Sam', email: 'sam@msp.example', roles: ['technician'] }],
    signedIn: 'sam',
    customers: [
      { id: 'acme', code: 'ACME-1', name: 'Acme', domain: 'acme.example', vendors: { halopsa: own } },
      { id: 'alder', code: 'ALDR-3', name: 'Alder', domain: 'foreign.example', vendors: { halopsa: foreign } },
    ],
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
            ...secrets,
          }),
          ticket(ids.foreignTicket, foreign),
          ticket(ids.ownerlessTicket, undefined, { summary: 'FOREIGN or not, nobody knows' }),
          ticket(ids.zeroTicket, 0, { summary: 'FOREIGN or not, nobody knows either' }),
          ticket(ids.childOfOther, foreign, { parent_id: ids.ticket }),
          ticket(ids.relatedOfOther, foreign),
          ticket(ids.ownChild, own, { parent_id: ids.ticket, status_id: 9 }),
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
      },
    },
  };
  const halo = parseDemoData(JSON.stringify(raw), 'test').vendors.halopsa;
  if (halo === undefined) throw new Error('the test data lost its vendor');
  return halo;
}
