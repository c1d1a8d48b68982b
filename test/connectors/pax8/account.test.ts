import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoundWorker, createWorker } from '../../../src-connectors/bound-worker.ts';
import { connectors } from '../../../src-connectors/connectors.ts';
import { SurveyBinding } from '../../../src-shared/contract/worker.ts';
import { bind, credential, realTimer } from '../bound.ts';
import { bindPax8, type BoundPax8, idsOf } from './bound-pax8.ts';
import { pax8Data } from './pax8-data.ts';
import { foreign, ids, own, today } from './pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const tokens = () => bound.pax8.emulator.requests.filter(({ path }) => path === '/v1/token').length;

describe('signing in', () => {
  it('asks for one token, however many calls begin at once', async () => {
    const before = tokens();
    await Promise.all([bound.call('order_list'), bound.call('subscription_list'), bound.call('quote_list')]);
    await bound.call('order_list');
    expect([tokens() - before, bound.worker.leases()]).toEqual([1, 1]);
  });

  it('asks for another when the vendor takes the token no more', async () => {
    await bound.call('order_list');
    const before = tokens();
    bound.pax8.emulator.faults.rejectTokens = true;
    expect(await bound.call('order_list')).toMatchObject({ status: 'ok' });
    expect(tokens() - before).toBe(1);
  });

  it('keeps a token no longer than the vendor says', async () => {
    let now = today;
    const clock = await bindPax8({ now: () => now }, pax8Data(), () => now);
    await clock.call('order_list');
    now += 86_400_000;
    await clock.call('order_list');
    expect(clock.worker.leases()).toBe(2);
    await clock.close();
  });

  it.each([
    [{ clientId: 'app-guid', clientSecret: 'wrong' }, 'does not accept the stored credential'],
    [{ clientId: 'app-guid' }, 'lacks a client id or a client secret'],
  ])('denies with %o', async (wrong, words) => {
    const worker = bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: own, credential: wrong });
    expect(await worker.call('order_list')).toEqual({
      status: 'denied',
      code: 'CREDENTIAL_UNAVAILABLE',
      reason: expect.stringContaining(words) as string,
    });
  });
});

describe('binding', () => {
  it.each([
    [{ currency: 'pounds' }, 'currency'],
    [{ orderedByEmail: 'nobody' }, 'orderedByEmail'],
    [{ requestsPerMinute: 'many' }, 'requestsPerMinute'],
  ])('refuses the settings %o', (settings, name) => {
    expect(() =>
      bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: own, settings: { demo: 'true', ...settings } }),
    ).toThrow(
      expect.objectContaining({ code: 'BINDING_INVALID', message: expect.stringContaining(name) as string }) as Error,
    );
  });

  it.each(['12', own.toUpperCase(), `${own} `, ''])('refuses %j as a company', (owner) => {
    expect(() => bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner })).toThrow(
      expect.objectContaining({ code: 'BINDING_INVALID' }) as Error,
    );
  });
});

describe('paging', () => {
  it('goes on where a page is full, and ends with the last', async () => {
    const many = await bindPax8({}, pax8Data(250));
    const first = await many.worker.call('subscription_list', { status: 'all' });
    if (first.status !== 'ok' || first.next === undefined) throw new Error('no second page');
    const second = await many.worker.call('subscription_list', { status: 'all', page: first.next });
    const all = [first, second].flatMap((answer) => idsOf(answer) as string[]);
    expect([first.records.length, new Set(all).size]).toEqual([200, 257]);
    expect(second).not.toHaveProperty('next');
    expect(many.asked().map((one) => one.split('?')[1])).toEqual([
      `companyId=${own}&size=200&page=0`,
      `companyId=${own}&size=200&page=1`,
    ]);
    await many.close();
  });

  it('goes on over items without ids', async () => {
    const data = pax8Data();
    const [item] = data.draftItems;
    if (item === undefined) throw new Error('the test data lost its items');
    const draftItems = Array.from({ length: 300 }, (_, at) => ({ ...item, quantity: at }));
    const many = await bindPax8({}, { ...data, draftItems });
    const first = await many.worker.call('invoice_draft_list');
    if (first.status !== 'ok' || first.next === undefined) throw new Error('no second page');
    const second = await many.worker.call('invoice_draft_list', { page: first.next });
    expect([first.records.length, second.status === 'ok' && second.records.length]).toEqual([200, 100]);
    await many.close();
  });
});

describe('survey', () => {
  it('lists the companies with what helps to map them', async () => {
    const { control } = surveyor();
    const answer = await control.survey(
      SurveyBinding.parse({
        tenant: 'msp',
        instance: 'pax8',
        connector: 'pax8',
        baseUrl: bound.pax8.emulator.url,
        settings: { demo: 'true' },
        extent: 'all',
      }),
      new AbortController().signal,
    );
    expect(answer).toEqual({
      isWhole: true,
      customers: [
        { id: own, name: 'Acme', domains: ['acme.example'], otherIds: ['12'], isInactive: false },
        { id: foreign, name: 'FOREIGN company', domains: ['foreign.example'], otherIds: [], isInactive: true },
        { id: ids.deleted, name: 'FOREIGN and gone', domains: [], otherIds: [], isInactive: true },
      ],
    });
  });
});

function surveyor(): BoundWorker {
  return createWorker({
    connectors,
    now: Date.now,
    after: realTimer,
    lease: () => Promise.reject(new Error('not in this test')),
    surveyCredential: () => Promise.resolve(credential),
  });
}
