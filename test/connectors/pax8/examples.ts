// How each Pax8 tool is called, from the raw records of any account and any two of its companies.
import type { Pax8Data } from '../../../src-demo/demo-data.ts';
import type { Example, ExamplesOf } from '../example.ts';

type Subscription = Pax8Data['subscriptions'][number];

/** A valid id that belongs to nothing. */
const nobodys = '00000000-0000-4000-8000-0000000000ff';

export const pax8Examples: ExamplesOf<Pax8Data> = (data, owner, other) => {
  const ofCompany = <T extends { readonly companyId?: string | undefined }>(rows: readonly T[], company: string) =>
    rows.filter(({ companyId }) => companyId === company);
  const idOf = (rows: readonly { readonly id: string }[]) => rows[0]?.id ?? nobodys;
  /** Own, foreign and missing arguments that differ in one id alone. */
  const naming = (
    member: string,
    { own, foreign }: { own: string; foreign: string },
    more: Record<string, unknown> = {},
  ): Omit<Example, 'tool'> => ({
    own: { [member]: own, ...more },
    foreign: { [member]: foreign, ...more },
    missing: { [member]: nobodys, ...more },
  });

  const subscriptions = ofCompany(data.subscriptions, owner);
  const others = ofCompany(data.subscriptions, other);
  const subscription = { own: idOf(subscriptions), foreign: idOf(others) };
  const growing = subscriptions.find((one) => isGrowable(data, one));
  const active = subscriptions.filter(({ status, productName }) => status === 'Active' && productName !== undefined);
  const ending = active.find((one) => one !== growing) ?? growing;
  const summaries = ofCompany(data.usageSummaries, owner);
  const metered = { own: summaries[0]?.subscriptionId ?? subscription.own, foreign: subscription.foreign };
  const line = data.usageLines.find(({ usageSummaryId }) => usageSummaryId === summaries[0]?.id);
  const order = orderOf(data, owner);
  const quantity = (growing?.quantity ?? 0) + 1;
  const grown = { own: growing?.id ?? nobodys, foreign: subscription.foreign };

  return [
    { tool: 'pax8_customer_get', own: {} },
    { tool: 'subscription_list', own: { status: 'all' } },
    { tool: 'subscription_get', ...naming('id', subscription) },
    { tool: 'subscription_history_list', ...naming('id', subscription) },
    { tool: 'usage_list', ...naming('subscriptionId', metered) },
    {
      tool: 'usage_line_list',
      ...naming(
        'summaryId',
        { own: idOf(summaries), foreign: idOf(ofCompany(data.usageSummaries, other)) },
        { day: line?.usageDate ?? '2026-11-01' },
      ),
    },
    { tool: 'product_search', own: { text: data.products[0]?.name.slice(0, 20) ?? 'none' } },
    { tool: 'product_get', own: { id: idOf(data.products) } },
    { tool: 'order_list', own: {} },
    {
      tool: 'order_get',
      ...naming('id', { own: idOf(ofCompany(data.orders, owner)), foreign: idOf(ofCompany(data.orders, other)) }),
    },
    { tool: 'pax8_invoice_list', own: {} },
    { tool: 'invoice_item_list', own: { month: data.invoices[0]?.invoiceDate.slice(0, 7) ?? '2026-11' } },
    { tool: 'invoice_draft_list', own: { month: 'next' } },
    { tool: 'quote_list', own: {} },
    { tool: 'subscription_quantity_preview', ...naming('id', grown, { quantity }) },
    {
      tool: 'subscription_quantity_set',
      ...naming('id', grown, {
        quantity,
        quantityNow: quantity - 1,
        expectedTotal: toCents((growing?.price ?? 0) * quantity),
        currency: growing?.currencyCode ?? 'GBP',
      }),
    },
    { tool: 'order_preview', ...naming('addOnOf', subscription, order.preview) },
    { tool: 'order_create', ...naming('addOnOf', subscription, { ...order.preview, ...order.price }) },
    {
      tool: 'subscription_cancel',
      ...naming(
        'id',
        { own: ending?.id ?? nobodys, foreign: subscription.foreign },
        {
          expectedProduct: ending?.productName ?? 'nothing',
          expectedQuantity: ending?.quantity ?? 0,
          cancelDate: '2040-01-01', // Every commitment is over by then.
        },
      ),
    },
  ];
};

/** Whether a subscription is active, sold at a price for each, and its commitment, if any, allows more. */
function isGrowable(
  { commitments, pricing }: Pax8Data,
  { status, commitmentTerm, productId, price, quantity }: Subscription,
): boolean {
  if (status !== 'Active' || price === undefined || quantity === undefined) return false;
  if (pricing.some((one) => one.productId === productId && one.rates.length > 1)) return false;
  if (commitmentTerm === undefined) return true;
  const rules = commitments.find((one) => one.productId === productId && one.id === commitmentTerm.id);
  return rules?.allowForQuantityIncrease === true;
}

/** An order of something that is sold by the unit, without commitment or requirements. */
function orderOf({ products, pricing, productDependencies, subscriptions }: Pax8Data, owner: string) {
  const price = pricing.find(
    ({ productId, companyId, commitmentTerm, rates, type }) =>
      type === 'Flat' &&
      companyId === undefined &&
      commitmentTerm === undefined &&
      rates.length === 1 &&
      rates[0]?.['chargeType'] !== 'Flat Rate' &&
      !pricing.some((one) => one.productId === productId && one.companyId !== undefined) &&
      !productDependencies.some((one) => one.productId === productId) &&
      products.some(({ id, requiresCommitment }) => id === productId && requiresCommitment !== true),
  );
  const currency = subscriptions.find(({ companyId }) => companyId === owner)?.currencyCode ?? 'GBP';
  return {
    preview: { productId: price?.productId ?? nobodys, quantity: 3, billingTerm: price?.billingTerm ?? 'Monthly' },
    price: { expectedTotal: toCents((price?.rates[0]?.suggestedRetailPrice ?? 0) * 3), currency },
  };
}

const toCents = (amount: number): number => Math.round(amount * 100) / 100;
