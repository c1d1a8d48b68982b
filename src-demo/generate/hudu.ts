// Northway IT's Hudu: puts the records of all customers together, gives them ids as the vendor's counters would, and adds
// the links that cross customers on purpose (hudu.md §5 rows 5, 9, 12).
import type { HaloAsset } from '../halopsa/records.ts';
import type { HuduKind, HuduRow } from '../hudu/records.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { companies, companyNamed } from './companies.ts';
import { makeGlobalArticles, makeHuduArticles } from './hudu-articles.ts';
import { createSecrets, huduLayouts, makeHuduAssets } from './hudu-assets.ts';
import type { HuduCompanies } from './hudu-companies.ts';
import { makeHuduCompanies, times } from './hudu-companies.ts';
import type { Customer } from './hudu-records.ts';
import {
  makeExpirations,
  makeNetworks,
  makePasswords,
  makeProcesses,
  makeTemplates,
  makeUploads,
  makeWebsites,
} from './hudu-records.ts';
import type { People } from './people.ts';
import { technicians } from './reference.ts';

const seed = 20261121;
/** Counters start apart, so that a test that mixes up two kinds finds nothing. */
const first: Partial<Record<HuduKind, number>> = {
  assets: 30_001,
  asset_passwords: 50_001,
  articles: 70_001,
  folders: 2001,
  password_folders: 2501,
  websites: 11_001,
  procedures: 13_001,
  procedure_tasks: 15_001,
  uploads: 17_001,
  relations: 21_001,
  expirations: 23_001,
  networks: 25_001,
  ip_addresses: 26_001,
  photos: 27_001,
  flags: 28_001,
  labels: 29_001,
};

type Records = Partial<Record<HuduKind, HuduRow[]>>;
type Sources = { readonly people: People; readonly assets: readonly HaloAsset[] };

export type Hudu = { readonly companies: HuduCompanies; readonly part: object };

/** The value of `vendors.hudu`, and which of its companies is which customer: the same at every call. */
export function makeHudu(sources: Sources): Hudu {
  const random = createRandom(seed);
  const secrets = createSecrets(random);
  const known = makeHuduCompanies(random);
  const records: Records = {};
  for (const company of companies) {
    const assets = makeHuduAssets(
      {
        random,
        secrets,
        company,
        id: known.idOf(company),
        servers: sources.assets.filter((one) => one.client_id === company.halo && one.assettype_name === 'Server'),
        staff: sources.people.users.filter((one) => one.client_id === company.halo && one.name !== 'General User'),
      },
      nextId(records, 'assets'),
    );
    add(records, 'assets', assets);
    addCustomer(records, { random, secrets, company, owner: known.idOf(company), assets });
  }
  addGlobal(records, random);
  addTraps(records, known);
  return {
    companies: known,
    part: {
      instance: 'northway-hudu',
      name: 'Hudu',
      // Fake, and only the emulator on this machine knows it.
      credential: { apiKey: 'demo-hudu-key-000000000001' },
      companies: known.rows,
      asset_layouts: huduLayouts,
      ...records,
      ...makeMatchers(known),
      users: makeUsers(),
    },
  };
}

function addCustomer(records: Records, customer: Customer): void {
  const { random, company, owner } = customer;
  const folder = nextId(records, 'folders');
  add(records, 'folders', [
    { id: folder, name: 'Procedures', company_id: owner, folder_type: 'article', ...times(random) },
  ]);
  const passwordFolder = nextId(records, 'password_folders');
  add(records, 'password_folders', [{ id: passwordFolder, name: 'Infrastructure', company_id: owner }]);
  add(records, 'asset_passwords', makePasswords(customer, passwordFolder));
  add(records, 'articles', makeHuduArticles(random, company, owner, folder));
  const website = nextId(records, 'websites');
  add(records, 'websites', makeWebsites(customer));
  add(records, 'expirations', makeExpirations(customer, website));
  const { procedures, tasks } = makeProcesses(customer, nextId(records, 'procedures'));
  add(records, 'procedures', procedures);
  add(records, 'procedure_tasks', tasks);
  add(records, 'uploads', makeUploads(customer));
  const { network, addresses } = makeNetworks(customer, nextId(records, 'networks'));
  add(records, 'networks', [network]);
  add(records, 'ip_addresses', addresses);
  const password = last(records, 'asset_passwords', (row) => row['passwordable_id'] === customer.assets[0]?.id);
  add(records, 'relations', [
    link(['Asset', customer.assets[0]], ['AssetPassword', password]),
    link(['Asset', customer.assets[1]], ['Asset', customer.assets[0]]),
  ]);
  add(records, 'photos', [
    {
      id: 0,
      name: 'Rack.png',
      company_id: owner,
      photoable_type: 'Asset',
      photoable_id: Number(customer.assets[0]?.id),
      content: `Picture of the rack at ${company.name}\n`,
    },
  ]);
  if (random.chance(0.3))
    add(records, 'flags', [
      {
        id: 0,
        flagable_type: 'Asset',
        flagable_id: Number(customer.assets[1]?.id),
        flag_type_id: 1,
        description: 'Replace this year',
      },
    ]);
  if (random.chance(0.3))
    add(records, 'labels', [{ id: 0, labelable_type: 'Company', labelable_id: owner, label_type_id: 1 }]);
}

function addGlobal(records: Records, random: Random): void {
  add(records, 'articles', makeGlobalArticles(random));
  const { procedures, tasks } = makeTemplates(nextId(records, 'procedures'));
  add(records, 'procedures', procedures);
  add(records, 'procedure_tasks', tasks);
  add(records, 'folders', [{ id: 0, name: 'Central', company_id: null, folder_type: 'article' }]);
  records.flag_types = [{ id: 1, name: 'End of life', color: 'Red' }];
  records.label_types = [{ id: 1, name: 'Priority customer', color: 'Blue', allowed_company_ids: [] }];
}

/** Whoever follows these links without looking at the owner at their end crosses customers. */
function addTraps(records: Records, { idOf }: HuduCompanies): void {
  const serverOf = (id: string) => records.assets?.find((row) => row.company_id === idOf(companyNamed(id)));
  const dental = serverOf('meridian-dental');
  const logistics = serverOf('meridian-logistics');
  const group = serverOf('acme-group');
  const article = records.articles?.find((row) => row.company_id === idOf(companyNamed('fernhill-school')));
  add(records, 'relations', [
    link(['Asset', dental], ['Asset', logistics], 'Shared virtual host'),
    link(['Asset', serverOf('acme-ltd')], ['AssetPassword', passwordOf(records, idOf(companyNamed('acme-group')))]),
    link(['Article', article], ['Asset', serverOf('fernhill-clinic')]),
  ]);
  // An asset link, a photo and a run whose other end is someone else's (hudu.md §5 row 9).
  replace(records, 'assets', dental, {
    fields: [...((dental?.['fields'] ?? []) as object[]), assetTag(logistics)],
  });
  records.public_photos = [
    {
      id: 'p9k3demo01',
      numeric_id: 1,
      record_type: 'Article',
      record_id: Number(article?.id),
      content: 'Picture in an article\n',
    },
  ];
  const run = records.procedures?.find((row) => row['parent_process_id'] !== undefined);
  replace(records, 'procedures', run, { asset: { id: group?.id, name: group?.name, company_id: group?.company_id } });
  records.rack_storages = [dental, logistics].map((row, at) => ({
    id: at + 1,
    name: 'Main rack',
    company_id: row?.company_id ?? null,
  }));
  records.rack_storage_items = [dental, logistics].map((row, at) => ({
    id: at + 1,
    company_id: row?.company_id ?? null,
    rack_storage_id: at + 1,
    asset_id: Number(row?.id),
    start_unit: 4,
    end_unit: 5,
  }));
  records.activity_logs = companies.slice(0, 12).map((company, at) => ({
    id: 90_001 + at,
    created_at: `2026-11-${String(at + 1).padStart(2, '0')}T09:00:00.000Z`,
    user_id: 1,
    user_email: 'amy.kowalski@northway.example',
    ip_address: '192.0.2.10',
    action_message: 'viewed',
    record_type: 'Company',
    record_id: idOf(company),
    record_name: company.name,
  }));
}

function assetTag(target: HuduRow | undefined): object {
  const value = JSON.stringify([{ id: target?.id, url: `/a/${String(target?.['slug'])}`, name: target?.name }]);
  return { id: 13, label: 'Linked devices', value, position: 3 };
}

function passwordOf(records: Records, owner: number): HuduRow | undefined {
  return records.asset_passwords?.find((row) => row.company_id === owner);
}

/** How Hudu matched the PSA's clients: every customer in one list. */
function makeMatchers({ rows }: HuduCompanies): { matchers: HuduRow[] } {
  const linked = rows.filter((row) => Array.isArray(row['integrations']) && row['integrations'].length > 0);
  return {
    matchers: linked.map((row, at) => ({
      id: 4001 + at,
      integration_id: 1,
      integrator_name: 'halo',
      company_id: Number(row.id),
      potential_company_id: null,
      name: row.name,
      sync_id: (row['integrations'] as { sync_id: number }[])[0]?.sync_id,
      identifier: null,
    })),
  };
}

/** The MSP's own people, with where they signed in from last (hudu.md §3.10). */
function makeUsers(): HuduRow[] {
  return technicians.map(({ name, email }, at) => {
    const [first_name = '', last_name = ''] = name.split(' ');
    const address = `192.0.2.${10 + at}`;
    return { id: at + 1, first_name, last_name, email, portal_member_company_id: null, last_sign_in_ip: address };
  });
}

type End = readonly [string, HuduRow | undefined];

function link([fromable_type, from]: End, [toable_type, to]: End, description: string | null = null): HuduRow {
  return {
    id: 0,
    fromable_type,
    fromable_id: Number(from?.id),
    toable_type,
    toable_id: Number(to?.id),
    description,
    is_inverse: false,
  };
}

/** Rows with id 0 get the next one of their kind. */
function add(records: Records, kind: HuduKind, rows: readonly HuduRow[]): void {
  const list = (records[kind] ??= []);
  for (const row of rows) list.push(row.id === 0 ? { ...row, id: nextId(records, kind) } : row);
}

function nextId(records: Records, kind: HuduKind): number {
  return Number(records[kind]?.at(-1)?.id ?? (first[kind] ?? 1) - 1) + 1;
}

function last(records: Records, kind: HuduKind, test: (row: HuduRow) => boolean): HuduRow | undefined {
  return records[kind]?.findLast(test);
}

function replace(records: Records, kind: HuduKind, row: HuduRow | undefined, change: object): void {
  const list = records[kind];
  const at = row === undefined || list === undefined ? -1 : list.indexOf(row);
  if (list !== undefined && row !== undefined && at >= 0) list[at] = { ...row, ...change };
}
