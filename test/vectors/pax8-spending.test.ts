// How Pax8 lets a worker spend another customer's money, or the same money twice, or on something else than a person saw
// (pax8.md §6 rows 10, 12 and 13): one vector for each, against the emulator.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { bind } from '../connectors/bound.ts';
import {
  bindPax8,
  type BoundPax8,
  denied,
  idsOf,
  invalid,
  recordsOf,
  unproven,
  writesOf,
} from '../connectors/pax8/bound-pax8.ts';
import { foreign, foreignTenant, ids, own, ownTenant, today } from '../connectors/pax8/pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const faults = () => bound.pax8.emulator.faults;
const call = (tool: string, input: Record<string, unknown> = {}) => bound.call(tool, input);
const order = { productId: ids.dns, quantity: 2, billingTerm: 'Monthly' };
const purchase = { ...order, expectedTotal: 6, currency: 'GBP' };
const orders = async () => (await bound.pax8.allRows(`/v1/orders?companyId=${own}`)).length;

describe('row 10: an order for, or into, another customer', () => {
  const office = { productId: ids.office, quantity: 2, billingTerm: 'Monthly', commitmentTermId: ids.oneYear };
  const placed = { ...office, expectedTotal: 44, currency: 'GBP' };
  const tenant = (key: string, value: string) => ({ provisioning: [{ key, values: [value] }] });

  it('is placed for the bound company, which no argument names', async () => {
    for (const member of ['companyId', 'company', 'orderedBy'])
      expect(await call('order_create', { ...purchase, [member]: foreign })).toEqual(invalid);
    const answer = await call('order_create', purchase);
    if (answer.status !== 'ok') throw new Error(answer.reason);
    const [id] = idsOf(answer) as string[];
    expect(await bound.pax8.record(`/v1/orders/${id}`)).toMatchObject({ companyId: own });
  });

  it.each(['order_preview', 'order_create'])('%s hangs on no subscription that is not proven', async (tool) => {
    const input = tool === 'order_create' ? purchase : order;
    const answers: WorkerAnswer[] = [];
    for (const addOnOf of [ids.foreignSubscription, ids.ownerless, ids.missing])
      answers.push(await call(tool, { ...input, addOnOf }));
    expect(answers[0]).toMatchObject(unproven);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(writesOf(bound.asked())).toEqual([]);
    expect(await call(tool, { ...input, addOnOf: ids.subscription })).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['msTenantId', foreignTenant],
    ['msTenantId', foreignTenant.toUpperCase()],
    ['msTenantId', ids.missing],
    ['msTenantId', '00000000-0000-4000-8000-000000000077'],
    ['msDomain', 'foreign.example'],
    ['msCustExists', foreignTenant],
    ['vendorSubscriptionId', 'VS-FOREIGN'],
  ])('goes into no tenant the customer is not in already: %s %s', async (key, value) => {
    expect(await call('order_create', { ...placed, ...tenant(key, value) })).toMatchObject(invalid);
    expect(await call('order_preview', { ...office, ...tenant(key, value) })).toMatchObject(invalid);
    expect(writesOf(bound.asked())).toEqual([]);
  });

  it('goes into the tenant an existing subscription of the customer is in', async () => {
    const provisioning = [
      { key: 'msTenantId', values: [ownTenant] },
      { key: 'msDomain', values: ['acme.onmicrosoft.example'] },
      { key: 'msCustExists', values: ['Yes'] },
    ];
    expect(await call('order_create', { ...placed, provisioning })).toMatchObject({ status: 'ok' });
  });
});

describe('row 12: what cannot be undone', () => {
  it('tries an order out, on the words of the order itself, before it buys', async () => {
    expect(await call('order_create', purchase)).toMatchObject({ status: 'ok' });
    expect(writesOf(bound.asked())).toEqual(['POST /v1/orders?isMock=true', 'POST /v1/orders']);
    expect(await call('order_preview', { ...order, quantity: 9 })).toMatchObject({ status: 'ok' });
    expect(writesOf(bound.asked())).toEqual(['POST /v1/orders?isMock=true']);
    expect(await orders()).toBe(2);
  });

  it.each([
    ['order_create', { ...purchase, expectedTotal: 5.99 }, '6.00 GBP'],
    ['order_create', { ...purchase, currency: 'USD' }, '6.00 GBP'],
    [
      'subscription_quantity_set',
      { id: ids.subscription, quantity: 30, quantityNow: 25, expectedTotal: 600, currency: 'GBP' },
      '660.00 GBP',
    ],
    [
      'subscription_quantity_set',
      { id: ids.subscription, quantity: 30, quantityNow: 24, expectedTotal: 660, currency: 'GBP' },
      'quantity is 25 now',
    ],
    [
      'subscription_quantity_set',
      { id: ids.subscription, quantity: 20, quantityNow: 25, expectedTotal: 440, currency: 'GBP' },
      'does not allow a smaller quantity before 2026-12-31',
    ],
    [
      'subscription_cancel',
      { id: ids.subscription, expectedProduct: 'Office Premium', expectedQuantity: 25 },
      'commitment does not allow that until 2026-12-31',
    ],
    [
      'subscription_cancel',
      { id: ids.backupSubscription, expectedProduct: 'Phone', expectedQuantity: 8 },
      'another product',
    ],
    ['subscription_cancel', { id: ids.backupSubscription, expectedProduct: 'Backup', expectedQuantity: 9 }, 'is 8 now'],
  ])('%s %o changes nothing that is not as the person saw it', async (tool, input, words) => {
    expect(await call(tool, input)).toEqual(denied('INVALID_ARGUMENTS', words));
    expect(writesOf(bound.asked()).filter((one) => !one.includes('isMock=true'))).toEqual([]);
  });

  it('reads state and price after they were previewed, and right before the write', async () => {
    const seen = await call('subscription_quantity_preview', { id: ids.backupSubscription, quantity: 9 });
    expect(recordsOf(seen)).toMatchObject([{ quantityNow: 8, total: 45, currency: 'GBP', isAllowed: true }]);
    await bound.pax8.admin(`subscriptions/${ids.backupSubscription}`, { price: 7 });
    const set = { id: ids.backupSubscription, quantity: 9, quantityNow: 8, expectedTotal: 45, currency: 'GBP' };
    expect(await call('subscription_quantity_set', set)).toMatchObject(invalid);
    expect(writesOf(bound.asked())).toEqual([]);
  });

  it('sends the quantity and nothing else', async () => {
    const before = await bound.pax8.record(`/v1/subscriptions/${ids.subscription}`);
    const set = { id: ids.subscription, quantity: 30, quantityNow: 25, expectedTotal: 660, currency: 'GBP' };
    expect(await call('subscription_quantity_set', set)).toMatchObject({ status: 'ok' });
    const {
      quantity,
      status: _,
      updatedDate: __,
      ...rest
    } = await bound.pax8.record(`/v1/subscriptions/${ids.subscription}`);
    expect(quantity).toBe(30);
    expect(before).toMatchObject(rest);
  });
});

describe('row 13: a repeated order buys twice', () => {
  /** Loses the answer to the first POST that buys. */
  async function losingAnswer(): Promise<WorkerAnswer> {
    faults().latencyMs = 400;
    const running = call('order_create', purchase);
    const isSent = () =>
      bound.pax8.emulator.requests.some(
        ({ method, path, query }) => method === 'POST' && path === '/v1/orders' && query === '',
      );
    await expect.poll(isSent, { interval: 2 }).toBe(true);
    faults().truncateBody = true;
    const answer = await running;
    Object.assign(faults(), { latencyMs: 0, truncateBody: false });
    return answer;
  }

  it('says after a lost answer to look at the orders first, and sends nothing again', async () => {
    expect(await losingAnswer()).toMatchObject(denied('VENDOR_ERROR', 'look at order_list before you order again'));
    expect(writesOf(bound.asked()).filter((one) => one === 'POST /v1/orders')).toEqual(['POST /v1/orders']);
    expect(await orders()).toBe(2);
  });

  it('refuses an equal order afterwards, in this worker and in a fresh one, until it is said to be another', async () => {
    await losingAnswer();
    const fresh = bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: own, now: () => today });
    for (const worker of [bound.worker, fresh])
      expect(await worker.call('order_create', purchase)).toEqual(denied('INVALID_ARGUMENTS', 'look at order_list'));
    expect(await orders()).toBe(2);
    expect(await call('order_create', { ...purchase, isRepeat: true })).toMatchObject({ status: 'ok' });
    expect(await orders()).toBe(3);
  });

  it('buys once when the same order is asked for twice at the same time', async () => {
    const answers = await Promise.all([call('order_create', purchase), call('order_create', purchase)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['denied', 'ok']);
    expect(await orders()).toBe(2);
  });

  it('does not take another quantity, or another’s order, for the same order', async () => {
    expect(await call('order_create', { ...purchase, quantity: 7, expectedTotal: 21 })).toMatchObject({ status: 'ok' });
    expect(await call('order_create', purchase)).toMatchObject({ status: 'ok' });
  });
});
