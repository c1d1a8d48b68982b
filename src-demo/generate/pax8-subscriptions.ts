// The subscriptions of every customer and the orders they came from.
import type { Random } from '../random.ts';
import type { Pax8Order, Pax8Subscription } from '../pax8/records.ts';
import { endOfTerm, timeText } from '../pax8/dates.ts';
import { day, demoNow, demoStart } from './calendar.ts';
import type { Pax8Customer } from './pax8-companies.ts';
import type { MakeId } from './pax8-ids.ts';
import type { Catalogue, Offer } from './pax8-products.ts';
import { pence } from './pax8-products.ts';

export type Bought = {
  readonly customer: Pax8Customer;
  readonly offer: Offer;
  readonly subscription: Pax8Subscription;
  readonly earlier: readonly Pax8Subscription[];
};

/** What some have besides their plan; in the order of how common it is. */
const extras =
  'HDG-EDR STV-BKP-365 LNT-SEC TDL-DNS HDG-SOC BRM-TRN STV-BKP-SRV MST-TMS-PHN PSK-TEAM MST-COP-365 MST-VIS-P2 LNT-ARC MST-PBI-PRO KYS-SIGN STV-STO-TB MST-ENT-P1 MST-PRJ-P3 MST-WIN-S25'.split(
    ' ',
  );
const otherStatuses = [
  'Trial',
  'PendingManual',
  'PendingAutomated',
  'WaitingForDetails',
  'PendingCancel',
  'Cancelled',
] as const;

export function makeSubscriptions(
  random: Random,
  id: MakeId,
  { customers, catalogue }: { readonly customers: readonly Pax8Customer[]; readonly catalogue: Catalogue },
): Bought[] {
  return customers.flatMap((customer) => {
    const plan = buy(random, id, { customer, offer: catalogue.offer(planFor(customer)), share: 1 });
    const count = random.whole(1, customer.company.people > 20 ? 7 : 5);
    const chosen = new Set<string>();
    while (chosen.size < count) {
      const sku = extras[Math.min(random.whole(0, 17), random.whole(0, 17))] ?? '';
      const isPossible = catalogue.offer(sku).kind !== 'addon' || plan.offer.sku !== 'MST-365-BBA';
      if (isPossible) chosen.add(sku);
    }
    const bought = [...chosen].map((sku) => {
      const offer = catalogue.offer(sku);
      return buy(random, id, {
        customer,
        offer,
        share: random.pick([0.3, 0.6, 1]),
        ...(offer.kind === 'addon' ? { plan } : {}),
      });
    });
    return [plan, ...bought];
  });
}

/** One order for the plan and what came with it, one for each later purchase. */
export function makeOrders(random: Random, id: MakeId, bought: readonly Bought[]): Pax8Order[] {
  const user = id('user');
  return bought.map(({ subscription, customer }) => {
    const { productId, quantity, billingTerm, startDate, commitmentTerm } = subscription;
    return {
      id: id('order'),
      companyId: customer.record.id,
      createdDate: String(subscription.createdDate).slice(0, 10),
      orderedBy: random.chance(0.9) ? 'Pax8 Partner' : 'Pax8',
      orderedByUserId: user,
      orderedByUserEmail: random.pick(['amy.kowalski@northway.example', 'leo.petrov@northway.example']),
      isScheduled: false,
      lineItems: [
        {
          id: id('line'),
          productId,
          subscriptionId: subscription.id,
          quantity,
          billingTerm,
          provisionStartDate: startDate,
          ...(commitmentTerm === undefined ? {} : { commitmentTermId: commitmentTerm.id }),
        },
      ],
    };
  });
}

function planFor({ company }: Pax8Customer): string {
  if (company.id === 'pemberton-wealth') return 'MST-365-E5';
  if (company.people > 40) return 'MST-365-E3';
  if (company.people > 18) return 'MST-365-BPR';
  return company.people > 13 ? 'MST-365-BST' : 'MST-365-BBA';
}

type Wish = {
  readonly customer: Pax8Customer;
  readonly offer: Offer;
  /** Of the company's people. */
  readonly share: number;
  /** What an add-on belongs to. */
  readonly plan?: Bought;
};

function buy(random: Random, id: MakeId, { customer, offer, share, plan }: Wish): Bought {
  const status = share === 1 || random.chance(0.6) ? 'Active' : random.pick(otherStatuses);
  const isTrial = status === 'Trial' && offer.kind === 'plain';
  const start = startFor(random, status);
  const quantity = quantityFor(random, offer, customer.company.people * share);
  const term = termFor(random, offer);
  const factor = isTrial ? 0 : priceFactor(offer, term, quantity);
  const commitment = offer.commitments.get(term);
  const subscription: Pax8Subscription = {
    id: id('subscription'),
    ...(plan === undefined ? {} : { parentSubscriptionId: plan.subscription.id }),
    companyId: customer.record.id,
    productId: offer.product.id,
    vendorSubscriptionId: `VS-${random.whole(100_000, 999_999)}`,
    quantity,
    startDate: timeText(start),
    ...endFor(status),
    createdDate: timeText(start - day).slice(0, 10),
    billingStart: timeText(start).slice(0, 10),
    status: status === 'Trial' && !isTrial ? 'Active' : status,
    price: pence(offer.retail * factor),
    partnerCost: pence(offer.cost * (offer.kind === 'volume' && quantity > 50 ? 0.85 : factor)),
    currencyCode: 'GBP',
    productName: offer.product.name,
    billingTerm: isTrial ? 'Trial' : offer.kind === 'once' ? 'One-Time' : 'Monthly',
    ...(commitment === undefined
      ? {}
      : { commitmentTerm: { id: commitment.id, term, endDate: timeText(nextEnd(start, term)) } }),
    ...(offer.vendor === 'Microsoft' ? { provisioningDetails: tenantOf(customer) } : {}),
  };
  const isGrown = status === 'Active' && quantity > 4 && random.chance(0.2);
  return { customer, offer, subscription, earlier: isGrown ? [smaller(random, subscription, start)] : [] };
}

function startFor(random: Random, status: string): number {
  const isNew = status.startsWith('Pending') || status === 'WaitingForDetails' || status === 'Trial';
  const days = isNew && status !== 'PendingCancel' ? random.whole(1, 6) : random.whole(40, 700);
  return Math.max(demoStart, demoNow - days * day);
}

function endFor(status: string): Partial<Pax8Subscription> {
  if (status === 'PendingCancel') return { endDate: timeText(demoNow + 40 * day) };
  return status === 'Cancelled' ? { endDate: timeText(demoNow - 12 * day) } : {};
}

function quantityFor(random: Random, offer: Offer, people: number): number {
  if (offer.unit === 'Server' || offer.unit === 'TB' || offer.unit === 'License') return random.whole(1, 4);
  return Math.max(1, Math.round(people));
}

/** The commitment, '' where there is none to choose. */
function termFor(random: Random, { commitments }: Offer): string {
  if (commitments.size === 0) return '';
  const term = random.pick(['Monthly', '1-Year', '1-Year', '1-Year', '3-Year']);
  return commitments.has(term) ? term : '1-Year';
}

function priceFactor({ kind }: Offer, term: string, quantity: number): number {
  if (kind === 'volume' && quantity > 50) return 0.92;
  return { Monthly: 1.2, '1-Year': 1.05, '3-Year': 0.98 }[term] ?? 1;
}

/** Commitments renew by themselves: the end of the one that runs now. */
function nextEnd(start: number, term: string): number {
  const end = endOfTerm(start, term);
  return end > demoNow ? end : nextEnd(end, term);
}

function tenantOf({ tenant, company }: Pax8Customer): object[] {
  const value = (key: string, text: string) => ({ key, values: [text] });
  return [value('msTenantId', tenant), value('msDomain', `${company.domain.split('.')[0]}.onmicrosoft.example`)];
}

function smaller(random: Random, present: Pax8Subscription, start: number): Pax8Subscription {
  const { provisioningDetails: _details, ...rest } = present;
  const quantity = Math.max(1, (present.quantity ?? 1) - random.whole(1, 4));
  return { ...rest, quantity, updatedDate: timeText(start + random.whole(5, 30) * day) };
}
