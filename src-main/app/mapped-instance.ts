import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import type { Facts } from './facts.ts';

export interface MappingChange {
  readonly customer: CustomerId;
  /** The vendor's id, or null to unmap. */
  readonly owner: string | null;
}

/**
 * An instance with these changes made to its mapping, and the customers whose owner is another than before. Customers the
 * company no longer has lose theirs on the way.
 * @throws Fault UNKNOWN_CUSTOMER, OWNER_INVALID
 */
export function mappedInstance(
  instance: Instance,
  changes: readonly MappingChange[],
  facts: Pick<Facts, 'knownCustomer' | 'customer' | 'connectors'>,
): { readonly next: Instance; readonly changed: ReadonlySet<CustomerId> } {
  const isOwner = ownerCheck(facts.connectors.find(({ name }) => name === instance.connector));
  const before = new Map(Object.entries(instance.mapping) as [CustomerId, string][]);
  const after = new Map([...before].filter(([customer]) => facts.customer(customer) !== undefined));
  for (const { customer, owner } of changes) {
    const { id } = facts.knownCustomer(customer);
    if (owner === null) after.delete(id);
    else if (isOwner(owner)) after.set(id, owner);
    else throw new Fault('OWNER_INVALID', 'This is not an id of this vendor’s.', 'Copy it from the vendor as it is.');
  }
  const changed = new Set([...before.keys(), ...after.keys()].filter((id) => before.get(id) !== after.get(id)));
  return { next: { ...instance, mapping: Object.fromEntries(after) }, changed };
}

/** Whether a text is an id as the connector writes it, so that no id has two spellings. */
export function ownerCheck(connector: ConnectorDescription | undefined): (owner: string) => boolean {
  if (!connector) return () => false;
  const pattern = new RegExp(`^(?:${connector.ownerPattern})$`, 'u');
  return (owner) => pattern.test(owner);
}
