// Placing an order: what it may say, what it costs, and whether the vendor would take it. The preview and the order
// itself both ask here, so what a person saw is what is bought, or nothing is.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import type { Arguments, ToolContext } from '../define.ts';
import { oneFound } from '../target.ts';
import { canonicalId, isRow, isSet, memberOf, type Row, textOf } from '../row.ts';
import type { ToolCall } from '../vendor.ts';
import { commitmentsOf, pricesOf, requirementRowsOf } from './catalogue-rows.ts';
import { RecordId } from './ids.ts';
import { currencyOf, type Money } from './money.ts';
import { ownRows } from './own-rows.ts';
import { catalogue } from './owner.ts';
import { listTotal } from './price.ts';
import { productAt } from './product.ts';
import { checkProvisioning, ProvisioningDetail } from './provisioning.ts';
import { Quantity } from './quantity.ts';
import { probe } from './style.ts';

/** What the caller says of an order. Whose it is, is not among it. */
export const orderInput = {
  productId: RecordId.describe('The product id, from product_search.'),
  quantity: Quantity.describe('How many.'),
  billingTerm: z
    .enum(['Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'Trial', 'Activation'])
    .describe('One of the billing terms product_get has prices for.'),
  commitmentTermId: RecordId.optional().describe('Of the commitments in product_get, where the product needs one.'),
  addOnOf: RecordId.optional().describe('The subscription this is an add-on of, from subscription_list.'),
  provisioning: z
    .array(ProvisioningDetail)
    .max(30)
    .optional()
    .describe('The details product_get asks for, by key. A tenant must be one that subscription_get shows.'),
};
type Order = Arguments<typeof orderInput>;

/** The only members of an order that are ever sent, besides whose it is. */
export const OrderElement = z.strictObject({
  orderedBy: z.literal('Pax8 Partner'),
  orderedByUserEmail: z.email().optional(),
  lineItems: z
    .array(
      z.strictObject({
        lineItemNumber: z.literal(1),
        productId: RecordId,
        quantity: Quantity,
        billingTerm: orderInput.billingTerm,
        commitmentTermId: RecordId.optional(),
        parentSubscriptionId: RecordId.optional(),
        provisioningDetails: z.array(ProvisioningDetail).optional(),
      }),
    )
    .length(1),
});

export interface OrderQuote extends Money {
  readonly product: string | undefined;
  readonly element: z.output<typeof OrderElement>;
}

/**
 * What the order would cost a billing term, after the vendor took it as a trial that buys nothing. Throws
 * INVALID_ARGUMENTS, with the reason, for an order that may not or cannot be placed.
 */
export async function orderQuote(input: Order, context: ToolContext, call: ToolCall): Promise<OrderQuote> {
  const { productId, quantity, billingTerm } = input;
  const product = await productOf(productId, context, call);
  const prices = await pricesOf(productId, context, call);
  const commitments = await commitmentsOf(productId, context, call);
  const requirements = await requirementRowsOf(productId, context, call);
  const own = await ownRows('/v1/subscriptions', context, call);
  checkProvisioning(input.provisioning ?? [], { requirements, own });

  const commitmentTerm = commitmentTermOf(input, product, commitments);
  const total = listTotal(prices, { billingTerm, commitmentTerm, quantity });
  if (total === undefined)
    throw wrong('Pax8 lists no price for this product, quantity and billing term. product_get shows the prices.');
  const quote = { product: textOf(product, 'name', 300), total, currency: currencyFor(own, context) };
  const element = elementOf(input, context);
  await tryOut(element, context, call);
  return { ...quote, element };
}

async function productOf(productId: string, context: ToolContext, call: ToolCall): Promise<Row> {
  const found = await context.vendor.record({ ...productAt(productId), probe }, 'product', call);
  const product = oneFound(found, { selector: catalogue, asked: productId }, context);
  if (product === undefined) throw wrong('There is no such product. product_search finds them.');
  return product.row;
}

function commitmentTermOf({ commitmentTermId }: Order, product: Row, commitments: readonly Row[]): string | undefined {
  if (commitmentTermId === undefined) {
    if (!isSet(product, 'requiresCommitment')) return undefined;
    throw wrong('This product needs a commitmentTermId. product_get lists the commitments.');
  }
  const chosen = commitments.find((one) => canonicalId(memberOf(one, 'id'), 'uuid') === commitmentTermId);
  const term = chosen && textOf(chosen, 'term', 300);
  if (term === undefined) throw wrong('This product has no such commitment. product_get lists them.');
  return term;
}

function elementOf(
  { productId, quantity, billingTerm, commitmentTermId, addOnOf, provisioning }: Order,
  { settings }: ToolContext,
): z.output<typeof OrderElement> {
  const email = settings['orderedByEmail'];
  return OrderElement.parse({
    orderedBy: 'Pax8 Partner',
    ...(email === undefined || email === '' ? {} : { orderedByUserEmail: email }),
    lineItems: [
      {
        lineItemNumber: 1,
        productId,
        quantity,
        billingTerm,
        ...(commitmentTermId === undefined ? {} : { commitmentTermId }),
        ...(addOnOf === undefined ? {} : { parentSubscriptionId: addOnOf }),
        ...(provisioning === undefined || provisioning.length === 0 ? {} : { provisioningDetails: provisioning }),
      },
    ],
  });
}

/** `isMock=true`: the vendor checks the order and buys nothing (pax8.md §4.4). */
async function tryOut(element: OrderQuote['element'], { owner, vendor }: ToolContext, call: ToolCall): Promise<void> {
  const trial = { ...element, companyId: owner };
  const tried = await vendor
    .write({ method: 'POST', path: '/v1/orders', query: { isMock: true }, element: trial }, 'order', call)
    .catch((thrown: unknown) => {
      if (!(thrown instanceof Fault) || !thrown.code.startsWith('VENDOR_')) throw thrown;
      throw new Fault('VENDOR_ERROR', `Pax8 did not complete a trial of this order. ${nothingWords}`);
    });
  // A trial that answers with an id has bought.
  if (isRow(tried) && memberOf(tried, 'id') !== undefined && memberOf(tried, 'id') !== null)
    throw new Fault(
      'VENDOR_ERROR',
      'Pax8 may have placed the order on trial: look at order_list and ask the technician.',
    );
}

/** Price lists name no currency: the account's is set, or is the one the customer's subscriptions are all in. */
function currencyFor(own: readonly Row[], { settings }: ToolContext): string {
  const set = settings['currency'];
  if (set !== undefined && set !== '') return set;
  const seen = new Set(own.flatMap((row) => currencyOf(row, 'currencyCode') ?? []));
  const [first] = seen;
  if (first !== undefined && seen.size === 1) return first;
  throw wrong('Pax8 does not say in which currency this customer pays. An administrator can set it in Connectors.');
}

const wrong = (words: string): Fault => new Fault('INVALID_ARGUMENTS', words);
const nothingWords =
  'Nothing was ordered: check billing term, commitment and provisioning in product_get, or try again in a while.';
