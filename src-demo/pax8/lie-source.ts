// What Pax8's records are to a liar (../vendor/lie.ts). Trusts the store.
import type { Random } from '../random.ts';
import type { LieCall, LieSource } from '../vendor/lie.ts';
import type { View } from '../vendor/rows.ts';
import { draftItemView, invoiceItemView } from './invoices.ts';
import { quoteView } from './quotes.ts';
import type { Pax8Store } from './store.ts';

export function pax8Lies(store: Pax8Store): LieSource {
  return {
    owners: ['companyId', 'usageSummaryId', 'client'],
    nests: ['lineItems', 'contacts', 'provisioningDetails', 'products'],
    areOwners: ({ path }) => /^\/v1\/companies(\/[^/]+)?$/.test(path),
    asked: ({ path, query }) => {
      const companyId = query.text('companyId').toLowerCase();
      const usageSummaryId = /^\/v1\/usage-summaries\/([^/]+)\/usage-lines$/.exec(path)?.[1]?.toLowerCase();
      return {
        ...(companyId === '' ? {} : { companyId }),
        ...(usageSummaryId === undefined ? {} : { usageSummaryId }),
      };
    },
    anyone: (call, random) => anyone(store, call, random),
  };
}

function anyone(store: Pax8Store, { path }: LieCall, random: Random): View | undefined {
  const one = <T>(rows: Iterable<T>, view: (row: T) => View) => {
    const all = [...rows];
    return all.length === 0 ? undefined : view(random.pick(all));
  };
  const itself = (row: View) => row;
  const [, version, resource, id, part] = path.split('/');
  if (version === 'v2') return one(store.quotes.values(), id === undefined ? quoteView : itself);
  switch (resource) {
    case 'companies':
      // Contacts carry nothing that leads to a company.
      return part === undefined ? one(store.companies.values(), itself) : undefined;
    case 'orders':
      return one(store.orders.values(), itself);
    case 'subscriptions':
      return part === 'usage-summaries'
        ? one(store.usageSummaries.values(), itself)
        : one(store.subscriptions.values(), itself);
    case 'usage-summaries':
      return part === 'usage-lines'
        ? one(store.reference.usageLines, itself)
        : one(store.usageSummaries.values(), itself);
    case 'invoices':
      if (id === 'draftItems') return one(store.reference.draftItems, draftItemView);
      return part === 'items'
        ? one(store.reference.invoiceItems, invoiceItemView)
        : one(store.invoices.values(), itself);
    default:
      // The catalogue is nobody's, webhooks the partner's.
      return undefined;
  }
}
