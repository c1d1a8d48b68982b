// Pax8's conventions (pax8.md §2, §3): two API versions below one host, pages from 0 under `content`, bare JSON bodies.
import type { RestStyle } from '../rest-vendor.ts';

export function pax8Style(limit: RestStyle['limit']): RestStyle {
  return {
    prefix: '',
    parameters,
    pageSize: 200,
    paging: (page, size, { path }) =>
      path.startsWith('/v2/') ? { limit: size, page: page - 1 } : { size, page: page - 1 },
    body: (element) => element,
    limit,
  };
}

/** Where every list keeps its rows. */
export const content = 'content';

/** §3. */
export const documentedLimit = { requests: 1000, windowMs: 60_000 } as const;

/** A list that any credential may read that is good for anything: tells a forbidden record from a refused credential. */
export const probe = { path: '/v1/products' } as const;

/** Not among them: `partnerId` and `account`, which lead to child partners (§6 row 15). */
const parameters: ReadonlySet<string> = new Set([
  'cancelDate',
  'companyId',
  'invoiceDateRangeEnd',
  'invoiceDateRangeStart',
  'isMock',
  'limit',
  'monthOffset',
  'page',
  'search',
  'size',
  'usageDate',
]);
