import type { MappingView } from '../../src-shared/contract/ui.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import { accountOwner } from '../../src-shared/model/shared-owner.ts';
import type { Facts } from './facts.ts';
import { ownerCheck } from './mapped-instance.ts';
import { suggestMapping } from './suggest-mapping.ts';
import type { Survey } from './surveys.ts';

/** What a survey found beside what is mapped, for a person to decide. A customer whose id is not one of the vendor's is left out. */
export function viewMapping(instance: Instance, survey: Survey, facts: Facts): MappingView {
  const { bundle, instances } = facts.tenancy;
  const isOwner = ownerCheck(facts.connectors.find(({ name }) => name === instance.connector));
  const known = new Map(survey.customers.filter(({ id }) => isOwner(id)).map((each) => [each.id, each]));
  const proposals = suggestMapping({
    customers: bundle.customers,
    vendorCustomers: survey.customers.filter(({ id }) => isOwner(id)),
    taken: takenOwners(instance, instances),
    knownIds: idsElsewhere(instance, instances),
  });
  return {
    vendorCustomers: [...known.values()].map((each) => ({
      ...each,
      domains: [...each.domains],
      otherIds: [...each.otherIds],
    })),
    isWhole: survey.isWhole,
    rows: bundle.customers.map(({ id }) => {
      const owner = instance.mapping[id] ?? null;
      const { suggestion, candidates } = proposals.get(id) ?? { suggestion: null, candidates: [] };
      return owner === null
        ? { customer: id, owner, suggestion, candidates: [...candidates] }
        : { customer: id, owner, suggestion: null, candidates: [] };
    }),
  };
}

/** Ids of this account that are mapped, by this instance or by another that leads to the same account. */
function takenOwners(instance: Instance, instances: readonly Instance[]): ReadonlySet<string> {
  const owners = instances.flatMap((each) => Object.values(each.mapping).map((owner) => ({ each, owner })));
  return new Set(
    owners
      .filter(({ each, owner }) => accountOwner(each, owner) === accountOwner(instance, owner))
      .map(({ owner }) => owner),
  );
}

/** Each customer's ids at other connectors: some vendors keep them beside their own. */
function idsElsewhere(
  { connector }: Instance,
  instances: readonly Instance[],
): ReadonlyMap<CustomerId, readonly string[]> {
  const known = new Map<CustomerId, string[]>();
  for (const { mapping } of instances.filter((each) => each.connector !== connector)) {
    for (const [customer, owner] of Object.entries(mapping) as [CustomerId, string][]) {
      known.set(customer, [...(known.get(customer) ?? []), owner]);
    }
  }
  return known;
}
