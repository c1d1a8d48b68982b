import type { CustomerId } from './ids.ts';
import type { Instance } from './instance.ts';

/**
 * A vendor id that two customers are mapped to, or undefined when there is none. Each of the two would see the other's
 * records, and every owner check would agree. Also over two instances: they may be the same account of the vendor twice.
 */
export function sharedOwner(
  instances: readonly Instance[],
): { readonly owner: string; readonly customers: readonly [CustomerId, CustomerId] } | undefined {
  const holders = new Map<string, CustomerId>();
  for (const instance of instances) {
    for (const [customer, owner] of Object.entries(instance.mapping) as [CustomerId, string][]) {
      const place = accountOwner(instance, owner);
      const other = holders.get(place);
      if (other !== undefined && other !== customer) return { owner, customers: [other, customer] };
      holders.set(place, customer);
    }
  }
  return undefined;
}

/** An id of one account as one text, the same whichever instance leads there: `a.example.` is `a.example`. */
export const accountOwner = ({ connector, baseUrl }: Pick<Instance, 'connector' | 'baseUrl'>, owner: string): string =>
  JSON.stringify([connector, new URL(baseUrl).host.replace(/\.(?=:|$)/, ''), owner]);
