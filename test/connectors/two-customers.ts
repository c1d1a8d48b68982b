// What every vendor's small data set begins with: an MSP with one technician and two customers, Acme's and another's.
import type { Connector } from '../../src-connectors/vendor.ts';

/** `own` and `foreign` are the vendor's ids of the two. */
export const twoCustomers = <Id extends number | string>(vendor: Connector['name'], own: Id, foreign: Id) => ({
  format: 1,
  tenant: { id: 'msp', name: 'MSP' },
  technicians: [{ id: 'sam', name: 'Sam', email: 'sam@msp.example', roles: ['technician'] }],
  signedIn: 'sam',
  customers: [
    { id: 'acme', code: 'ACME-1', name: 'Acme', domain: 'acme.example', vendors: { [vendor]: own } },
    { id: 'alder', code: 'ALDR-3', name: 'Alder', domain: 'foreign.example', vendors: { [vendor]: foreign } },
  ],
});
