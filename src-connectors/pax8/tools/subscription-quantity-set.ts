// subscription_quantity_set: changes how many a customer pays for. State and price are read anew right before, and only
// `quantity` is sent: a PUT could also set the price and what the MSP pays (pax8.md §4.5).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { isSameMoney, moneyText, numberOf } from '../money.ts';
import { companyOwned } from '../owner.ts';
import { quantityChange, type QuantityChange } from '../quantity-change.ts';
import { Currency, ExpectedTotal, Quantity } from '../quantity.ts';
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';

export const subscriptionQuantitySet = changeTool({
  connector: 'pax8',
  name: 'subscription_quantity_set',
  title: 'Change the quantity of a subscription',
  description:
    'Sets the quantity of one subscription of the bound customer in Pax8, which changes what they pay. Call ' +
    'subscription_quantity_preview first and repeat its quantityNow, total (as expectedTotal) and currency: when the quantity or ' +
    'price is another by then, or the commitment does not allow it, nothing is changed and the answer says what it is now. The ' +
    'product may be set up a little later: status is then pending. After an error or a timeout look at subscription_get before ' +
    'you call again; setting the same quantity twice changes nothing more.',
  risk: 'spend',
  afterwards: 'The quantity may have been changed: look at subscription_get before you set it again.',
  input: {
    id: RecordId.describe('The subscription id, from subscription_list.'),
    quantity: Quantity.describe('The whole quantity wanted, not the difference.'),
    quantityNow: z.number().min(0).max(10_000_000).describe('`quantityNow` of the preview.'),
    expectedTotal: ExpectedTotal.describe('`total` of the preview.'),
    currency: Currency.describe('`currency` of the preview.'),
  },
  record: z.strictObject({
    id: RecordId,
    quantity: z.number(),
    status: z.string().max(300).optional(),
    total: z.number(),
    currency: z.string().max(3),
  }),
  owner: companyOwned,
  target: { ...subscriptionTarget, id: ({ id }) => id, request: ({ id }) => subscriptionAt(id) },
  method: 'PUT',
  path: ({ id }) => `/v1/subscriptions/${id}`,
  key: 'subscription',
  prepare: async ({ row = {}, input }, context, call): Promise<QuantityChange> => {
    const change = await quantityChange({ row, quantity: input.quantity }, context, call);
    const problem = typeof change === 'string' ? change : (change.refusal ?? differenceOf(change, input));
    if (typeof change === 'string' || problem !== undefined) throw new Fault('INVALID_ARGUMENTS', problem ?? '');
    return change;
  },
  element: z.strictObject({ quantity: Quantity }),
  build: ({ input: { quantity } }) => ({ quantity }),
  isIdempotent: true,
  confirm: (saved, { input: { id, quantity }, facts: { total, currency } }, after) => {
    const isAsSent =
      numberOf(saved, 'quantity') === quantity && after !== undefined && numberOf(after, 'quantity') === quantity;
    return isAsSent ? { id, quantity, status: textOf(after, 'status', 300), total, currency } : undefined;
  },
  limits: changeLimits,
});

function differenceOf(
  change: QuantityChange,
  { quantityNow, expectedTotal, currency }: { quantityNow: number; expectedTotal: number; currency: string },
): string | undefined {
  if (change.quantityNow !== quantityNow)
    return `The quantity is ${change.quantityNow} now. Nothing was changed; preview it again.`;
  if (isSameMoney(change, { total: expectedTotal, currency })) return undefined;
  return `The price is ${moneyText(change)} now. Nothing was changed; ask the technician whether that is wanted.`;
}
