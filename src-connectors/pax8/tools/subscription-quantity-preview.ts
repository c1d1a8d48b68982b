// subscription_quantity_preview: what another quantity would cost and whether it is allowed. Nothing is changed.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { idOf, RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { previewTool } from '../preview-tool.ts';
import { quantityChange } from '../quantity-change.ts';
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';
import { Quantity } from '../quantity.ts';

const amount = z.number();

export const subscriptionQuantityPreview = previewTool({
  connector: 'pax8',
  name: 'subscription_quantity_preview',
  title: 'Preview a quantity change',
  description:
    'Shows what another quantity of one subscription of the bound customer in Pax8 would cost a billing term, now and then, and ' +
    'whether its state and commitment allow it. Nothing is changed. Pro-rated charges and taxes are not in it. Give quantityNow, ' +
    'total (as expectedTotal) and currency to subscription_quantity_set. Nothing comes back when the id is not this ' +
    `customer's. ${untrusted}`,
  risk: 'sensitive',
  input: {
    id: RecordId.describe('The subscription id, from subscription_list.'),
    quantity: Quantity.describe('The whole quantity wanted, not the difference.'),
  },
  record: z.strictObject({
    id: RecordId,
    product: z.string().max(300).optional(),
    billingTerm: z.string().max(300).optional(),
    quantityNow: amount,
    totalNow: amount,
    quantity: amount,
    total: amount.describe('What the customer pays a billing term afterwards.'),
    currency: z.string().max(3),
    isAllowed: z.boolean(),
    refusal: z.string().max(300).optional(),
  }),
  owner: companyOwned,
  target: { ...subscriptionTarget, id: ({ id }) => id, request: ({ id }) => subscriptionAt(id) },
  look: async (row, { input: { quantity }, context, call }) => {
    const change = await quantityChange({ row, quantity }, context, call);
    if (typeof change === 'string') throw new Fault('INVALID_ARGUMENTS', change);
    const { refusal, ...shown } = change;
    return {
      id: idOf(row, 'id') ?? '',
      product: textOf(row, 'productName', 300),
      billingTerm: textOf(row, 'billingTerm', 300),
      ...shown,
      quantity,
      isAllowed: refusal === undefined,
      refusal,
    };
  },
  limits: oneLimits,
});
