import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { documentedRateLimit, noFaults } from '../../src-demo/pax8/faults.ts';
import type { Pax8Faults } from '../../src-demo/pax8/faults.ts';
import type { Json } from './northway.ts';
import { companyOf, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let pax8: Pax8;
let faults: Pax8Faults;
beforeAll(async () => {
  pax8 = await startPax8(() => clock);
  faults = pax8.emulator.faults;
});
afterEach(() => void Object.assign(faults, noFaults()));
afterAll(() => pax8.emulator.close());

const dental = companyOf('meridian-dental');
const list = `/v1/subscriptions?companyId=${dental}`;
const lists = [list, `/v1/orders?companyId=${dental}`, `/v1/invoices/draftItems?companyId=${dental}`] as const;
const foreign = (rows: readonly Json[]) => rows.filter((row) => row['companyId'] !== dental);

describe('ownership faults', () => {
  it.each(lists)('ignoreCompanyFilter lists everyone in %s', async (path) => {
    faults.ignoreCompanyFilter = true;
    expect(new Set((await pax8.allRows(path)).map((row) => row['companyId'])).size).toBeGreaterThan(30);
    expect((await pax8.get(path.replace(dental, 'nobody'))).status).toBe(200);
  });

  it('dropOwner takes the owner off rows and records', async () => {
    faults.dropOwner = true;
    for (const path of lists) expect((await pax8.rows(path)).some((row) => 'companyId' in row)).toBe(false);
    const [row] = await pax8.rows(list);
    expect(await pax8.record(`/v1/subscriptions/${String(row?.['id'])}`)).not.toHaveProperty('companyId');
    expect((await pax8.rows('/v2/quotes')).some((quote) => 'client' in quote)).toBe(false);
    const summary = pax8.data.usageSummaries[0]?.id;
    const lines = await pax8.rows(`/v1/usage-summaries/${summary}/usage-lines?usageDate=2026-11-10`);
    expect(lines.some((line) => 'usageSummaryId' in line)).toBe(false);
  });

  it.each(lists)('mixForeignRows adds rows of others with their true owner to %s', async (path) => {
    const owner = pax8.data.subscriptions.find((one) => one.companyId !== dental)?.companyId;
    faults.mixForeignRows = 3;
    const rows = foreign(await pax8.rows(path));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.['companyId']).toBe(owner);
  });

  it('mixForeignRows adds lines of other summaries, and no contacts: nothing tells them apart', async () => {
    faults.mixForeignRows = 2;
    const summary = pax8.data.usageSummaries[0]?.id;
    const lines = await pax8.rows(`/v1/usage-summaries/${summary}/usage-lines?usageDate=2026-11-10`);
    expect(lines.filter((line) => line['usageSummaryId'] !== summary)).toHaveLength(2);
    expect(await pax8.rows(`/v1/companies/${dental}/contacts`)).toHaveLength(3);
  });

  it('lieOwner names the asked company on an item whose id says otherwise', async () => {
    faults.lieOwner = true;
    const lies = foreign(await pax8.rows(lists[2]));
    expect(lies.map((row) => row['companyName'])).toEqual(['Meridian Dental Group']);
    expect(foreign(await pax8.rows(list))).toHaveLength(1);
  });

  it('foreignContact serves, changes and deletes a contact under any company', async () => {
    const theirs = pax8.data.contacts.find((one) => one.companyId === companyOf('fernhill-school'));
    const path = `/v1/companies/${dental}/contacts/${theirs?.id}`;
    expect((await pax8.get(path)).status).toBe(404);
    faults.foreignContact = true;
    expect((await pax8.get(path)).json()).toMatchObject({ id: theirs?.id, email: theirs?.email });
    const change = { firstName: 'Nina', lastName: 'Berg' };
    expect((await pax8.send('PUT', path, change)).json()).toMatchObject({ id: theirs?.id, firstName: 'Nina' });
    expect((await pax8.send('DELETE', path)).status).toBe(204);
    const home = await pax8.rows(`/v1/companies/${companyOf('fernhill-school')}/contacts`);
    expect(home.some(({ id }) => id === theirs?.id)).toBe(false);
  });

  it('wrongTotalElements lies about the number', async () => {
    faults.wrongTotalElements = 7;
    expect(await pax8.record(list)).toMatchObject({ page: { totalElements: 7 } });
  });

  it('hugePage repeats rows until the body is large', async () => {
    faults.hugePage = 2_000_000;
    const { text } = await pax8.get(list);
    expect(text.length).toBeGreaterThan(2_000_000);
    expect(foreign((JSON.parse(text) as { content: Json[] }).content)).toEqual([]);
  });
});

describe('failures', () => {
  it.each([
    [400, 'BAD_REQUEST'],
    [408, 'BAD_REQUEST'],
    [503, 'INTERNAL_SERVER_ERROR'],
  ])('failStatus %i answers with the envelope', async (failStatus, type) => {
    faults.failStatus = failStatus;
    const { status, json } = await pax8.get(list);
    expect([status, json()]).toMatchObject([failStatus, { type, status: failStatus, details: [] }]);
    expect((await pax8.signIn()).status).toBe(200);
  });

  it('garbageJson claims JSON and is none, but not for tokens', async () => {
    faults.garbageJson = true;
    const answer = await pax8.get(list);
    expect(answer.status).toBe(200);
    expect(answer.json).toThrow(SyntaxError);
    expect((await pax8.signIn()).json()).toHaveProperty('access_token');
  });

  it('truncateBody lets an order happen whose answer nobody gets', async () => {
    const before = (await pax8.allRows(lists[1])).length;
    faults.truncateBody = true;
    const product = pax8.data.products.find((one) => one.sku === 'STV-BKP-SRV')?.id;
    const order = { companyId: dental, lineItems: [{ productId: product, quantity: 1, billingTerm: 'Monthly' }] };
    await expect(pax8.send('POST', '/v1/orders', order)).rejects.toThrow(TypeError);
    faults.truncateBody = false;
    expect(await pax8.allRows(lists[1])).toHaveLength(before + 1);
  });

  it('latencyMs, dropConnection and hang are those of every vendor', async () => {
    faults.latencyMs = 60;
    const begun = performance.now();
    await pax8.get(list);
    expect(performance.now() - begun).toBeGreaterThan(55);
    faults.latencyMs = 0;
    faults.dropConnection = true;
    await expect(pax8.get(list)).rejects.toThrow(TypeError);
  });
});

describe('the rate limit', () => {
  it('is off by default and answers 429 without a header once it is reached', async () => {
    expect(noFaults().rateLimit).toBe(null);
    expect(documentedRateLimit).toEqual({ requests: 1000, windowSeconds: 60, retryAfter: null });
    faults.rateLimit = { ...documentedRateLimit, requests: 2 };
    expect([(await pax8.get(list)).status, (await pax8.get(list)).status]).toEqual([200, 200]);
    const refused = await pax8.get(list);
    expect([refused.status, refused.json()]).toMatchObject([429, { status: 429, message: 'Too many requests' }]);
    expect(refused.headers.has('retry-after')).toBe(false);
    clock += 60_001;
    expect((await pax8.get(list)).status).toBe(200);
  });
});
