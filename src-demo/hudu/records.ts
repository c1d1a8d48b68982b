// The raw Hudu records of a demo data file, in the vendor's own member names and filed under its own path names
// (hudu.md §3). Trusts nobody: the file may be hand-written. Only the members the emulator joins or filters on are typed;
// every other member passes through. A member left out gets the vendor's default when it is served.
import { z } from 'zod';

const id = z.number().int().positive();
/** The owner. Null is global, left out is a row nobody can prove. */
const owner = id.nullable().optional();
const text = z.string().nullable().optional();
const flag = z.boolean().optional();

const field = z.looseObject({ id, label: z.string(), value: z.unknown() });
const owned = z.looseObject({ id, name: text, company_id: owner, archived: flag });
const company = z.looseObject({ id, name: z.string(), parent_company_id: owner, archived: flag });
const asset = z.looseObject({
  id,
  name: z.string(),
  company_id: owner,
  asset_layout_id: id.optional(),
  archived: flag,
  fields: z.array(field).optional(),
  cards: z.array(z.looseObject({ id })).optional(),
});
const layout = z.looseObject({
  id,
  name: z.string(),
  fields: z.array(z.looseObject({ id, label: z.string(), field_type: z.string() })),
});
/** Nothing but a parent of any kind leads to the owner. */
const hung = z.looseObject({ id });
const relation = z.looseObject({ id, fromable_type: text, fromable_id: owner, toable_type: text, toable_id: owner });
const task = z.looseObject({ id, name: text, procedure_id: id });
/** `content` is the file's text: served as bytes, never listed. */
const upload = z.looseObject({ id, name: text, uploadable_type: text, uploadable_id: owner, content: text });
/** The id is a slug, its number stands beside it. */
const publicPhoto = z.looseObject({ id: z.string(), numeric_id: id, record_type: text, record_id: owner });

/** Everything one Hudu instance holds. */
export const huduRecords = {
  companies: z.array(company),
  assets: z.array(asset).default([]),
  asset_layouts: z.array(layout).default([]),
  asset_passwords: z.array(owned).default([]),
  articles: z.array(owned).default([]),
  folders: z.array(owned).default([]),
  password_folders: z.array(owned).default([]),
  websites: z.array(owned).default([]),
  procedures: z.array(owned).default([]),
  procedure_tasks: z.array(task).default([]),
  uploads: z.array(upload).default([]),
  photos: z.array(owned).default([]),
  public_photos: z.array(publicPhoto).default([]),
  relations: z.array(relation).default([]),
  expirations: z.array(owned).default([]),
  activity_logs: z.array(z.looseObject({ id })).default([]),
  matchers: z.array(owned).default([]),
  users: z.array(z.looseObject({ id, portal_member_company_id: owner })).default([]),
  groups: z.array(z.looseObject({ id })).default([]),
  networks: z.array(owned).default([]),
  vlans: z.array(owned).default([]),
  vlan_zones: z.array(owned).default([]),
  ip_addresses: z.array(owned).default([]),
  rack_storages: z.array(owned).default([]),
  rack_storage_items: z.array(owned).default([]),
  flags: z.array(hung).default([]),
  flag_types: z.array(z.looseObject({ id })).default([]),
  labels: z.array(hung).default([]),
  label_types: z.array(z.looseObject({ id })).default([]),
  magic_dash: z.array(owned).default([]),
  lists: z.array(z.looseObject({ id })).default([]),
};

export type HuduKind = keyof typeof huduRecords;

/** Any record: all kinds are served by the same code, which looks at few of their members. */
export type HuduRow = {
  readonly id: number | string;
  readonly company_id?: number | null | undefined;
  readonly name?: string | null | undefined;
  readonly archived?: boolean | undefined;
  readonly [member: string]: unknown;
};
