import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';

/**
 * Days for which the ledger keeps what calls of a customer asked and answered, or of calls bound to none; null is for good.
 * Of several groups that say something the longest wins: what one law demands to be kept, no other rule may drop.
 */
export function daysKept(
  { retention, groups }: Pick<Bundle['policy'], 'retention' | 'groups'>,
  customer: CustomerId | null,
): number | null {
  if (customer === null) return retention.days;
  const said = groups
    .filter(({ customers }) => customers.includes(customer))
    .flatMap(({ id }) => (Object.hasOwn(retention.groups, id) ? (retention.groups[id] ?? []) : []));
  return said.length === 0 ? retention.days : Math.max(...said);
}
