// A site: a place of the customer's.
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import { RecordId } from './ids.ts';

export const siteOwner: OwnerSelector = { owner: 'client_id', also: ['client.id'], within: ['client_id', 'client.id'] };

export const siteMembers = {
  id: RecordId,
  name: z.string().max(300),
  phone: z.string().max(300).optional(),
  notes: z.string().max(2000).optional(),
  isInactive: z.boolean(),
};

export function siteFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    phone: textOf(row, 'phonenumber', 300),
    notes: textOf(row, 'notes', 2000),
    isInactive: isSet(row, 'inactive'),
  };
}

/** The site that an argument `siteId` names. */
export const siteOf = {
  key: 'sites',
  probe: { path: '/Site', ownerParameter: 'client_id' },
  called: { kind: 'site', by: ['name'] },
  id: ({ siteId }: { readonly siteId?: number | undefined }) => siteId ?? 0,
  request: ({ siteId }: { readonly siteId?: number | undefined }) => ({ path: `/Site/${siteId}` }),
} as const;

export const SiteId = RecordId.describe('The site id, from site_list.');
