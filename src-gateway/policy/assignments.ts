import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Person } from './policy.ts';

/** Persons whose customers are kept. They come from signed identities, so there are few. */
const mostRemembered = 1000;

/** Tells whether the company assigned this customer to this person, by name or by role, singly or in a group. */
export function assignmentsOf({
  customers,
  policy: { groups, assignments },
}: Pick<Bundle, 'customers' | 'policy'>): (person: Person, customer: CustomerId) => boolean {
  const members = new Map(groups.map(({ id, customers: inGroup }) => [id, inGroup]));
  const known = new Map<string, ReadonlySet<CustomerId>>();

  function customersOf({ id, roles }: Person): ReadonlySet<CustomerId> {
    const theirs = assignments.filter(
      (one) => one.technicians.includes(id) || one.roles.some((role) => roles.includes(role)),
    );
    if (theirs.some(({ everyCustomer }) => everyCustomer)) return new Set(customers.map((customer) => customer.id));
    return new Set(
      theirs.flatMap((one) => [...one.customers, ...one.groups.flatMap((group) => members.get(group) ?? [])]),
    );
  }

  return (person, customer) => {
    const key = JSON.stringify([person.id, person.roles]);
    let theirs = known.get(key);
    if (!theirs) {
      if (known.size >= mostRemembered) known.clear();
      theirs = customersOf(person);
      known.set(key, theirs);
    }
    return theirs.has(customer);
  };
}
