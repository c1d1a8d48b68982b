// What changing a subscription's quantity would mean: whether its state and commitment allow it, and what it then costs.
// The preview and the change itself both ask here, so what a person saw is what is done, or nothing is.
import type { ToolContext } from '../define.ts';
import { isSet, type Row, textOf } from '../row.ts';
import type { ToolCall } from '../vendor.ts';
import { commitmentsOf, pricesOf } from './catalogue-rows.ts';
import { dateOf, timeOf } from './date.ts';
import { idOf } from './ids.ts';
import { currencyOf, numberOf, toCents } from './money.ts';
import { dependsOnQuantity, listTotal } from './price.ts';
import { commitmentOf, isCommitted } from './subscription.ts';

export interface QuantityChange {
  readonly quantityNow: number;
  readonly totalNow: number;
  /** What the customer pays a billing term afterwards, and in what. */
  readonly total: number;
  readonly currency: string;
  /** A plain sentence; absent when the change is allowed. */
  readonly refusal: string | undefined;
}

/** The change, or the sentence that says why nothing can be said about its price. `row` is the proven subscription. */
export async function quantityChange(
  { row, quantity }: { readonly row: Row; readonly quantity: number },
  context: ToolContext,
  call: ToolCall,
): Promise<QuantityChange | string> {
  const quantityNow = numberOf(row, 'quantity');
  const price = numberOf(row, 'price');
  const currency = currencyOf(row, 'currencyCode');
  const productId = idOf(row, 'productId');
  if (
    quantityNow === undefined ||
    price === undefined ||
    price < 0 ||
    currency === undefined ||
    productId === undefined
  )
    return 'Pax8 shows no quantity, price or currency of this subscription, so it can only be changed there.';

  const terms = {
    billingTerm: textOf(row, 'billingTerm', 300) ?? '',
    commitmentTerm: textOf(row, 'commitmentTerm.term', 300),
  };
  const prices = await pricesOf(productId, context, call);
  const commitments = await commitmentsOf(productId, context, call);
  const totalNow = toCents(price * quantityNow);
  const change = { quantityNow, totalNow, currency };
  const refusal = refusalOf(row, quantity, {
    quantityNow,
    commitment: commitmentOf(row, commitments),
    now: context.now(),
  });
  // The price of a unit is the subscription's own, agreed with the customer, unless it follows from the number.
  if (!dependsOnQuantity(prices, { ...terms, quantity }))
    return { ...change, total: toCents(price * quantity), refusal };
  const total = listTotal(prices, { ...terms, quantity });
  const isAtListPrice = listTotal(prices, { ...terms, quantity: quantityNow }) === totalNow;
  if (total === undefined || !isAtListPrice)
    return 'The price of this subscription depends on its quantity in a way Pax8 does not show, so it can only be changed there.';
  return { ...change, total, refusal };
}

function refusalOf(
  row: Row,
  quantity: number,
  { quantityNow, commitment, now }: { quantityNow: number; commitment: Row | undefined; now: number },
): string | undefined {
  const status = textOf(row, 'status', 40) ?? '';
  if (!changeable.includes(status)) return 'The subscription is not active, so its quantity cannot be changed now.';
  if ((timeOf(row, 'startDate') ?? 0) > now) return 'The subscription has not started yet.';
  if (quantity === quantityNow) return 'This is the quantity it has now.';
  if (!isCommitted(row, now)) return undefined;
  const until = dateOf(row, 'commitmentTerm.endDate')?.slice(0, 10);
  const end = until === undefined ? '' : ` before ${until}`;
  if (commitment === undefined) return `Pax8 does not show what its commitment allows${end}.`;
  const isMore = quantity > quantityNow;
  const isAllowed = isSet(commitment, isMore ? 'allowForQuantityIncrease' : 'allowForQuantityDecrease');
  return isAllowed ? undefined : `Its commitment does not allow a ${isMore ? 'larger' : 'smaller'} quantity${end}.`;
}

const changeable: readonly string[] = ['Active', 'Activated', 'Trial'];
