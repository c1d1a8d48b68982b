// order_preview: what an order would cost and whether Pax8 would take it. Nothing is bought: the vendor checks a trial.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { readTarget } from '../../target.ts';
import { untrusted } from '../../untrusted.ts';
import { companyOwner, companyTarget } from '../company.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { orderInput, orderQuote } from '../order-line.ts';
import { companyOwned } from '../owner.ts';
import { previewTool } from '../preview-tool.ts';
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';

export const orderPreview = previewTool({
  connector: 'pax8',
  name: 'order_preview',
  title: 'Preview an order',
  description:
    'Shows what an order of one product for the bound customer in Pax8 would cost a billing term, by suggested retail price, and has ' +
    'Pax8 check it on trial. Nothing is bought. Taxes and pro-rated charges are not in it. Give total (as expectedTotal) and currency ' +
    `to order_create with the same arguments. What an order needs is in product_get. ${untrusted}`,
  risk: 'sensitive',
  input: orderInput,
  record: z.strictObject({
    productId: RecordId,
    product: z.string().max(300).optional(),
    quantity: z.number(),
    billingTerm: z.string().max(40),
    total: z.number().describe('What the customer pays a billing term.'),
    currency: z.string().max(3),
  }),
  owner: companyOwner,
  target: companyTarget,
  look: async (_, running) => {
    const { input, context, call } = running;
    const addOn = {
      ...subscriptionTarget,
      id: () => input.addOnOf ?? '',
      request: () => subscriptionAt(input.addOnOf ?? ''),
    };
    const isAddOn = input.addOnOf !== undefined;
    if (isAddOn && (await readTarget(addOn, companyOwned, running)) === undefined)
      throw new Fault('OWNERSHIP_UNPROVEN', 'No such subscription is provably this customer’s. Nothing was ordered.');
    const { product, total, currency } = await orderQuote(input, context, call);
    const { productId, quantity, billingTerm } = input;
    return { productId, product, quantity, billingTerm, total, currency };
  },
  limits: changeLimits,
});
