import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';

/**
 * Days for which the ledger keeps what calls of a customer asked and answered, or of calls bound to none; null is for good.
 * Of several groups that say something the longest wins: what one law demands to be kept, no other rule may drop. Of a
 * customer the company no longer has nothing tells the groups: there the longest of all that is said wins.
 */
export function daysKept(
  { customers, policy: { retention, groups } }: Pick<Bundle, 'customers' | 'policy'>,
  customer: CustomerId | null,
): number | null {
  if (customer === null) return retention.days;
  if (!customers.some(({ id }) => id === customer))
    return retention.days === null ? null : Math.max(retention.days, ...Object.values(retention.groups));
  const said = groups
    .filter((group) => group.customers.includes(customer))
    .flatMap(({ id }) => (Object.hasOwn(retention.groups, id) ? (retention.groups[id] ?? []) : []));
  return said.length === 0 ? retention.days : Math.max(...said);
}
