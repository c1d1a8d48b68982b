// A password record as the tools show it. The secrets are gone before this file sees the row (sealed.ts); the description
// stays out too, because people write passwords into it.
import { z } from 'zod';
import { memberOf, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HuduDate } from './date.ts';
import { RecordId } from './ids.ts';

const short = z.string().max(300);

export const credentialMembers = {
  id: RecordId,
  name: short,
  type: short.optional(),
  username: short.optional(),
  host: z.string().max(253).optional(),
  folder: short.optional(),
  updatedAt: HuduDate.optional(),
};

export function credentialFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    type: textOf(row, 'password_type', 300),
    username: textOf(row, 'username', 300),
    host: hostOf(memberOf(row, 'login_url')),
    folder: textOf(row, 'password_folder_name', 300),
    updatedAt: dateOf(row, 'updated_at'),
  };
}

/** The host of an address and nothing else of it: paths and queries carry tokens. Lower case. */
export function hostOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || address.length > 2000) return undefined;
  const text = address.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const host = url?.hostname.replace(/\.$/, '') ?? '';
  return /^[a-z0-9.:[\]-]{1,253}$/.test(host) ? host : undefined;
}

export const credentialTarget = {
  key: 'asset_password',
  probe: { path: '/asset_passwords', ownerParameter: 'company_id' },
  called: { kind: 'credential', by: ['name'] },
} as const;

export const credentialRequest = (id: number | string) => ({ path: `/asset_passwords/${id}` });
