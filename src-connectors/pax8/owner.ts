// Whose a Pax8 record is. Orders, subscriptions, invoices, their items and usage summaries name one company; catalogue
// rows name none.
import type { Catalogue, NamedOwner } from '../naming.ts';

/** `within`: a record nested in another may be another company's. */
export const companyOwned = {
  owner: 'companyId',
  also: ['company.id', 'company.companyId'],
  within: ['companyId', 'company.id', 'company.companyId'],
  ids: 'uuid',
} as const satisfies NamedOwner;

/** Nobody's: a product, and what hangs on one. */
export const catalogue = {
  catalogue: { mustLack: ['companyId', 'company', 'client'] },
  within: ['companyId', 'company.id', 'company.companyId'],
  ids: 'uuid',
} as const satisfies Catalogue;
