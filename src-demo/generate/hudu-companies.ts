// Northway IT's customers as its Hudu knows them. Ids are in no order and none of them is a Halo id. Four customers are left
// for a person to map: two by a name that is nearly right, one that only its integration gives away, and one whose name
// two companies share but for a letter.
import type { HuduRow } from '../hudu/records.ts';
import { demoNow, demoStart } from './calendar.ts';
import { companies } from './companies.ts';
import type { Company } from './companies.ts';
import type { Random } from '../random.ts';

/** What Hudu calls the customers that are not mapped yet. */
const unmappedNames: Readonly<Record<string, string>> = {
  'thornton-printing': 'Thornton Press',
  'yarrow-media': 'Yarrow Media',
  'zenith-components': 'Zenith Components Ltd.',
  'ashdown-estates': 'Ashdown Estates',
};

/** Hudu companies that are no customer's: the second Ashdown, the MSP itself, and one that left. */
const others = ['Ashdown Estate', 'Northway IT (internal)', 'Harrow Lane Furniture'] as const;

export type HuduCompanies = {
  readonly rows: readonly HuduRow[];
  readonly idOf: (company: Company) => number;
};

export function makeHuduCompanies(random: Random): HuduCompanies {
  const free = Array.from({ length: 500 }, (_, at) => 401 + at);
  const take = () => free.splice(random.whole(0, free.length - 1), 1)[0] ?? 0;
  const ids = new Map(companies.map((company) => [company.id, take()]));
  const idOf = (company: Company) => ids.get(company.id) ?? 0;
  const group = ids.get('acme-group');
  const rows = companies.map((company) => ({
    ...makeCompany(random, company, idOf(company)),
    // Parent and child are two customers (hudu.md §5 row 12).
    ...(company.id === 'acme-ltd' ? { parent_company_id: group } : {}),
  }));
  const rest = others.map((name) => ({
    id: take(),
    name,
    ...times(random),
    company_type: name.startsWith('Northway') ? 'Internal' : 'Client',
    ...(name.startsWith('Harrow') ? { archived: true } : {}),
  }));
  return { rows: [...rows, ...rest].sort((a, b) => a.id - b.id), idOf };
}

/** The customer's Hudu id where the mapping is made already. */
export function mappedHudu(company: Company, { idOf }: HuduCompanies): { hudu?: number } {
  return company.id in unmappedNames ? {} : { hudu: idOf(company) };
}

export function times(random: Random): { created_at: string; updated_at: string } {
  const created = demoStart + random.next() * (demoNow - demoStart) * 0.6;
  const updated = created + random.next() * (demoNow - created);
  return { created_at: new Date(created).toISOString(), updated_at: new Date(updated).toISOString() };
}

function makeCompany(random: Random, company: Company, id: number) {
  const name = unmappedNames[company.id] ?? company.name;
  const isLinked = !(company.id in unmappedNames) || company.id === 'yarrow-media';
  const hasAddress = isLinked || company.id === 'zenith-components';
  const integration = {
    id: 9000 + id,
    integrator_id: 1,
    integrator_name: 'halo',
    sync_id: company.halo,
    identifier: null,
    name: company.name,
    potential_company_id: null,
    company_id: id,
    company_name: name,
  };
  return {
    id,
    name,
    ...times(random),
    nickname: company.aliases[0] ?? null,
    id_number: isLinked ? company.code : null,
    website: hasAddress ? `https://www.${company.domain}` : '',
    phone_number: `01632 960${random.whole(100, 999)}`,
    company_type: 'Client',
    city: random.pick(['Aldbury', 'Brackenford', 'Cawthorpe', 'Dunmere', 'Eastholme']),
    notes: '',
    integrations: isLinked ? [integration] : [],
  };
}
