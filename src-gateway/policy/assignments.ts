import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Person } from './policy.ts';
import { Remembered } from './remembered.ts';

/** Persons whose customers are kept. They come from signed identities, so there are few. */
const mostRemembered = 1000;

/** Tells whether the company assigned this customer to this person, by name or by role, singly or in a group. */
export function assignmentsOf({
  customers,
  policy: { groups, assignments },
}: Pick<Bundle, 'customers' | 'policy'>): (person: Person, customer: CustomerId) => boolean {
  const known = new Remembered<ReadonlySet<CustomerId>>(mostRemembered);

  function customersOf({ id, roles }: Person): ReadonlySet<CustomerId> {
    const theirs = assignments.filter(
      (one) => one.technicians.includes(id) || one.roles.some((role) => roles.includes(role)),
    );
    if (theirs.some(({ everyCustomer }) => everyCustomer)) return new Set(customers.map((customer) => customer.id));
    const theirGroups = new Set(theirs.flatMap((one) => one.groups));
    const members = groups.filter((group) => theirGroups.has(group.id)).flatMap((group) => group.customers);
    return new Set([...theirs.flatMap((one) => one.customers), ...members]);
  }

  return (person, customer) => known.of([person.id, person.roles], () => customersOf(person)).has(customer);
}
