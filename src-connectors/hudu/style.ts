// Hudu's conventions (hudu.md §2): `page` and `page_size`, writes wrapped under the singular, lists wrapped or bare by kind.
import type { RestStyle } from '../rest-vendor.ts';

export function huduStyle(limit: RestStyle['limit']): RestStyle {
  return {
    prefix: '/api/v1',
    parameters,
    pageSize: 100,
    paging: (page, size) => ({ page, page_size: size }),
    body: (element, key) => ({ [key]: element }),
    limit,
  };
}

/** §1. */
export const documentedLimit = { requests: 300, windowMs: 60_000 } as const;

/** What is not a filter of a path is ignored there and everything comes back (§2), so each is also checked on the rows. */
const parameters: ReadonlySet<string> = new Set([
  'archived',
  'asset_id',
  'company_id',
  'id',
  'name',
  'page',
  'page_size',
  'procedure_id',
  'type',
]);
