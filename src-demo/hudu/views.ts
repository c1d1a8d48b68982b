// How raw records look when they are served: vendor defaults for members the file leaves out, names and addresses joined
// from other records (hudu.md §3, §8). Trusts the store.
import type { View } from '../vendor/rows.ts';
import type { HuduKind, HuduRow } from './records.ts';
import type { HuduStore } from './store.ts';

/** Where the emulator is reached, for the full addresses some records carry. */
export type Site = { readonly store: HuduStore; readonly origin: string };

export function viewOf(site: Site, kind: HuduKind, row: HuduRow): View {
  return views[kind]?.(site, row) ?? { ...row };
}

/** A stable made-up slug: the twelve hex digits that stand in a record's address. */
export function slugOf(kind: HuduKind, row: HuduRow): string {
  if (typeof row['slug'] === 'string') return row['slug'];
  let mixed = kind.length * 0x9e3779b1 + Number(row.id) * 0x85ebca6b;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  return `${mixed.toString(16).padStart(8, '0')}${(Number(row.id) & 0xffff).toString(16).padStart(4, '0')}`;
}

const times = { created_at: '2025-01-02T10:00:00.000Z', updated_at: '2026-04-01T10:00:00.000Z' };

const views: Partial<Record<HuduKind, (site: Site, row: HuduRow) => View>> = {
  companies: companyView,
  assets: assetView,
  asset_passwords: passwordView,
  articles: articleView,
  websites: websiteView,
  procedures: procedureView,
  procedure_tasks: ({ store }, row) => ({
    ...times,
    position: 1,
    completed: false,
    description: '',
    procedure_name: store.table('procedures').get(Number(row['procedure_id']))?.name ?? null,
    ...row,
  }),
  uploads: (_site, row) => fileView('uploads', row),
  photos: (_site, row) => fileView('photos', row),
  public_photos: (_site, { content: _content, ...row }) => ({ ...row, url: `/public_photo/${row.id}` }),
  folders: ({ store }, row) => ({ ...times, description: null, parent_folder_id: null, ...named(store, row), ...row }),
  password_folders: ({ store }, row) => ({
    ...times,
    description: null,
    security: 'all_users',
    allowed_groups: [],
    slug: slugOf('password_folders', row),
    ...named(store, row),
    ...row,
  }),
  relations: (site, row) => ({
    description: null,
    is_inverse: false,
    name: nameOf(site.store, row['toable_type'], row['toable_id']),
    ...row,
    fromable_url: addressOf(site.store, row['fromable_type'], row['fromable_id']),
    toable_url: addressOf(site.store, row['toable_type'], row['toable_id']),
  }),
  networks: (_site, row) => ({
    ...times,
    description: null,
    network_type: 0,
    archived: false,
    slug: slugOf('networks', row),
    ...row,
  }),
  ip_addresses: (_site, row) => ({
    ...times,
    status: 'unassigned',
    fqdn: null,
    asset_id: null,
    network_id: null,
    ...row,
  }),
  magic_dash: ({ store }, row) => ({ ...named(store, row), shade: null, icon: null, ...row }),
};

function companyView({ store, origin }: Site, row: HuduRow): View {
  const slug = slugOf('companies', row);
  const full = `${origin}/c/${slug}`;
  const blank = {
    address_line_1: '',
    address_line_2: null,
    city: '',
    state: null,
    zip: '',
    country_name: null,
    phone_number: '',
    fax_number: null,
    company_type: 'Client',
    website: '',
    notes: '',
    id_number: null,
    nickname: null,
    parent_company_id: null,
  };
  return {
    ...blank,
    ...times,
    object_type: 'Company',
    archived: false,
    integrations: [],
    ...row,
    slug,
    parent_company_name: store.company(row['parent_company_id'])?.name ?? null,
    url: `/c/${slug}`,
    full_url: full,
    passwords_url: `${full}/passwords`,
    knowledge_base_url: `${full}/kb`,
  };
}

function assetView({ store }: Site, row: HuduRow): View {
  const slug = slugOf('assets', row);
  const layout = store.table('asset_layouts').get(Number(row['asset_layout_id']));
  return {
    ...times,
    primary_serial: null,
    primary_mail: null,
    primary_model: null,
    primary_manufacturer: null,
    object_type: 'Asset',
    archived: false,
    fields: [],
    cards: [],
    asset_type: layout?.name ?? null,
    ...named(store, row),
    ...row,
    slug,
    url: `/a/${slug}`,
  };
}

/** The list serves the same as the record: password and OTP seed in plain text (§3.3). No company name. */
function passwordView({ store }: Site, row: HuduRow): View {
  const slug = slugOf('asset_passwords', row);
  const folder = store.table('password_folders').get(Number(row['password_folder_id']));
  return {
    ...times,
    passwordable_type: null,
    passwordable_id: null,
    username: null,
    description: null,
    password: '',
    otp_secret: null,
    password_type: null,
    login_url: null,
    password_folder_id: null,
    password_folder_name: folder?.name ?? null,
    ...row,
    slug,
    url: `/passwords/${slug}`,
  };
}

/** Sharing makes the article public to whoever has the address (§5 row 10). */
function articleView({ origin }: Site, row: HuduRow): View {
  const slug = slugOf('articles', row);
  return {
    ...times,
    draft: false,
    content: '',
    object_type: 'Article',
    folder_id: null,
    enable_sharing: false,
    public_photos: [],
    archived: false,
    ...row,
    slug,
    url: `/kba/${slug}`,
    share_url: row['enable_sharing'] === true ? `${origin}/shared_article/${slug}` : null,
  };
}

function websiteView({ store }: Site, row: HuduRow): View {
  const slug = slugOf('websites', row);
  return {
    code: 200,
    message: null,
    keyword: null,
    status: 'ready',
    monitoring_status: 'up',
    paused: false,
    headers: null,
    notes: null,
    account_id: 1,
    asset_field_id: null,
    disable_dns: false,
    disable_ssl: false,
    disable_whois: false,
    enable_dmarc_tracking: true,
    enable_dkim_tracking: true,
    enable_spf_tracking: true,
    object_type: 'Website',
    archived: false,
    refreshed_at: times.updated_at,
    ...named(store, row),
    ...row,
    url: `/websites/${slug}`,
  };
}

function procedureView({ store, origin }: Site, row: HuduRow): View {
  const slug = slugOf('procedures', row);
  const tasks = store.table('procedure_tasks').of('procedure', Number(row.id));
  const done = tasks.filter((task) => task['completed'] === true).length;
  return {
    ...times,
    description: null,
    archived: false,
    parent_process_id: null,
    asset: null,
    status: 'not_started',
    object_type: 'Procedure',
    ...named(store, row),
    total: tasks.length,
    completed: done,
    completion_percentage: tasks.length === 0 ? 0 : Math.round((100 * done) / tasks.length),
    procedure_tasks_attributes: tasks,
    ...row,
    slug,
    url: `/procedures/${slug}`,
    share_url: `${origin}/shared_procedure/${slug}`,
  };
}

/** Never the content; a photo keeps its owner, an upload has none (§3.8). */
function fileView(kind: HuduKind, row: HuduRow): View {
  const { content, ...members } = row;
  const size = Buffer.byteLength(typeof content === 'string' ? content : '');
  return {
    created_date: times.created_at,
    mime: 'text/plain',
    ext: 'txt',
    size,
    ...members,
    url: `/file/${slugOf(kind, row)}`,
  };
}

function named(store: HuduStore, row: HuduRow): View {
  return { company_name: store.company(row.company_id)?.name ?? null };
}

const linked: Readonly<Record<string, readonly [HuduKind, string]>> = {
  Asset: ['assets', '/a/'],
  AssetPassword: ['asset_passwords', '/passwords/'],
  Article: ['articles', '/kba/'],
  Website: ['websites', '/websites/'],
  Procedure: ['procedures', '/procedures/'],
  Company: ['companies', '/c/'],
};

function nameOf(store: HuduStore, type: unknown, id: unknown): string | null {
  const kind = linked[String(type)]?.[0];
  return kind === undefined ? null : (store.table(kind).get(Number(id))?.name ?? null);
}

function addressOf(store: HuduStore, type: unknown, id: unknown): string | null {
  const [kind, path] = linked[String(type)] ?? [];
  const row = kind === undefined ? undefined : store.table(kind).get(Number(id));
  return kind === undefined || row === undefined ? null : `${path}${slugOf(kind, row)}`;
}
