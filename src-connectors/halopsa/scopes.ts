// The permissions the tools need at HaloPSA (halopsa.md §3.3), and an honest word when the application lacks one. No scope of
// Halo's is per customer; narrowing is what holds.
import { Fault } from '../../src-shared/fault.ts';
import type { Http, HttpRequest } from '../egress.ts';

/** What the tools need and no more. Never `reporting`: that is the whole database. */
const needed = [
  'read:tickets',
  'edit:tickets',
  'read:customers',
  'edit:customers',
  'read:assets',
  'edit:assets',
  'read:kb',
  'read:contracts',
  'read:invoices',
  'read:calendar',
] as const;

export const leastScope = needed.join(' ');

/** Whether a token with these scopes may use that one. Undefined: the vendor did not say which it granted. */
export function lacks(granted: ReadonlySet<string> | undefined, scope: string): boolean {
  return granted !== undefined && !['all', 'all:standard', 'admin', scope].some((one) => granted.has(one));
}

/** The same way out, but a refusal for want of a permission names the permission. It says nothing about any record. */
export function namingLackOf(http: Http, isLacking: (scope: string) => boolean): Http {
  return async (request) => {
    const reply = await http(request);
    const scope = reply.status === 403 ? scopeOf(request) : undefined;
    if (scope === undefined || !isLacking(scope)) return reply;
    const words = `HaloPSA has not granted the permission ${scope} to the API application. An administrator can add it there.`;
    throw new Fault('CREDENTIAL_UNAVAILABLE', words);
  };
}

function scopeOf({ method, path }: Pick<HttpRequest, 'method' | 'path'>): string | undefined {
  const area = areas.get(/^\/api\/([A-Za-z]+)/.exec(path)?.[1] ?? '');
  return area === undefined ? undefined : `${method === 'GET' ? 'read' : 'edit'}:${area}`;
}

const areas: ReadonlyMap<string, string> = new Map([
  ['Tickets', 'tickets'],
  ['Actions', 'tickets'],
  ['Attachment', 'tickets'],
  ['Client', 'customers'],
  ['Site', 'customers'],
  ['Users', 'customers'],
  ['Asset', 'assets'],
  ['KBArticle', 'kb'],
  ['ClientContract', 'contracts'],
  ['Invoice', 'invoices'],
  ['Appointment', 'calendar'],
]);
