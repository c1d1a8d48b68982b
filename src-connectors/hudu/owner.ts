// Whose a Hudu record is: it names one company (hudu.md §3). A version that nests the company itself must agree with that,
// and whatever is nested in a record and names another company is cut out of it.
import type { NamedOwner } from '../naming.ts';

export const companyOwned = {
  owner: 'company_id',
  also: ['company.id'],
  within: ['company_id', 'company.id'],
} as const satisfies NamedOwner;

/** The company's own record, which names itself by its id. */
export const companyItself = {
  owner: 'id',
  also: ['company_id', 'company.id'],
  within: companyOwned.within,
} as const satisfies NamedOwner;
