// Sites and contacts of the companies. Every site has its "General User" (halopsa.md §5.3). Names are made up from two
// lists; phone numbers are from the ranges reserved for fiction (01632 960xxx, 555-01xx).
import type { HaloSite, HaloUser } from '../halopsa/records.ts';
import type { Company } from './companies.ts';
import { companies, unmapped } from './companies.ts';
import type { Random } from '../random.ts';

const firstNames =
  'Amelia Arjun Beatrice Ben Callum Carys Chloe Daniel Deepa Declan Eleanor Emeka Esther Farid Fiona Freya Gareth Grace Hannah Harvey Imogen Isaac Ivy Jamal Jane Jorge Kasia Kieran Laila Lewis Lucy Magnus Maeve Marta Mohammed Nadia Niamh Noah Olga Oscar Petra Priya Quentin Rachel Rhys Rosa Ruth Samir Sian Sophie Tariq Tessa Theo Uma Victor Wanda Will Yasmin Zach Zofia'.split(
    ' ',
  );
const lastNames =
  'Abbott Ahmed Baines Barlow Bennett Bhatt Brennan Calder Chandra Clarke Cooper Dacre Davies Doyle Eastwood Ellis Farrow Fisher Gallagher Ghosh Goodwin Hale Harding Hussain Ibrahim Ingram Jarvis Jenkins Kaur Kemp Knight Lambert Lister Lowe Mahmood Marsh Mensah Moody Nolan Novak Nwosu Okafor Osborne Parry Patel Pearce Quinn Rahman Reeves Rossi Sandhu Shaw Silva Stone Tanner Thorne Underwood Vance Varga Walsh Watts Weaver Whitlock Yates Young Zhou'.split(
    ' ',
  );
const jobs =
  'Office Manager,Receptionist,Director,Finance,Operations,Administrator,Team Leader,Assistant,Coordinator,Manager'.split(
    ',',
  );
const townNames = 'Aldbury Brackenford Cawthorpe Dunmere Eastholme Farleigh Greystoke Hollin Kirkwell Lowmoor'.split(
  ' ',
);

export type People = { readonly sites: readonly HaloSite[]; readonly users: readonly HaloUser[] };

/** "John Smith" works at both: seed trap of halopsa.md §7. */
const johnSmiths = ['meridian-dental', 'denholm-construction'];

export function makePeople(random: Random): People {
  const sites: HaloSite[] = [];
  const users: HaloUser[] = [];
  const general = (site: HaloSite) =>
    users.push({ id: 500 + users.length, name: 'General User', site_id: site.id, client_id: site.client_id });
  for (const client of unmapped) {
    const site = { id: 10 + sites.length, name: client.site, client_id: client.halo, inactive: client.inactive };
    sites.push(site);
    general(site);
  }
  for (const company of companies) {
    const own = company.sites.map((name, at) => makeSite(random, company, name, 10 + sites.length + at));
    sites.push(...own);
    own.forEach(general);
    for (const name of namesFor(random, company)) {
      const site = random.chance(0.6) ? own[0] : random.pick(own);
      users.push(
        makeUser(random, company, name, { id: 500 + users.length, site_id: site?.id, client_id: company.halo }),
      );
    }
  }
  return { sites, users };
}

function makeSite(random: Random, company: Company, name: string, id: number): HaloSite {
  const phone = `01632 960${random.whole(100, 999)}`;
  const address = {
    line1: `${random.whole(1, 90)} ${random.pick(['High Street', 'Station Road', 'Mill Lane', 'The Parade'])}`,
    line3: random.pick(townNames),
  };
  return { id, name, client_id: company.halo, phonenumber: phone, delivery_address: address };
}

function namesFor(random: Random, company: Company): Set<string> {
  const names = new Set<string>(johnSmiths.includes(company.id) ? ['John Smith'] : []);
  if (company.id === 'acme-ltd') names.add('Jane Doe');
  while (names.size < company.people) names.add(`${random.pick(firstNames)} ${random.pick(lastNames)}`);
  return names;
}

type Place = { readonly id: number; readonly site_id: number | undefined; readonly client_id: number };

function makeUser(random: Random, company: Company, name: string, place: Place): HaloUser {
  return {
    id: place.id,
    name,
    site_id: place.site_id,
    client_id: place.client_id,
    emailaddress: `${name.toLowerCase().replace(/ /g, '.')}@${company.domain}`,
    phonenumber: random.chance(0.8) ? `01632 960${random.whole(100, 999)}` : `555-01${random.whole(10, 99)}`,
    jobtitle: random.pick(jobs),
    ...(random.chance(0.06) ? { isimportantcontact: true, isapprover: true } : {}),
    ...(random.chance(0.03) ? { inactive: true } : {}),
  };
}
