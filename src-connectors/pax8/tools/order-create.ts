// order_create: buys. Pax8 knows no idempotency key, so a repeated order buys twice (pax8.md §6 row 13): an equal recent
// order is looked for first, and what this worker has just sent is remembered until it must be visible there.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import type { ToolContext } from '../../define.ts';
import type { Vendor } from '../../vendor.ts';
import { textOf } from '../../row.ts';
import { idOf, RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { isSameMoney, moneyText, numberOf } from '../money.ts';
import { isLikelyRepeat, linesOf, type OrderedLine, repeatMs } from '../order.ts';
import { OrderElement, orderInput, orderQuote, type OrderQuote } from '../order-line.ts';
import { requireShown } from '../nothing.ts';
import { ownRows } from '../own-rows.ts';
import { companyOwned } from '../owner.ts';
import { Currency, ExpectedTotal } from '../quantity.ts';
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';

export const orderCreate = changeTool({
  connector: 'pax8',
  name: 'order_create',
  title: 'Order a product',
  description:
    'Orders one product for the bound customer in Pax8: this buys. Call order_preview first with the same arguments and repeat its ' +
    'total (as expectedTotal) and currency; when the price is another by then, nothing is bought and the answer says what it is now. ' +
    'Not repeatable safely: after any error or timeout look at order_list before you order again. An equal order of the last minutes, ' +
    'or of the day where Pax8 says no more, is taken for the same one and refused, unless isRepeat says that another is wanted. ' +
    'Answers with the order and its subscription, which may be set up later: see subscription_get.',
  risk: 'spend',
  afterwards: 'The order may have been placed: look at order_list before you order again.',
  input: {
    ...orderInput,
    expectedTotal: ExpectedTotal.describe('`total` of the preview.'),
    currency: Currency.describe('`currency` of the preview.'),
    isRepeat: z
      .boolean()
      .default(false)
      .describe('True only when the technician wants the same once more although an equal order was just placed.'),
  },
  record: z.strictObject({
    id: RecordId,
    subscriptionId: RecordId.optional(),
    productId: RecordId,
    product: z.string().max(300).optional(),
    quantity: z.number(),
    billingTerm: z.string().max(40),
    total: z.number(),
    currency: z.string().max(3),
  }),
  owner: companyOwned,
  references: [
    {
      target: {
        ...subscriptionTarget,
        id: ({ addOnOf }) => addOnOf ?? '',
        request: ({ addOnOf }) => subscriptionAt(addOnOf ?? ''),
      },
      owner: companyOwned,
      isNamed: ({ addOnOf }) => addOnOf !== undefined,
    },
  ],
  create: { ownerMember: 'companyId', read: (id) => ({ path: `/v1/orders/${id}` }), key: 'order' },
  path: () => '/v1/orders',
  key: 'order',
  prepare: async ({ input }, context, call): Promise<OrderQuote> => {
    const now = context.now();
    await requireShown('/v1/orders', context, call);
    if (!input.isRepeat && (await ownRows('/v1/orders', context, call)).some((row) => isLikelyRepeat(row, input, now)))
      throw new Fault('INVALID_ARGUMENTS', `An equal order was placed lately. ${repeatWords}`);
    const quote = await orderQuote(input, context, call);
    if (!isSameMoney(quote, { total: input.expectedTotal, currency: input.currency }))
      throw new Fault('INVALID_ARGUMENTS', `The price is ${moneyText(quote)} now. ${notOrderedWords}`);
    remember(input, { context, isRepeat: input.isRepeat, now });
    return quote;
  },
  element: OrderElement,
  build: ({ facts: { element } }) => element,
  confirm: (saved, { input: { productId, quantity, billingTerm }, facts: { product, total, currency } }, after) => {
    const [line] = linesOf(after ?? saved);
    const id = idOf(saved, 'id');
    if (line === undefined || id === undefined) return undefined;
    const isAsSent = idOf(line, 'productId') === productId && numberOf(line, 'quantity') === quantity;
    if (!isAsSent || textOf(line, 'billingTerm', 40) !== billingTerm) return undefined;
    const subscriptionId = idOf(line, 'subscriptionId');
    return { id, subscriptionId, productId, product, quantity, billingTerm, total, currency };
  },
  limits: changeLimits,
});

/**
 * Right before an order is sent. Throws for one that this worker sent within the last minutes: it may have been placed
 * though its answer was lost, or be on its way in another call.
 */
function remember(
  { productId, quantity, billingTerm }: OrderedLine,
  { context, isRepeat, now }: { context: ToolContext; isRepeat: boolean; now: number },
): void {
  const before = sent.get(context.vendor) ?? new Map<string, number>();
  const key = `${productId} ${quantity} ${billingTerm}`;
  if (!isRepeat && now - (before.get(key) ?? Number.NEGATIVE_INFINITY) < repeatMs)
    throw new Fault('INVALID_ARGUMENTS', `An equal order was just sent and may have been placed. ${repeatWords}`);
  for (const [one, at] of before) if (now - at >= repeatMs) before.delete(one);
  sent.set(context.vendor, before.set(key, now));
}

/** By what a binding opened: one worker's orders are one customer's, and nothing of them outlives it. */
const sent = new WeakMap<Vendor, Map<string, number>>();

const repeatWords = 'Nothing was ordered: look at order_list, and ask the technician before you set isRepeat.';
const notOrderedWords = 'Nothing was ordered; ask the technician whether that is wanted.';
