// Azure consumption. One subscription is shared by three customers since two of them were one company, so its summaries
// belong to different owners; a second one is an ordinary one.
import type { Random } from '../random.ts';
import type { Pax8Subscription, Pax8UsageLine, Pax8UsageSummary } from '../pax8/records.ts';
import type { Pax8Customers } from './pax8-companies.ts';
import type { MakeId } from './pax8-ids.ts';
import type { Offer } from './pax8-products.ts';
import { pence } from './pax8-products.ts';

export type Usage = {
  readonly subscriptions: readonly Pax8Subscription[];
  readonly usageSummaries: readonly Pax8UsageSummary[];
  readonly usageLines: readonly Pax8UsageLine[];
};

const meters = [
  ['Virtual Machines D2s v5', '1 Hour', 0.09],
  ['Premium SSD Managed Disks', '1 GiB/Month', 0.12],
  ['Bandwidth Outbound', '1 GB', 0.07],
] as const;
const days = Array.from({ length: 12 }, (_, at) => `2026-11-${String(at + 8).padStart(2, '0')}`);

/** The owner of the subscription first; null is a resource group that nobody claimed. */
const shared = [
  ['meridian-dental', 'meridian-imaging-rg'],
  ['meridian-dental', 'meridian-backup-rg'],
  ['meridian-logistics', 'meridian-depots-rg'],
  ['alder-dentistry', 'alder-imaging-rg'],
  [null, 'migration-leftovers-rg'],
] as const;
const single = [['zenith-components', 'zenith-erp-rg']] as const;

export function makeUsage(
  random: Random,
  id: MakeId,
  { customers, azure }: { customers: Pax8Customers; azure: Offer },
): Usage {
  const made = [shared, single].map((groups) => {
    const owner = customers.customer(groups[0][0]);
    const subscription: Pax8Subscription = {
      id: id('subscription'),
      companyId: owner.record.id,
      productId: azure.product.id,
      vendorSubscriptionId: `AZ-${random.whole(100_000, 999_999)}`,
      quantity: 1,
      startDate: '2025-03-01T00:00:00Z',
      createdDate: '2025-02-26',
      billingStart: '2025-03-01',
      status: 'Active',
      price: 0,
      partnerCost: 0,
      currencyCode: 'GBP',
      productName: azure.product.name,
      billingTerm: 'Monthly',
      provisioningDetails: [{ key: 'msTenantId', values: [owner.tenant] }],
    };
    const groupsMade = groups.map(([name, resourceGroup]) => {
      const summaryId = id('usage');
      const lines = days.flatMap((usageDate) =>
        meters.map((meter) => makeLine(random, azure, meter, { usageSummaryId: summaryId, usageDate })),
      );
      const sum = (member: 'currentCharges' | 'partnerTotal') =>
        pence(lines.reduce((total, line) => total + Number(line[member]), 0));
      const summary: Pax8UsageSummary = {
        id: summaryId,
        ...(name === null ? {} : { companyId: customers.customer(name).record.id }),
        subscriptionId: subscription.id,
        productId: azure.product.id,
        resourceGroup,
        vendorName: azure.vendor,
        currentCharges: sum('currentCharges'),
        currencyCode: 'GBP',
        partnerTotal: sum('partnerTotal'),
        isTrial: false,
      };
      return { summary, lines };
    });
    return { subscription, groups: groupsMade };
  });
  return {
    subscriptions: made.map(({ subscription }) => subscription),
    usageSummaries: made.flatMap(({ groups }) => groups.map(({ summary }) => summary)),
    usageLines: made.flatMap(({ groups }) => groups.flatMap(({ lines }) => lines)),
  };
}

function makeLine(
  random: Random,
  azure: Offer,
  [productName, unitOfMeasure, unitPrice]: (typeof meters)[number],
  of: Pick<Pax8UsageLine, 'usageSummaryId' | 'usageDate'>,
): Pax8UsageLine {
  const quantity = random.whole(4, 96);
  const currentCharges = pence(quantity * unitPrice);
  const partnerTotal = pence(currentCharges * 0.86);
  return {
    ...of,
    productName,
    productId: azure.product.id,
    unitOfMeasure,
    quantity,
    unitPrice,
    currentCharges,
    partnerTotal,
    currentProfit: pence(currentCharges - partnerTotal),
    currencyCode: 'GBP',
    isTrial: false,
  };
}
