import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noFaults } from '../../src-demo/pax8/faults.ts';
import type { Json } from './northway.ts';
import { companyOf, productOf, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8(() => clock);
});
afterEach(() => void Object.assign(pax8.emulator.faults, noFaults()));
afterAll(() => pax8.emulator.close());

const dental = companyOf('meridian-dental');
const plan = productOf('MST-365-BPR');
const details = [{ key: 'msTenantId', values: ['a tenant'] }];
const termOf = (product: string, term: string) =>
  pax8.data.commitments.find((one) => one.productId === product && one.term === term)?.id;
const order = (line: Json, more: Json = {}, query = '') =>
  pax8.send('POST', `/v1/orders${query}`, { companyId: dental, lineItems: [line], ...more });
const backup = {
  productId: productOf('STV-BKP-SRV'),
  quantity: 2,
  billingTerm: 'Monthly',
  provisioningDetails: details,
};
const bought = async (line: Json) => {
  const answer = await order(line);
  if (answer.status !== 200) throw new Error(answer.text);
  const [made] = (answer.json() as { lineItems: Json[] }).lineItems;
  return String(made?.['subscriptionId']);
};
const subscription = (id: string) => pax8.record(`/v1/subscriptions/${id}`);
const put = (id: string, body: Json) => pax8.send('PUT', `/v1/subscriptions/${id}`, body);
const problems = async (line: Json, more: Json = {}) => {
  const { status, json } = await order(line, more);
  return [status, (json() as { details: Json[] }).details.map((one) => one['message'])];
};
const counts = async () => [
  (await pax8.allRows('/v1/orders')).length,
  (await pax8.allRows('/v1/subscriptions')).length,
];

describe('POST /v1/orders', () => {
  it('answers 200 without a status and makes a subscription that is active after a tick', async () => {
    const { status, json } = await order({ ...backup, lineItemNumber: 1 }, { orderedByUserEmail: 'amy@msp.example' });
    const made = json() as { lineItems: Json[] };
    expect([status, made]).toMatchObject([
      200,
      { companyId: dental, createdDate: '2026-11-20', isScheduled: false, orderedBy: 'Pax8 Partner' },
    ]);
    expect(made).not.toHaveProperty('status');
    const [line] = made.lineItems;
    expect(line).toMatchObject({ productId: backup.productId, quantity: 2, billingTerm: 'Monthly' });
    const id = String(line?.['subscriptionId']);
    expect(await subscription(id)).toMatchObject({
      companyId: dental,
      status: 'PendingAutomated',
      quantity: 2,
      price: 32,
      partnerCost: 19,
    });
    clock += 2000;
    expect(await subscription(id)).toMatchObject({ status: 'Active' });
    expect((await pax8.rows(`/v1/orders?companyId=${dental}&size=200`)).at(-1)).toEqual(made);
  });

  it('buys again when it is repeated', async () => {
    const before = await counts();
    const [first, second] = [await bought(backup), await bought(backup)];
    expect(first).not.toBe(second);
    expect(await counts()).toEqual(before.map((count) => count + 2));
  });

  it('checks and changes nothing with isMock=true', async () => {
    const before = await counts();
    const { status, json } = await order(backup, {}, '?isMock=true');
    expect([status, json()]).toEqual([
      200,
      {
        companyId: dental,
        createdDate: '2026-11-20',
        isScheduled: false,
        lineItems: [
          {
            productId: backup.productId,
            quantity: 2,
            billingTerm: 'Monthly',
            provisionStartDate: '2026-11-20T16:00:02Z',
          },
        ],
      },
    ]);
    expect((await order({ ...backup, quantity: 0 }, {}, '?isMock=true')).status).toBe(422);
    expect(await counts()).toEqual(before);
  });

  it('refuses what it cannot sell', async () => {
    const seat = { productId: plan, quantity: 3, billingTerm: 'Monthly', provisioningDetails: details };
    const line = (text: string) => [422, [`lineItems[0]: ${text}`]];
    expect(await problems({ ...backup, productId: dental })).toEqual(line('productId is not valid'));
    expect(await problems({ ...backup, quantity: 1.5 })).toEqual(line('quantity must be a whole number above 0'));
    expect(await problems({ ...backup, billingTerm: 'Weekly' })).toEqual(
      line('there is no price for this billingTerm'),
    );
    expect(await problems(seat)).toEqual(line('commitmentTermId is required'));
    expect(await problems({ ...seat, commitmentTermID: termOf(plan, '1-Year') })).toEqual(
      line('commitmentTermId is required'),
    );
    expect(await problems({ ...seat, commitmentTermId: plan })).toEqual(line('commitmentTermId is not valid'));
    expect(await problems({ ...backup, parentSubscriptionId: plan })).toEqual(
      line('parentSubscriptionId is not valid'),
    );
    const phone = productOf('MST-TMS-PHN');
    expect(await problems({ ...seat, productId: phone, commitmentTermId: termOf(phone, '1-Year') })).toEqual(
      line('a parent subscription or a parent line item is required'),
    );
    expect(await problems(backup, { companyId: plan })).toEqual([422, ['companyId is not valid']]);
    expect(await problems(backup, { orderedBy: 'Nobody' })).toEqual([422, ['orderedBy is not valid']]);
    expect(await problems(backup, { lineItems: [] })).toEqual([422, ['lineItems must not be empty']]);
    expect((await pax8.send('POST', '/v1/orders', [])).status).toBe(400);
  });

  it('refuses a company that is not active', async () => {
    const inactive = pax8.data.companies.find((one) => one.status === 'Inactive')?.id;
    expect(await problems(backup, { companyId: inactive })).toEqual([
      422,
      ['The company cannot order: it is not Active'],
    ]);
  });

  it('takes a parent and a Microsoft tenant of another customer', async () => {
    const phone = productOf('MST-TMS-PHN');
    const theirs = pax8.data.subscriptions.find((one) => one.companyId === companyOf('fernhill-school'));
    const id = await bought({
      productId: phone,
      quantity: 1,
      billingTerm: 'Monthly',
      commitmentTermId: termOf(phone, '1-Year'),
      parentSubscriptionId: theirs?.id,
      provisioningDetails: theirs?.['provisioningDetails'],
    });
    expect(await subscription(id)).toMatchObject({
      companyId: dental,
      parentSubscriptionId: theirs?.id,
      provisioningDetails: theirs?.['provisioningDetails'],
    });
  });

  it('puts a line below another of the same order', async () => {
    const phone = productOf('MST-TMS-PHN');
    const seat = { billingTerm: 'Monthly', quantity: 1, provisioningDetails: details };
    const lineItems = [
      {
        ...seat,
        lineItemNumber: 2,
        parentLineItemNumber: 1,
        productId: phone,
        commitmentTermId: termOf(phone, '1-Year'),
      },
      { ...seat, lineItemNumber: 1, productId: plan, commitmentTermId: termOf(plan, '1-Year') },
    ];
    const { json } = await order({}, { lineItems });
    const [child, parent] = (json() as { lineItems: Json[] }).lineItems;
    expect(await subscription(String(child?.['subscriptionId']))).toMatchObject({
      parentSubscriptionId: parent?.['subscriptionId'],
    });
  });

  it('waits for provisioning details that are missing, and takes volume and own prices', async () => {
    const { provisioningDetails: _none, ...bare } = backup;
    expect(await subscription(await bought(bare))).toMatchObject({ status: 'WaitingForDetails' });
    const edr = { productId: productOf('HDG-EDR'), billingTerm: 'Monthly', provisioningDetails: details };
    expect(await subscription(await bought({ ...edr, quantity: 50 }))).toMatchObject({ partnerCost: 2.1 });
    expect(await subscription(await bought({ ...edr, quantity: 51 }))).toMatchObject({ partnerCost: 1.79 });
    const seat = { productId: plan, quantity: 1, billingTerm: 'Monthly', commitmentTermId: termOf(plan, '1-Year') };
    expect(await subscription(await bought(seat))).toMatchObject({ price: 18.01 });
  });

  it('hides an order with a future date', async () => {
    const { json } = await order({ ...backup, provisionStartDate: '2026-12-24T00:00:00Z' });
    const made = json() as Json;
    expect(made['isScheduled']).toBe(true);
    expect((await pax8.get(`/v1/orders/${String(made['id'])}`)).status).toBe(404);
    const [line] = made['lineItems'] as Json[];
    const id = String(line?.['subscriptionId']);
    clock += 60_000;
    expect(await subscription(id)).toMatchObject({ status: 'PendingAutomated' });
    expect((await put(id, { quantity: 3 })).status).toBe(422);
  });
});

describe('provisionAfterMs', () => {
  it('null leaves everything pending until the tick', async () => {
    pax8.emulator.faults.provisionAfterMs = null;
    const id = await bought(backup);
    clock += 86_000_000;
    await pax8.signIn();
    expect(await subscription(id)).toMatchObject({ status: 'PendingAutomated' });
    await pax8.admin('tick');
    expect(await subscription(id)).toMatchObject({ status: 'Active' });
  });
});

describe('PUT /v1/subscriptions/{id}', () => {
  const free = () => bought(backup);
  const committed = async (term: string) =>
    bought({ ...backup, productId: plan, quantity: 5, commitmentTermId: termOf(plan, term) });

  it('changes the quantity alone, pending at first, and keeps what was', async () => {
    const id = await free();
    clock += 2000;
    const { status, json } = await put(id, { quantity: 4 });
    expect([status, json()]).toMatchObject([200, { id, quantity: 4, status: 'PendingAutomated', price: 32 }]);
    clock += 2000;
    expect(await subscription(id)).toMatchObject({ quantity: 4, status: 'Active' });
    const history = await pax8.rows(`/v1/subscriptions/${id}/history`);
    expect(history.map((state) => [state['quantity'], state['status']])).toEqual([
      [4, 'Active'],
      [4, 'PendingAutomated'],
      [2, 'Active'],
      [2, 'PendingAutomated'],
    ]);
  });

  it('never moves it to another company', async () => {
    const id = await free();
    await put(id, { quantity: 3, companyId: companyOf('fernhill-school') });
    expect(await subscription(id)).toMatchObject({ companyId: dental, quantity: 3 });
  });

  it.each([
    [{}],
    [{ companyId: dental }],
    [{ quantity: 0 }],
    [{ quantity: '5' }],
    [{ quantity: 2.5 }],
    [{ price: '1' }],
  ])('refuses %j', async (body) => {
    const id = await free();
    expect((await put(id, body)).status).toBe(422);
    expect(await subscription(id)).toMatchObject({ quantity: 2 });
  });

  it('refuses fewer seats inside a commitment and takes more', async () => {
    const id = await committed('1-Year');
    const refused = await put(id, { quantity: 4 });
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      { type: 'INVALID_PARAM', message: 'The commitment term does not allow a smaller quantity' },
    ]);
    expect((await put(id, { quantity: 6 })).status).toBe(200);
    expect((await put(await committed('Monthly'), { quantity: 4 })).status).toBe(200);
  });

  it('may instead leave fewer seats for the renewal', async () => {
    pax8.emulator.faults.delayDecrease = true;
    const id = await committed('1-Year');
    const { status, json } = await put(id, { quantity: 4 });
    expect([status, json()]).toMatchObject([200, { quantity: 5 }]);
    expect(await subscription(id)).toMatchObject({ quantity: 5 });
  });

  it('takes fewer seats once the commitment has ended', async () => {
    const id = await committed('1-Year');
    const ended = { id: termOf(plan, '1-Year'), term: '1-Year', endDate: '2026-11-01T00:00:00Z' };
    await pax8.admin(`subscriptions/${id}`, { commitmentTerm: ended });
    expect((await put(id, { quantity: 4 })).status).toBe(200);
  });
});

describe('DELETE /v1/subscriptions/{id}', () => {
  const remove = (id: string, query = '') => pax8.send('DELETE', `/v1/subscriptions/${id}${query}`);

  it('cancels at once, and only once', async () => {
    const id = await bought(backup);
    expect((await remove(id)).status).toBe(204);
    expect(await subscription(id)).toMatchObject({ status: 'Cancelled' });
    expect((await remove(id)).status).toBe(422);
    expect((await put(id, { quantity: 9 })).status).toBe(422);
    clock += 5000;
    expect(await subscription(id)).toMatchObject({ status: 'Cancelled' });
  });

  it('waits for its date', async () => {
    const id = await bought(backup);
    const date = new Date(clock + 3_600_000).toISOString();
    expect((await remove(id, `?cancelDate=${date}`)).status).toBe(204);
    expect(await subscription(id)).toMatchObject({ status: 'PendingCancel', endDate: date.replace('.000', '') });
    clock += 3_600_000;
    expect(await subscription(id)).toMatchObject({ status: 'Cancelled' });
    expect((await remove(await bought(backup), '?cancelDate=soon')).status).toBe(422);
  });

  it('is refused inside a commitment', async () => {
    const line = { ...backup, productId: plan };
    const id = await bought({ ...line, commitmentTermId: termOf(plan, '1-Year') });
    expect((await remove(id)).status).toBe(422);
    expect((await remove(id, '?cancelDate=2029-01-01T00:00:00Z')).status).toBe(204);
    expect((await remove(await bought({ ...line, commitmentTermId: termOf(plan, 'Monthly') }))).status).toBe(204);
  });
});

describe('the admin endpoints', () => {
  it('move a subscription under a caller’s feet', async () => {
    const id = await bought(backup);
    await pax8.admin(`subscriptions/${id}`, { companyId: companyOf('fernhill-school') });
    expect(await subscription(id)).toMatchObject({ companyId: companyOf('fernhill-school') });
    await pax8.admin(`subscriptions/${id}`, { companyId: null });
    expect(await subscription(id)).not.toHaveProperty('companyId');
    expect((await pax8.admin('subscriptions/x', {})).status).toBe(404);
    expect((await pax8.admin(`subscriptions/${id}`, { status: 'Lost' })).status).toBe(400);
    expect((await pax8.admin('tock')).status).toBe(404);
  });
});
