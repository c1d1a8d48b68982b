// An asset as lists and the detail show it. Left out on purpose: remote-control URLs and passwords, custom fields (which
// hold passwords in practice), the business owner (may be another customer), and every relation to other assets.
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { RecordId } from './ids.ts';

export const assetOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['client.id', 'site.client_id'],
  within: ['client_id', 'client.id', 'site.client_id'],
};

const short = z.string().max(300);

export const assetMembers = {
  id: RecordId,
  tag: short.optional(),
  name: short.optional(),
  type: short.optional(),
  site: short.optional(),
  user: short.optional(),
  isInactive: z.boolean(),
};

export function assetFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    tag: textOf(row, 'inventory_number', 300),
    name: textOf(row, 'key_field', 300),
    type: textOf(row, 'assettype_name', 300),
    site: textOf(row, 'site_name', 300),
    user: textOf(row, 'username', 300),
    isInactive: isSet(row, 'inactive'),
  };
}

/** The asset that an argument `assetId` names. */
export const assetOf = {
  key: 'assets',
  probe: { path: '/Asset', ownerParameter: 'client_id' },
  called: { kind: 'asset', by: ['key_field', 'inventory_number'] },
  id: ({ assetId }: { readonly assetId: number }) => assetId,
  request: ({ assetId }: { readonly assetId: number }) => ({ path: `/Asset/${assetId}` }),
} as const;
