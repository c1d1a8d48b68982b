// Puts the demo MSP together: Northway IT, its people, its customers and everything in its HaloPSA.
import type { Random } from '../random.ts';
import { createRandom } from '../random.ts';
import { companies, topLevelOf, unmapped } from './companies.ts';
import type { Company } from './companies.ts';
import { makeAppointments, makeContracts, makeInvoices } from './agreements.ts';
import { makeArticles } from './articles.ts';
import { numberDrafts } from './drafts.ts';
import { makeAssets } from './hardware.ts';
import { makeHostile } from './hostile.ts';
import { makeHudu } from './hudu.ts';
import { mappedHudu } from './hudu-companies.ts';
import { makePax8 } from './pax8.ts';
import { others, whoLooksAfterWhom } from './desks.ts';
import { makePeople } from './people.ts';
import type { People } from './people.ts';
import { agents, outcomes, priorities, statuses, teams, technicians, ticketTypes } from './reference.ts';
import { makeTickets } from './tickets.ts';
import { makeTrapTickets, placeIn, withTrapAssets } from './traps.ts';

const seed = 20261120;

/** The value of `demo/northway.json`: the same at every call. */
export function buildNorthway(): object {
  const random = createRandom(seed);
  const people = makePeople(random);
  const pax8 = makePax8(people);
  const assets = withTrapAssets(makeAssets(random, people));
  const hudu = makeHudu({ people, assets });
  const place = placeIn(people);
  const drafts = [...makeTickets(random, { people, assets }), ...makeHostile(place), ...makeTrapTickets(place, people)];
  const { tickets, actions, attachments, idOf } = numberDrafts(random, drafts);
  return {
    format: 1,
    tenant: { id: 'northway-demo', name: 'Northway IT' },
    technicians: [...technicians, ...others],
    signedIn: 'amy.kowalski',
    customers: companies.map((company) => {
      const { id, code, name, domain, aliases, halo } = company;
      return {
        id,
        code,
        name,
        domain,
        aliases,
        vendors: { halopsa: halo, ...mappedHudu(company, hudu.companies), ...pax8.idOf(id) },
      };
    }),
    limits: { requestsPerMinute: 6000 },
    quota: { includedCalls: 100_000, overage: 'block' },
    policy: whoLooksAfterWhom,
    vendors: {
      halopsa: {
        instance: 'northway-halo',
        name: 'HaloPSA',
        tenant: 'northway',
        // Fake, and only the emulator on this machine knows them.
        credential: {
          clientId: 'de300000-0000-4000-8000-000000000001',
          clientSecret: 'de300000-0000-4000-8000-000000000002-de300000-0000-4000-8000-000000000003',
        },
        clients: makeClients(random, people),
        sites: people.sites,
        users: people.users,
        agents,
        tickets,
        actions,
        assets,
        attachments,
        articles: makeArticles(idOf('related')),
        invoices: makeInvoices(),
        contracts: makeContracts(people),
        appointments: makeAppointments(people),
        statuses,
        priorities,
        ticketTypes,
        teams,
        outcomes,
      },
      hudu: hudu.part,
      pax8: pax8.part,
    },
  };
}

function makeClients(random: Random, people: People): object[] {
  const siteOf = (halo: number) => {
    const site = people.sites.find((one) => one.client_id === halo);
    return { main_site_id: site?.id, main_site_name: site?.name };
  };
  const others = unmapped.map((one) => ({ id: one.halo, name: one.name, inactive: one.inactive, ...siteOf(one.halo) }));
  const clients = companies.map((company: Company) => ({
    id: company.halo,
    name: company.name,
    toplevel_id: topLevelOf(company).id,
    toplevel_name: topLevelOf(company).name,
    ...siteOf(company.halo),
    ref: company.code.replace('-', ''),
    pritech: random.pick(agents).id,
    accountmanagertech: 9,
    // Secrets the vendor keeps on the client record (halopsa.md §5.1), fake: a reader must project them away.
    ...(random.chance(0.2)
      ? { teamviewerpassword: 'demo-only-remote', api_access_clientsecret: 'demo-only-secret' }
      : {}),
  }));
  return [...others, ...clients];
}
