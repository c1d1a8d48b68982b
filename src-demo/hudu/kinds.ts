// What the vendor's API is like, kind by kind: envelope, filters, paging and owner (hudu.md §2.1, §3). A filter that is not
// named here is dropped silently, as the vendor drops it.
import type { HuduKind } from './records.ts';

export type Kind = {
  /** The wrapper of its lists; null is a bare array. A record read by id is wrapped in the same kinds. */
  readonly list: string | null;
  readonly single: string | null;
  /** Query parameters with an effect besides paging. */
  readonly filters: readonly string[];
  /** Members that `search` looks into. */
  readonly search: readonly string[];
  /** The member rows carry that leads to a customer; null when there is none. */
  readonly owner: string | null;
  readonly isPaged: boolean;
  /** The least a new record must have. */
  readonly needs: readonly string[];
  /** Whether records can be made, changed and deleted through the API at all. */
  readonly isWritable: boolean;
};

const usual: Kind = {
  list: null,
  single: null,
  filters: [],
  search: ['name'],
  owner: 'company_id',
  isPaged: true,
  needs: ['name'],
  isWritable: true,
};

export const kinds: Readonly<Record<HuduKind, Kind>> = {
  companies: wrapped('company', {
    list: 'companies',
    filters: split('name phone_number website city state id_number slug search id_in_integration updated_at'),
    search: split('name nickname city website id_number'),
    owner: 'id',
  }),
  assets: wrapped('asset', {
    filters: split('company_id id name primary_serial asset_layout_id archived slug search updated_at'),
    search: split('name primary_serial primary_model primary_mail'),
    needs: ['name', 'asset_layout_id'],
  }),
  asset_layouts: wrapped('asset_layout', { filters: split('name slug updated_at'), owner: null }),
  asset_passwords: wrapped('asset_password', {
    filters: split('company_id name archived slug search updated_at'),
    search: split('name username description url'),
    needs: ['name', 'company_id', 'password'],
  }),
  // `folder_id` and `archived` look like filters and are none (§3.4).
  articles: wrapped('article', {
    filters: split('company_id name draft enable_sharing slug search updated_at'),
    search: split('name content'),
  }),
  folders: wrapped('folder', { filters: split('company_id name in_company folder_type') }),
  password_folders: wrapped('password_folder', { filters: split('company_id name search') }),
  websites: { ...usual, filters: split('name slug search updated_at'), needs: ['name', 'company_id'] },
  procedures: wrapped('procedure', {
    filters: split('company_id name slug archived type process_scope parent_process_id'),
  }),
  procedure_tasks: wrapped('procedure_task', {
    filters: split('company_id name procedure_id'),
    owner: 'procedure_id',
    isPaged: false,
    needs: ['name', 'procedure_id'],
  }),
  uploads: { ...usual, owner: 'uploadable_id', needs: [] },
  photos: wrapped('photo', { filters: split('company_id photoable_type photoable_id folder_id'), needs: [] }),
  public_photos: wrapped('public_photo', { owner: 'record_id', needs: [] }),
  relations: wrapped('relation', {
    owner: 'fromable_id',
    needs: split('fromable_type fromable_id toable_type toable_id'),
  }),
  expirations: { ...usual, filters: split('company_id resource_type resource_id expiration_type'), needs: [] },
  activity_logs: {
    ...usual,
    filters: split('user_id user_email resource_type resource_id action_message start_date'),
    owner: null,
    isWritable: false,
  },
  matchers: wrapped('matcher', { filters: split('integration_id company_id sync_id identifier matched') }),
  users: {
    ...usual,
    filters: split('first_name last_name email slug search portal_member_company_id archived'),
    search: split('first_name last_name email'),
    owner: 'portal_member_company_id',
    isWritable: false,
  },
  groups: { ...usual, filters: split('name search'), owner: null, isWritable: false },
  networks: {
    ...usual,
    filters: split('company_id name slug address archived'),
    isPaged: false,
    needs: ['name', 'company_id'],
  },
  vlans: { ...usual, filters: split('company_id name vlan_id'), isPaged: false, needs: ['name', 'company_id'] },
  vlan_zones: { ...usual, filters: split('company_id name'), isPaged: false, needs: ['name', 'company_id'] },
  ip_addresses: {
    ...usual,
    filters: split('company_id asset_id network_id address status fqdn'),
    isPaged: false,
    needs: ['address', 'company_id'],
  },
  rack_storages: { ...usual, filters: split('company_id location_id'), isPaged: false, needs: ['name', 'company_id'] },
  rack_storage_items: { ...usual, isPaged: false, needs: ['rack_storage_id'] },
  flags: wrapped('flag', { filters: split('flagable_type flagable_id flag_type_id'), owner: 'flagable_id', needs: [] }),
  flag_types: wrapped('flag_type', { filters: split('name color'), owner: null }),
  labels: wrapped('label', {
    filters: split('labelable_type labelable_id label_type_id'),
    owner: 'labelable_id',
    needs: [],
  }),
  label_types: wrapped('label_type', { filters: split('name color'), owner: null }),
  magic_dash: { ...usual, filters: split('company_id title'), search: ['title'] },
  lists: { ...usual, filters: ['name'], owner: null, isPaged: false },
};

/** Lists that a company filter cannot narrow, so that a key for some companies may not either (§1). */
export function isUnfilterable(kind: HuduKind): boolean {
  return kind !== 'companies' && !kinds[kind].filters.includes('company_id');
}

function wrapped(single: string, more: Partial<Kind>): Kind {
  return { ...usual, list: `${single}s`, single, ...more };
}

function split(words: string): string[] {
  return words.split(' ');
}
