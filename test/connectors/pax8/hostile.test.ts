// Answers that the emulator never gives: a vendor that mixes up products, nests others' records, or buys on trial.
import { describe, expect, it } from 'vitest';
import type { ToolContext } from '../../../src-connectors/define.ts';
import { ownRows } from '../../../src-connectors/pax8/own-rows.ts';
import { orderCreate } from '../../../src-connectors/pax8/tools/order-create.ts';
import { subscriptionHistoryList } from '../../../src-connectors/pax8/tools/subscription-history-list.ts';
import { subscriptionList } from '../../../src-connectors/pax8/tools/subscription-list.ts';
import { usageList } from '../../../src-connectors/pax8/tools/usage-list.ts';
import type { Row } from '../../../src-connectors/row.ts';
import type { VendorWrite } from '../../../src-connectors/vendor.ts';
import { recordsOf } from './bound-pax8.ts';
import { contextOf, noCall } from './context.ts';
import { foreign, ids, own } from './pax8-records.ts';

interface Answers {
  readonly lists?: Readonly<Record<string, readonly unknown[]>>;
  readonly records?: Readonly<Record<string, Row>>;
  readonly save?: (write: VendorWrite) => unknown;
}

/** A vendor that answers from a table, and what was written to it. */
function answering({ lists = {}, records = {}, save }: Answers): { context: ToolContext; writes: VendorWrite[] } {
  const writes: VendorWrite[] = [];
  const rows = (path: string) => lists[path] ?? [];
  const context = contextOf({
    rows: async ({ path }) => rows(path),
    page: async ({ path }) => ({ rows: rows(path), isFull: false }),
    record: async ({ path }) => records[path],
    write: async (write) => (writes.push(write), save?.(write)),
  });
  return { context, writes };
}

const row = { id: ids.subscription, companyId: own, productId: ids.dns, currencyCode: 'GBP', status: 'Active' };

describe('subscription_list', () => {
  it('cuts out what is nested in a row and names another company', async () => {
    const nested = { ...row, commitmentTerm: { companyId: foreign, term: 'FOREIGN', endDate: '2026-12-31' } };
    const { context } = answering({ lists: { '/v1/subscriptions': [nested] } });
    const answer = await subscriptionList.run(context, { status: 'all' }, noCall);
    expect(answer).toMatchObject({ dropped: 1, records: [{ record: { id: ids.subscription } }] });
    expect(JSON.stringify(answer)).not.toContain('FOREIGN');
  });
});

describe('lists under a subscription', () => {
  const records = { [`/v1/subscriptions/${ids.subscription}`]: row };

  it('show no usage that names another subscription', async () => {
    const summary = { id: ids.summary, companyId: own };
    const usage = [
      { ...summary, subscriptionId: ids.azureSubscription },
      { ...summary, id: ids.strayedSummary, subscriptionId: ids.subscription },
      { ...summary, id: ids.foreignSummary },
    ];
    const { context } = answering({
      records,
      lists: { [`/v1/subscriptions/${ids.subscription}/usage-summaries`]: usage },
    });
    expect(recordsOf(await usageList.run(context, { subscriptionId: ids.subscription }, noCall))).toMatchObject([
      { id: ids.strayedSummary },
      { id: ids.foreignSummary },
    ]);
  });

  it('show no state of another subscription', async () => {
    const states = [
      { ...row, quantity: 3 },
      { ...row, id: ids.phoneSubscription, quantity: 4 },
    ];
    const { context } = answering({ records, lists: { [`/v1/subscriptions/${ids.subscription}/history`]: states } });
    expect(recordsOf(await subscriptionHistoryList.run(context, { id: ids.subscription }, noCall))).toMatchObject([
      { quantity: 3 },
    ]);
  });
});

describe('order_create', () => {
  const input = {
    productId: ids.dns,
    quantity: 2,
    billingTerm: 'Monthly',
    expectedTotal: 6,
    currency: 'GBP',
    isRepeat: false,
  };
  const product = { id: ids.dns, name: 'DNS Filter' };
  const price = {
    productId: ids.dns,
    billingTerm: 'Monthly',
    type: 'Flat',
    rates: [{ suggestedRetailPrice: 3, chargeType: 'Per Unit' }],
  };
  const order = {
    id: ids.order,
    companyId: own,
    lineItems: [{ productId: ids.dns, quantity: 2, billingTerm: 'Monthly' }],
  };
  const shop = ({ found = product, listed = price, placed = order, trial = {} } = {}) =>
    answering({
      records: { [`/v1/products/${ids.dns}`]: found, [`/v1/orders/${ids.order}`]: placed },
      lists: { '/v1/subscriptions': [row], [`/v1/products/${ids.dns}/pricing`]: [listed] },
      save: ({ query }) => (query?.['isMock'] === true ? trial : placed),
    });
  const buying = (writes: readonly VendorWrite[]) => writes.filter(({ query }) => query?.['isMock'] !== true);

  it('orders from a vendor that answers as it should, one element with the bound company in it', async () => {
    const { context, writes } = shop();
    expect(recordsOf(await orderCreate.run(context, input, noCall))).toMatchObject([{ id: ids.order, total: 6 }]);
    expect(buying(writes)).toEqual([
      {
        method: 'POST',
        path: '/v1/orders',
        element: {
          companyId: own,
          orderedBy: 'Pax8 Partner',
          lineItems: [{ lineItemNumber: 1, productId: ids.dns, quantity: 2, billingTerm: 'Monthly' }],
        },
      },
    ]);
    expect(writes[0]?.element).toEqual(writes[1]?.element);
  });

  it.each([
    ['the price of another product', { listed: { ...price, productId: ids.office } }, 'INVALID_ARGUMENTS'],
    ['a price that names a company', { listed: { ...price, companyId: own } }, 'INVALID_ARGUMENTS'],
    ['another product than the one asked for', { found: { ...product, id: ids.office } }, 'INVALID_ARGUMENTS'],
    ['an order to a trial', { trial: order }, 'VENDOR_ERROR'],
  ])('buys nothing more when the vendor answers with %s', async (_, answer, code) => {
    const { context, writes } = shop(answer);
    await expect(orderCreate.run(context, input, noCall)).rejects.toMatchObject({ code });
    expect(buying(writes)).toEqual([]);
  });

  it.each([
    ['another product', { productId: ids.office }],
    ['another quantity', { quantity: 3 }],
    ['another term', { billingTerm: 'Annual' }],
  ])('does not report success when %s was ordered', async (_, line) => {
    const placed = { ...order, lineItems: [{ ...order.lineItems[0], ...line }] } as typeof order;
    await expect(orderCreate.run(shop({ placed }).context, input, noCall)).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
      message: expect.stringContaining('did not confirm') as string,
    });
  });

  it('does not report success when the order is another company’s', async () => {
    const { context } = shop({ placed: { ...order, companyId: foreign } });
    await expect(orderCreate.run(context, input, noCall)).rejects.toMatchObject({ code: 'OWNERSHIP_UNPROVEN' });
  });
});

describe('ownRows', () => {
  it('gives up on a list that does not end, rather than miss a row', async () => {
    const context = contextOf({ page: async () => ({ rows: [row], isFull: true }) });
    await expect(ownRows('/v1/orders', context, noCall)).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
  });
});
