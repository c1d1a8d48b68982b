// subscription_quantity_preview and subscription_quantity_set, against the emulator.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bind } from '../bound.ts';
import { bindPax8, type BoundPax8, recordsOf } from './bound-pax8.ts';
import { ids, own, today } from './pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const preview = (id: string, quantity: number) => bound.call('subscription_quantity_preview', { id, quantity });
const set = (id: string, quantity: number, quantityNow: number, expectedTotal: number) =>
  bound.call('subscription_quantity_set', { id, quantity, quantityNow, expectedTotal, currency: 'GBP' });
const patch = (id: string, members: object) => bound.pax8.admin(`subscriptions/${id}`, members);
const writes = () => bound.asked().filter((one) => !one.startsWith('GET '));

describe('subscription_quantity_preview', () => {
  it('shows the price now and then, by the price agreed with the customer', async () => {
    await patch(ids.subscription, { price: 19.995 });
    expect(recordsOf(await preview(ids.subscription, 30))).toEqual([
      {
        id: ids.subscription,
        product: 'Office Premium',
        billingTerm: 'Monthly',
        quantityNow: 25,
        totalNow: 499.88,
        quantity: 30,
        total: 599.85,
        currency: 'GBP',
        isAllowed: true,
      },
    ]);
    expect(writes()).toEqual([]);
  });

  it('follows the price list where the price depends on the number', async () => {
    expect(recordsOf(await preview(ids.backupSubscription, 12))).toMatchObject([{ totalNow: 40, total: 48 }]);
    await patch(ids.backupSubscription, { price: 4.5 });
    expect(await preview(ids.backupSubscription, 12)).toMatchObject({ status: 'denied', code: 'INVALID_ARGUMENTS' });
  });

  it.each([
    [25, {}, 'the quantity it has now'],
    [24, {}, 'does not allow a smaller quantity before 2026-12-31'],
    [
      24,
      { commitmentTerm: { id: ids.missing, term: '9-Year', endDate: '2026-12-31T00:00:00Z' } },
      'does not show what',
    ],
    [30, { status: 'PendingCancel' }, 'not active'],
    [30, { startDate: '2026-07-01T00:00:00Z' }, 'not started'],
  ])('says why %i is not allowed with %o', async (quantity, members, words) => {
    await patch(ids.subscription, members);
    expect(recordsOf(await preview(ids.subscription, quantity))).toMatchObject([
      { isAllowed: false, refusal: expect.stringContaining(words) as string },
    ]);
  });

  it('allows fewer once the commitment is over', async () => {
    const commitmentTerm = { id: ids.oneYear, term: '1-Year', endDate: '2026-06-15T09:59:59Z' };
    await patch(ids.subscription, { commitmentTerm });
    expect(recordsOf(await preview(ids.subscription, 24))).toMatchObject([{ isAllowed: true, total: 528 }]);
  });

  it.each(['quantity', 'price', 'currencyCode', 'productId'])('shows no price without %s', async (member) => {
    await patch(ids.subscription, { [member]: null });
    expect(await preview(ids.subscription, 30)).toMatchObject({ status: 'denied', code: 'INVALID_ARGUMENTS' });
  });
});

describe('subscription_quantity_set', () => {
  it('sets the quantity that was previewed, and says what became of it', async () => {
    expect(recordsOf(await set(ids.subscription, 30, 25, 660))).toEqual([
      { id: ids.subscription, quantity: 30, status: 'PendingAutomated', total: 660, currency: 'GBP' },
    ]);
    expect(await bound.pax8.record(`/v1/subscriptions/${ids.subscription}`)).toMatchObject({ quantity: 30, price: 22 });
  });

  it('does not report success when the vendor leaves it for the renewal', async () => {
    // The commitment is over by the worker's clock, and binds for half a minute more by the vendor's.
    const commitmentTerm = { id: ids.oneYear, term: '1-Year', endDate: '2026-06-15T10:00:30Z' };
    await patch(ids.subscription, { commitmentTerm });
    bound.pax8.emulator.faults.delayDecrease = true;
    const ahead = bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: own, now: () => today + 60_000 });
    const input = { id: ids.subscription, quantity: 24, quantityNow: 25, expectedTotal: 528, currency: 'GBP' };
    expect(await ahead.call('subscription_quantity_set', input)).toMatchObject({
      code: 'VENDOR_ERROR',
      reason: expect.stringContaining('did not confirm') as string,
    });
  });

  it.each([0, -1, 1.5, 10_001, '30'])('refuses %j as a quantity', async (quantity) => {
    const input = { id: ids.subscription, quantity, quantityNow: 25, expectedTotal: 660, currency: 'GBP' };
    expect(await bound.call('subscription_quantity_set', input)).toEqual({
      status: 'denied',
      code: 'INVALID_ARGUMENTS',
    });
    expect(bound.asked()).toEqual([]);
  });

  it('says to look when it is not known whether it was done', async () => {
    bound.pax8.emulator.faults.latencyMs = 400;
    const running = set(ids.subscription, 30, 25, 660);
    await expect
      .poll(() => bound.pax8.emulator.requests.some(({ method }) => method === 'PUT'), { interval: 2 })
      .toBe(true);
    bound.pax8.emulator.faults.truncateBody = true;
    expect(await running).toMatchObject({
      code: 'VENDOR_ERROR',
      reason: expect.stringContaining('look at subscription_get') as string,
    });
  });
});
