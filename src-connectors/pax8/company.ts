// The bound customer's own company, and how companies look to whoever maps them.
import type { VendorCustomer } from '../../src-shared/contract/worker.ts';
import type { NamedOwner } from '../naming.ts';
import { type Row, textOf } from '../row.ts';
import { idOf } from './ids.ts';
import { probe } from './style.ts';

export const companyOwner: NamedOwner = { owner: 'id', also: ['companyId'], within: ['companyId'], ids: 'uuid' };

/** It takes no id from anyone. */
export const companyTarget = {
  key: 'company',
  request: () => ({ path: '/v1/companies/{owner}' }),
  probe,
} as const;

/** For a person who maps customers: the PSA's own key is in `externalId`, and a website names a domain (pax8.md §4.1). */
export function customerFrom(row: Row): VendorCustomer | undefined {
  const id = idOf(row, 'id');
  const name = textOf(row, 'name', 200);
  if (id === undefined || name === undefined) return undefined;
  const otherId = textOf(row, 'externalId', 80);
  const domain = domainOf(textOf(row, 'website', 300));
  return {
    id,
    name,
    domains: domain === undefined ? [] : [domain],
    otherIds: otherId === undefined ? [] : [otherId],
    isInactive: row['status'] !== 'Active',
  };
}

/** Of `acme.example`, `www.acme.example/en` and `https://acme.example` alike. */
function domainOf(website: string | undefined): string | undefined {
  if (website === undefined) return undefined;
  const url = URL.parse(/^https?:\/\//i.test(website) ? website : `https://${website}`);
  const host = url?.hostname.replace(/^www\./, '') ?? '';
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) && host.length <= 253 ? host : undefined;
}
