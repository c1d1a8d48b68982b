// Northway's invoices from Pax8: three months of its own, where every customer's items are mixed with rows of nobody's, one
// of a sister partner, and one that goes to a customer itself. And what the next invoices will say.
import type { Random } from '../random.ts';
import type { Pax8DraftItem, Pax8Invoice, Pax8InvoiceItem } from '../pax8/records.ts';
import { dayText } from '../pax8/dates.ts';
import type { MakeId } from './pax8-ids.ts';
import { pence } from './pax8-products.ts';
import type { Bought } from './pax8-subscriptions.ts';

export type Invoices = {
  readonly invoices: readonly Pax8Invoice[];
  readonly invoiceItems: readonly Pax8InvoiceItem[];
  readonly draftItems: readonly Pax8DraftItem[];
};
type Item = { readonly type: string; readonly [member: string]: unknown };
type Heading = Pick<Pax8Invoice, 'invoiceDate' | 'status' | 'companyId' | 'partnerName'> & {
  readonly carried?: number;
};

/** Months that are billed, as [year, month from 0]. */
const months = [
  [2026, 8],
  [2026, 9],
  [2026, 10],
] as const;
const sister = { name: 'Northway IT (Islands)', customers: ['underhill-winery', 'quayside-marine'] };

export function makeInvoices(
  random: Random,
  id: MakeId,
  {
    bought,
    billed,
    partner,
  }: { readonly bought: readonly Bought[]; readonly billed: string; readonly partner: string },
): Invoices {
  const made: { invoice: Pax8Invoice; items: Pax8InvoiceItem[] }[] = [];
  const add = (heading: Heading, items: readonly Item[]) => {
    const invoiceId = id('invoice');
    const invoice = { id: invoiceId, ...headingOf(heading, items) };
    made.push({ invoice, items: items.map((item) => ({ invoiceId, id: id('item'), ...item })) });
  };
  const of = (names: readonly string[]) => bought.filter(({ customer }) => names.includes(customer.company.id));
  const others = bought.filter(({ customer }) => ![billed, ...sister.customers].includes(customer.company.id));
  for (const month of months) {
    const isLast = month[1] === 10;
    const status = isLast ? 'Unpaid' : 'Paid';
    add({ invoiceDate: monthStart(month), status, partnerName: partner }, [
      ...chargesIn(others, month),
      ...prorates(random, others, month),
      ...nobodys(random, month),
    ]);
  }
  const last: readonly [number, number] = [2026, 10];
  add({ invoiceDate: monthStart(last), status: 'Carried', partnerName: sister.name, carried: 120.5 }, [
    ...chargesIn(of(sister.customers), last),
    { type: 'service-charge', description: 'Platform fee', ...sums(1, 10, 10), currencyCode: 'GBP' },
  ]);
  const own = of([billed]);
  const companyId = own[0]?.subscription.companyId;
  add({ invoiceDate: monthStart(last), status: 'Unpaid', partnerName: partner, companyId }, chargesIn(own, last));
  const next: readonly [number, number] = [2026, 11];
  return {
    invoices: made.map(({ invoice }) => invoice),
    invoiceItems: made.flatMap(({ items }) => items),
    draftItems: [
      ...chargesIn(bought, next).map((item) => ({ monthOffset: 1 as const, ...item })),
      ...prorates(random, bought, last).map((item) => ({ monthOffset: 0 as const, ...item })),
    ],
  };
}

function headingOf({ carried = 0, companyId, ...heading }: Heading, items: readonly Item[]) {
  const total = pence(items.reduce((sum, item) => sum + Number(item['total']), 0));
  return {
    ...heading,
    ...(companyId === undefined ? {} : { companyId, externalId: 'HT-ACC-7' }),
    dueDate: `${heading.invoiceDate.slice(0, 8)}15`,
    total,
    balance: heading.status === 'Paid' ? 0 : total,
    carriedBalance: carried,
    currencyCode: 'GBP',
  };
}

/** One row for each subscription that ran in that month. */
function chargesIn(bought: readonly Bought[], month: Month): Item[] {
  return bought
    .filter(({ subscription }) => isBilled(subscription.status) && String(subscription.billingStart) <= monthEnd(month))
    .map((one) => charge(one, month));
}

function isBilled(status: string): boolean {
  return status === 'Active' || status === 'PendingCancel';
}

function charge({ customer, offer, subscription }: Bought, month: Month): Item {
  const { record, company } = customer;
  const { quantity = 0, price = 0, partnerCost = 0 } = subscription;
  return {
    type: offer.kind === 'once' ? 'one-time' : 'subscription',
    companyId: record.id,
    companyName: record.name,
    ...(record.externalId === undefined ? {} : { externalId: record.externalId }),
    ...(company.industry === 'school' ? { purchaseOrderNumber: `PO-${company.halo}-26` } : {}),
    startPeriod: monthStart(month),
    endPeriod: monthEnd(month),
    quantity,
    unitOfMeasure: offer.unit,
    term: subscription.billingTerm,
    sku: offer.sku,
    description: offer.product.name,
    rateType: 'flat',
    chargeType: 'per',
    price,
    cost: partnerCost,
    ...sums(quantity, price, partnerCost),
    offeredBy: 'Pax8',
    billedByPax8: false,
    productId: offer.product.id,
    productName: offer.product.name,
    currencyCode: 'GBP',
    subscriptionId: subscription.id,
    vendorName: offer.vendor,
  };
}

/** Seats added in the middle of the month. */
function prorates(random: Random, bought: readonly Bought[], month: Month): Item[] {
  return bought
    .filter(({ subscription, offer }) => isBilled(subscription.status) && offer.unit === 'User' && random.chance(0.06))
    .map((one) => {
      const seats = random.whole(1, 3);
      const [price = 0, cost = 0] = [one.subscription.price, one.subscription.partnerCost].map((full = 0) =>
        pence(full * 0.4),
      );
      return {
        ...charge(one, month),
        type: 'prorate',
        quantity: seats,
        details: `${seats} added on the 18th`,
        startPeriod: `${monthStart(month).slice(0, 8)}18`,
        price,
        cost,
        ...sums(seats, price, cost),
      };
    });
}

/** Rows without a company; some say in words whose they are. */
function nobodys(random: Random, month: Month): Item[] {
  const credit = -random.whole(10, 60);
  const period = { startPeriod: monthStart(month), endPeriod: monthEnd(month), currencyCode: 'GBP' };
  return [
    { type: 'service-charge', description: 'Platform fee', ...sums(1, 45, 45), ...period },
    { type: 'rebate', description: 'Microsoft incentive', ...sums(1, -random.whole(80, 240), 0), ...period },
    {
      type: 'invoice-credit',
      companyName: 'Alder Legal LLP',
      description: 'Credit for Alder Legal LLP, seats removed in error',
      ...sums(1, credit, credit),
      ...period,
    },
  ];
}

function sums(quantity: number, price: number, cost: number) {
  const total = pence(quantity * price);
  const costTotal = pence(quantity * cost);
  return { subTotal: total, costTotal, total, amountDue: costTotal, salesTax: 0 };
}

type Month = readonly [year: number, month: number];

function monthStart([year, month]: Month): string {
  return dayText(Date.UTC(year, month, 1));
}

function monthEnd([year, month]: Month): string {
  return dayText(Date.UTC(year, month + 1, 0));
}
