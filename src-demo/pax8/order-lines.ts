// The lines of an order and the subscriptions they become (pax8.md §4.4). As at the vendor, nobody compares the owner of a
// parent subscription, or the tenant in the provisioning details, with the company that orders. Lines are untrusted.
import type { Draft } from './body.ts';
import { textOf, wholeOf } from './body.ts';
import { endOfTerm, timeText } from './dates.ts';
import type { Rate } from './rates.ts';
import { rateFor } from './rates.ts';
import type { Pax8Commitment, Pax8LineItem, Pax8Product, Pax8Subscription } from './records.ts';
import { provisionLater } from './subscription-changes.ts';
import type { World } from './world.ts';

/** What a line asks for; 0, '' and undefined are what it leaves out or gets wrong. */
export type OrderLine = {
  readonly product: Pax8Product | undefined;
  readonly quantity: number;
  readonly billingTerm: string;
  readonly rate: Rate | undefined;
  readonly commitmentTermId: string;
  readonly commitment: Pax8Commitment | undefined;
  readonly number: number;
  readonly parentNumber: number;
  readonly parentSubscriptionId: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly details: readonly unknown[];
};

export function readLine({ store, now }: World, companyId: string, line: Draft): OrderLine {
  const product = store.products.get(textOf(line, 'productId').toLowerCase());
  const commitmentTermId = textOf(line, 'commitmentTermId').toLowerCase();
  const commitment = store.reference.commitments.find(
    (one) => one.id === commitmentTermId && one.productId === product?.id,
  );
  const quantity = wholeOf(line, 'quantity');
  const billingTerm = textOf(line, 'billingTerm');
  const details: unknown = line['provisioningDetails'];
  const wanted = { productId: product?.id ?? '', companyId, billingTerm, commitmentTerm: commitment?.term, quantity };
  return {
    product,
    quantity,
    billingTerm,
    rate: rateFor(store, wanted),
    commitmentTermId,
    commitment,
    number: wholeOf(line, 'lineItemNumber'),
    parentNumber: wholeOf(line, 'parentLineItemNumber'),
    parentSubscriptionId: textOf(line, 'parentSubscriptionId').toLowerCase(),
    start: Date.parse(textOf(line, 'provisionStartDate')) || now(),
    details: Array.isArray(details) ? details : [],
  };
}

export function lineProblems({ store }: World, line: OrderLine, lines: readonly OrderLine[]): string[] {
  const { product, quantity, rate, commitment, commitmentTermId, parentSubscriptionId, parentNumber } = line;
  if (product === undefined) return ['productId is not valid'];
  const hasParentLine = lines.some((one) => one !== line && one.number === parentNumber && parentNumber > 0);
  const needsParent = store.reference.productDependencies.some((one) => one.productId === product.id);
  const checks: readonly (readonly [isWrong: boolean, problem: string])[] = [
    [quantity === 0, 'quantity must be a whole number above 0'],
    [quantity > 0 && rate === undefined, 'there is no price for this billingTerm'],
    [product.requiresCommitment === true && commitmentTermId === '', 'commitmentTermId is required'],
    [commitmentTermId !== '' && commitment === undefined, 'commitmentTermId is not valid'],
    [
      parentSubscriptionId !== '' && !store.subscriptions.has(parentSubscriptionId),
      'parentSubscriptionId is not valid',
    ],
    [parentNumber > 0 && !hasParentLine, 'parentLineItemNumber is not valid'],
    [
      needsParent && parentSubscriptionId === '' && parentNumber === 0,
      'a parent subscription or a parent line item is required',
    ],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
}

export function lineView(line: OrderLine): Omit<Pax8LineItem, 'id'> {
  return {
    productId: line.product?.id,
    quantity: line.quantity,
    billingTerm: line.billingTerm,
    provisionStartDate: timeText(line.start),
    ...(line.commitmentTermId === '' ? {} : { commitmentTermId: line.commitmentTermId }),
  };
}

/** Makes the subscription, pending. Without the provisioning details its product asks for it waits for them. */
export function buyLine(
  world: World,
  line: OrderLine,
  given: Pick<Pax8Subscription, 'id' | 'companyId' | 'parentSubscriptionId'>,
): void {
  const { product, rate, commitment, start, details } = line;
  const isAsked = world.store.reference.provisionDetails.some((one) => one.productId === product?.id);
  const isWaiting = isAsked && details.length === 0;
  const endDate = timeText(endOfTerm(start, commitment?.term ?? ''));
  const subscription: Pax8Subscription = {
    ...given,
    productId: product?.id,
    quantity: line.quantity,
    startDate: timeText(start),
    createdDate: timeText(world.now()),
    billingStart: timeText(start).slice(0, 10),
    status: isWaiting ? 'WaitingForDetails' : 'PendingAutomated',
    price: rate?.suggestedRetailPrice,
    partnerCost: rate?.partnerBuyRate,
    currencyCode: 'GBP',
    productName: product?.name,
    billingTerm: line.billingTerm,
    ...(commitment === undefined ? {} : { commitmentTerm: { id: commitment.id, term: commitment.term, endDate } }),
    ...(details.length === 0 ? {} : { provisioningDetails: details }),
  };
  world.store.subscriptions.set(given.id, subscription);
  if (!isWaiting) provisionLater(world, subscription, line.billingTerm === 'Trial' ? 'Trial' : 'Active');
}
