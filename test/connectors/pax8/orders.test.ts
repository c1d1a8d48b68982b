// order_preview and order_create, against the emulator.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindPax8, type BoundPax8, recordsOf } from './bound-pax8.ts';
import { pax8Data } from './pax8-data.ts';
import { ids, own } from './pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const dns = { productId: ids.dns, quantity: 2, billingTerm: 'Monthly' };
const office = { productId: ids.office, quantity: 2, billingTerm: 'Monthly' };
const preview = (input: Record<string, unknown>) => bound.call('order_preview', input);
const invalid = (words: string) => ({
  status: 'denied',
  code: 'INVALID_ARGUMENTS',
  reason: expect.stringContaining(words) as string,
});

describe('order_preview', () => {
  it('shows the customer’s own price under the chosen commitment', async () => {
    expect(recordsOf(await preview({ ...office, commitmentTermId: ids.threeYear }))).toEqual([
      {
        productId: ids.office,
        product: 'Office Premium',
        quantity: 2,
        billingTerm: 'Monthly',
        total: 40,
        currency: 'GBP',
      },
    ]);
    expect(recordsOf(await preview({ ...office, commitmentTermId: ids.oneYear }))).toMatchObject([{ total: 44 }]);
  });

  it.each([
    [{ ...office }, 'needs a commitmentTermId'],
    [{ ...office, commitmentTermId: ids.missing }, 'no such commitment'],
    [{ ...dns, commitmentTermId: ids.oneYear }, 'no such commitment'],
    [{ ...dns, productId: ids.missing }, 'no such product'],
    [{ ...dns, billingTerm: 'Annual' }, 'lists no price'],
    [{ ...dns, productId: ids.azure }, 'lists no price'],
    [{ ...dns, provisioning: [{ key: 'region', values: ['UK'] }] }, 'asks for no detail'],
  ])('says what is wrong with %o', async (input, words) => {
    expect(await preview(input)).toEqual(invalid(words));
    expect(bound.asked().filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  it('says so when the vendor does not take the trial', async () => {
    expect(await preview({ ...dns, productId: ids.phone })).toMatchObject({
      code: 'VENDOR_ERROR',
      reason: expect.stringContaining('Nothing was ordered') as string,
    });
  });

  it('takes the currency that is set over the one the subscriptions are in, and guesses none', async () => {
    const data = pax8Data();
    const euro = await bindPax8({ settings: { demo: 'true', currency: 'EUR' } });
    expect(recordsOf(await euro.call('order_preview', dns))).toMatchObject([{ currency: 'EUR' }]);
    await euro.close();
    const mixed = data.subscriptions.map((one, at) => (at === 0 ? { ...one, currencyCode: 'USD' } : one));
    for (const subscriptions of [mixed, data.subscriptions.filter(({ companyId }) => companyId !== own)]) {
      const unsure = await bindPax8({}, { ...data, subscriptions });
      expect(await unsure.call('order_preview', dns)).toEqual(invalid('in which currency'));
      await unsure.close();
    }
  });
});

describe('order_create', () => {
  const placed = { ...dns, expectedTotal: 6, currency: 'GBP' };

  it('places exactly what was asked for', async () => {
    const settings = { demo: 'true', orderedByEmail: 'desk@msp.example' };
    const set = await bindPax8({ settings });
    const provisioning = [{ key: 'note', values: ['For the front desk'] }];
    const answer = await set.call('order_create', { ...placed, addOnOf: ids.subscription, provisioning });
    const [record] = recordsOf(answer) as { id: string; subscriptionId: string }[];
    if (record === undefined) throw new Error('nothing was ordered');
    expect(record).toEqual({
      id: record.id,
      subscriptionId: record.subscriptionId,
      productId: ids.dns,
      product: 'DNS Filter',
      quantity: 2,
      billingTerm: 'Monthly',
      total: 6,
      currency: 'GBP',
    });
    expect(await set.pax8.record(`/v1/orders/${record.id}`)).toMatchObject({
      companyId: own,
      orderedBy: 'Pax8 Partner',
      orderedByUserEmail: 'desk@msp.example',
      lineItems: [{ productId: ids.dns, quantity: 2, billingTerm: 'Monthly', subscriptionId: record.subscriptionId }],
    });
    expect(await set.pax8.record(`/v1/subscriptions/${record.subscriptionId}`)).toMatchObject({
      companyId: own,
      parentSubscriptionId: ids.subscription,
      provisioningDetails: provisioning,
      price: 3,
    });
    await set.close();
  });

  it('orders under the commitment that was chosen', async () => {
    const commitmentTermId = ids.threeYear;
    const answer = await bound.call('order_create', {
      ...office,
      commitmentTermId,
      expectedTotal: 40,
      currency: 'GBP',
    });
    const [record] = recordsOf(answer) as { subscriptionId: string }[];
    expect(await bound.pax8.record(`/v1/subscriptions/${record?.subscriptionId}`)).toMatchObject({
      commitmentTerm: { id: commitmentTermId, term: '3-Year' },
    });
  });

  it('forgets after ten minutes what it sent', async () => {
    let now = Date.parse('2026-06-15T10:00:00Z');
    const data = pax8Data();
    const clock = await bindPax8({ now: () => now }, data, () => now);
    // The vendor shows orders as of two days ago, so that the worker's own memory is all there is.
    const hidden = await bindPax8({ url: clock.pax8.emulator.url, now: () => now + 3 * 86_400_000 }, data);
    expect(await hidden.call('order_create', placed)).toMatchObject({ status: 'ok' });
    now += 9 * 60_000;
    expect(await hidden.call('order_create', placed)).toEqual(invalid('was just sent'));
    now += 61_000;
    expect(await hidden.call('order_create', placed)).toMatchObject({ status: 'ok' });
    await hidden.close();
    await clock.close();
  });
});
