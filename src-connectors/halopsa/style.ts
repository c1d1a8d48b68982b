// HaloPSA's conventions (halopsa.md §4): `pageinate`, PascalCase paths, writes as arrays of exactly one element.
import type { RestStyle } from '../rest-vendor.ts';
import type { Powers } from '../vendor.ts';
import { haloNames } from './names.ts';

export function haloStyle(limit: RestStyle['limit'], { now }: Pick<Powers, 'now'>): RestStyle {
  return {
    prefix: '/api',
    parameters,
    // Larger pages are unreliable on tickets (§4.2).
    pageSize: 50,
    paging: (page, size) => ({ pageinate: true, page_size: size, page_no: page }),
    body: (element) => [element],
    limit,
    names: (array) => haloNames(array, now),
  };
}

/** §4.8: sources disagree; this is the one most often observed. */
export const documentedLimit = { requests: 300, windowMs: 5 * 60_000 } as const;

const parameters: ReadonlySet<string> = new Set([
  'client_id',
  'closed_only',
  'count',
  'end_date',
  'exclude_generaluser',
  'excludesys',
  'includeclosed',
  'includedetails',
  'includeinactive',
  'includelines',
  'open_only',
  'page_no',
  'page_size',
  'pageinate',
  'search',
  'start_date',
  'ticket_id',
]);
