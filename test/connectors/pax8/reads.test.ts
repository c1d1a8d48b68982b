// What the reading tools return of the test account: whole records, so that a member more or less is seen.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindPax8, type BoundPax8, recordsOf } from './bound-pax8.ts';
import { ids, own, ownTenant } from './pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

/** The records as they leave the machine, without members that hold nothing. */
const read = async (tool: string, input: Record<string, unknown> = {}): Promise<unknown> =>
  JSON.parse(JSON.stringify(recordsOf(await bound.call(tool, input))));

const item = {
  type: 'subscription',
  product: 'Office Premium',
  productId: ids.office,
  subscriptionId: ids.subscription,
  sku: 'MST-1',
  description: 'Office Premium',
  details: 'Seats',
  from: '2026-05-01',
  to: '2026-05-31',
  quantity: 25,
  unit: 'User',
  billingTerm: 'Monthly',
  rateType: 'flat',
  unitPrice: 22,
  total: 550,
  currency: 'GBP',
};
const office = {
  id: ids.subscription,
  product: 'Office Premium',
  productId: ids.office,
  quantity: 25,
  status: 'Active',
  billingTerm: 'Monthly',
  startDate: '2026-01-01T00:00:00Z',
  commitmentTerm: '1-Year',
  committedUntil: '2026-12-31T23:59:59Z',
};
const oneYear = {
  commitmentTermId: ids.oneYear,
  term: '1-Year',
  renewsByItself: true,
  mayIncrease: true,
  mayDecrease: false,
  mayCancelEarly: false,
  hasCancellationFee: true,
  renewalDaysBefore: 30,
};

describe('pax8_customer_get', () => {
  it('returns the bound company', async () => {
    expect(await read('pax8_customer_get')).toEqual([
      {
        id: own,
        name: 'Acme',
        status: 'Active',
        phone: '+44 1',
        website: 'www.acme.example/en',
        street: '1 Main St',
        city: 'Leeds',
        postalCode: 'LS1',
        country: 'GB',
        needsOrderApproval: true,
        mayOrderItself: false,
        isBilledByPax8: false,
        updatedAt: '2026-04-01T10:00:00Z',
      },
    ]);
  });
});

describe('subscription_list', () => {
  it('leaves out what is cancelled, unless all are asked for', async () => {
    const [current, all] = [await read('subscription_list'), await read('subscription_list', { status: 'all' })];
    const cancelled = expect.objectContaining({ id: ids.cancelled, status: 'Cancelled' }) as unknown;
    expect(current).toContainEqual(office);
    expect(current).not.toContainEqual(cancelled);
    expect(all).toContainEqual(cancelled);
  });
});

describe('subscription_get', () => {
  it('returns price, rules, add-ons that are the customer’s, and its tenant', async () => {
    expect(await read('subscription_get', { id: ids.subscription })).toEqual([
      {
        ...office,
        unitPrice: 22,
        currency: 'GBP',
        createdAt: '2025-12-20',
        billedFrom: '2026-01-01',
        vendorSubscriptionId: 'VS-OWN',
        commitment: oneYear,
        addOns: [{ id: ids.phoneSubscription, product: 'Phone' }],
        tenant: [
          { key: 'msTenantId', values: [ownTenant] },
          { key: 'msDomain', values: ['acme.onmicrosoft.example'] },
        ],
      },
    ]);
  });

  it('names what it is an add-on of only when that is the customer’s too', async () => {
    expect(await read('subscription_get', { id: ids.phoneSubscription })).toMatchObject([
      { addOnOf: { id: ids.subscription, product: 'Office Premium' } },
    ]);
    const [crossed] = (await read('subscription_get', { id: ids.crossed })) as object[];
    expect(crossed).not.toHaveProperty('addOnOf');
  });

  it('does without rules where the vendor does not know the product', async () => {
    await bound.pax8.admin(`subscriptions/${ids.subscription}`, { productId: ids.missing });
    const [gone] = (await read('subscription_get', { id: ids.subscription })) as object[];
    expect(gone).not.toHaveProperty('commitment');
    await bound.pax8.admin(`subscriptions/${ids.subscription}`, { productId: '../companies' });
    const [odd] = (await read('subscription_get', { id: ids.subscription })) as object[];
    expect(odd).not.toHaveProperty('productId');
  });
});

describe('subscription_history_list', () => {
  it('returns the states in which it was provably the customer’s', async () => {
    const state = {
      status: 'Active',
      unitPrice: 22,
      currency: 'GBP',
      billingTerm: 'Monthly',
      startDate: '2026-01-01T00:00:00Z',
    };
    expect(await read('subscription_history_list', { id: ids.subscription })).toEqual([
      { ...state, quantity: 25, commitmentTerm: '1-Year', committedUntil: '2026-12-31T23:59:59Z' },
      { ...state, quantity: 20 },
    ]);
  });
});

describe('usage_list and usage_line_list', () => {
  it('return what the customer used and pays', async () => {
    expect(await read('usage_list', { subscriptionId: ids.azureSubscription })).toEqual([
      {
        id: ids.summary,
        productId: ids.azure,
        resourceGroup: 'acme-rg',
        vendor: 'Microsoft',
        charges: 100.56,
        currency: 'GBP',
        isTrial: false,
      },
    ]);
    const lines = { summaryId: ids.summary, day: '2026-05-31' };
    expect(await read('usage_line_list', lines)).toEqual([
      {
        day: '2026-05-31',
        product: 'Virtual machine',
        productId: ids.azure,
        quantity: 24,
        unit: '1 Hour',
        unitPrice: 0.5,
        charges: 12,
        currency: 'GBP',
      },
    ]);
    expect(await read('usage_line_list', { ...lines, day: '2026-05-30' })).toEqual([]);
  });
});

describe('product_search and product_get', () => {
  const product = {
    id: ids.office,
    name: 'Office Premium',
    vendor: 'Microsoft',
    sku: 'MST-1',
    summary: 'Office',
    needsCommitment: true,
  };

  it('find products by a part of their name', async () => {
    expect(await read('product_search', { text: 'office' })).toEqual([product]);
  });

  it('return retail prices for the customer, commitments and what an order must bring', async () => {
    const price = { billingTerm: 'Monthly', kind: 'Flat', unit: 'User' };
    const rate = { from: 1, per: 'Per Unit' };
    expect(await read('product_get', { id: ids.office })).toEqual([
      {
        ...product,
        description: 'Office, longer',
        prices: [
          { ...price, commitmentTerm: '3-Year', rates: [{ ...rate, price: 20 }] },
          { ...price, commitmentTerm: '1-Year', rates: [{ ...rate, price: 22 }] },
        ],
        commitments: [
          oneYear,
          {
            commitmentTermId: ids.threeYear,
            term: '3-Year',
            renewsByItself: false,
            mayIncrease: true,
            mayDecrease: false,
            mayCancelEarly: false,
            hasCancellationFee: false,
          },
        ],
        requirements: [
          { key: 'msTenantId', label: 'Tenant', kind: 'Input', possibleValues: [] },
          { key: 'msDomain', label: 'Domain', kind: 'Single-Value', possibleValues: [] },
          { key: 'msCustExists', label: 'Exists', kind: 'Single-Value', possibleValues: ['Yes', 'No'] },
        ],
        addOnOf: [],
      },
    ]);
    expect(await read('product_get', { id: ids.phone })).toMatchObject([{ addOnOf: ['A qualifying plan'] }]);
    expect(await read('product_get', { id: ids.missing })).toEqual([]);
  });
});

describe('order_list and order_get', () => {
  it('return orders with their lines', async () => {
    const order = {
      id: ids.order,
      createdAt: '2026-01-01',
      orderedBy: 'Pax8 Partner',
      isScheduled: false,
      lines: [
        {
          productId: ids.office,
          subscriptionId: ids.subscription,
          quantity: 25,
          billingTerm: 'Monthly',
          startDate: '2026-01-01T00:00:00Z',
        },
      ],
    };
    expect(await read('order_list')).toEqual([order]);
    expect(await read('order_get', { id: ids.order })).toEqual([order]);
  });
});

describe('what is billed and quoted', () => {
  it('returns invoices made out to the customer', async () => {
    expect(await read('pax8_invoice_list')).toEqual([
      {
        id: ids.ownInvoice,
        day: '2026-05-06',
        dueDay: '2026-05-16',
        status: 'Paid',
        total: 66,
        balance: 0,
        currency: 'GBP',
      },
    ]);
  });

  it('returns the customer’s items of a month, and the coming ones', async () => {
    expect(await read('invoice_item_list', { month: '2026-04' })).toEqual([{ id: ids.aprilItem, ...item }]);
    expect(await read('invoice_draft_list')).toEqual([{ ...item, total: 551 }]);
    expect(await read('invoice_draft_list', { month: 'current' })).toEqual([item]);
  });

  it('returns quotes with what the customer was offered', async () => {
    expect(await read('quote_list')).toEqual([
      {
        id: ids.quote,
        reference: 'Q-1001',
        status: 'sent',
        createdAt: '2026-05-01T09:00:00Z',
        initialTotal: 100,
        recurringTotal: 550,
        currency: 'GBP',
      },
    ]);
  });
});
