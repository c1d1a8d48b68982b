import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noFaults } from '../../src-demo/pax8/faults.ts';
import type { Json } from './northway.ts';
import { companyOf, productOf, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8();
});
afterEach(() => void Object.assign(pax8.emulator.faults, noFaults()));
afterAll(() => pax8.emulator.close());

const dental = companyOf('meridian-dental');
const unknown = '00000000-0000-4000-8000-000000000000';
const page = async (path: string) => (await pax8.record(path))['page'];
const members = (rows: readonly Json[], name: string) => rows.map((row) => row[name]);
const statusOf = async (path: string) => (await pax8.get(path)).status;

describe('pages', () => {
  it('begin at 0, have ten rows unless asked, and at most 200', async () => {
    const total = pax8.data.subscriptions.length;
    expect(await page('/v1/subscriptions')).toEqual({
      size: 10,
      totalElements: total,
      totalPages: Math.ceil(total / 10),
      number: 0,
    });
    expect(await pax8.rows('/v1/subscriptions')).toHaveLength(10);
    expect(await page('/v1/invoices/draftItems?size=500')).toMatchObject({ size: 200 });
    const [first, second] = [await pax8.rows('/v1/orders?size=7'), await pax8.rows('/v1/orders?size=7&page=1')];
    const ids = members([...first, ...second], 'id');
    expect(ids).toEqual(members(await pax8.rows('/v1/orders?size=14'), 'id'));
    expect(await pax8.rows('/v1/orders?page=999')).toEqual([]);
  });

  it('over 200 are refused when that is switched on', async () => {
    pax8.emulator.faults.oversize = 'refuse';
    expect(await statusOf('/v1/companies?size=201')).toBe(422);
    expect(await statusOf('/v1/companies?size=200')).toBe(200);
  });

  it('are missing where the vendor has none', async () => {
    const product = productOf('MST-365-BPR');
    const subscription = pax8.data.subscriptions[0]?.id;
    for (const path of [
      `/v1/products/${product}/pricing`,
      `/v1/products/${product}/provision-details`,
      `/v1/subscriptions/${subscription}/history`,
    ]) {
      expect(Object.keys(await pax8.record(path))).toEqual(['content']);
    }
  });

  it('of quotes are sized by limit and carry counts', async () => {
    const body = await pax8.record('/v2/quotes?limit=3&size=8');
    expect(body['content']).toHaveLength(3);
    expect(body).toMatchObject({ page: { size: 3, totalElements: 13 }, statusCounts: { sent: 6, accepted: 2 } });
  });
});

describe('queries', () => {
  it('filter by what is documented and ignore the rest', async () => {
    const own = await pax8.allRows(`/v1/subscriptions?companyId=${dental}`);
    expect(new Set(members(own, 'companyId'))).toEqual(new Set([dental]));
    const active = await pax8.allRows(`/v1/subscriptions?companyId=${dental}&status=Active`);
    expect(new Set(members(active, 'status'))).toEqual(new Set(['Active']));
    const everyone = pax8.data.subscriptions.length;
    for (const misspelt of [`company_id=${dental}`, `customerId=${dental}`, 'companyId=']) {
      expect(await page(`/v1/subscriptions?${misspelt}`)).toMatchObject({ totalElements: everyone });
    }
  });

  it('sort by a field, and not at all by one that is not there', async () => {
    const prices = members(await pax8.allRows('/v1/subscriptions?sort=price,desc'), 'price') as number[];
    expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    const names = members(await pax8.rows('/v1/companies?sort=name,asc&size=3'), 'name');
    expect(names).toEqual(['Acme Group', 'Acme Ltd', 'Alder Dentistry']);
    expect(await pax8.rows('/v1/companies?sort=nothing,asc')).toEqual(await pax8.rows('/v1/companies'));
  });

  it('cannot find companies by name or id', async () => {
    const total = pax8.data.companies.length;
    expect(await page(`/v1/companies?name=Acme&id=${dental}&search=Acme`)).toMatchObject({ totalElements: total });
    expect(await page('/v1/companies?status=Inactive')).toMatchObject({ totalElements: 1 });
    expect(await page('/v1/companies?country=FR')).toMatchObject({ totalElements: 0 });
  });

  it('find products by name, vendor and SKU', async () => {
    expect(members(await pax8.rows('/v1/products?search=copilot'), 'sku')).toEqual(['MST-COP-365']);
    expect(members(await pax8.rows('/v1/products?search=hdg-'), 'sku')).toEqual(['HDG-EDR', 'HDG-SOC']);
    expect(new Set(members(await pax8.allRows('/v1/products?vendorName=Stonevault'), 'vendorName'))).toEqual(
      new Set(['Stonevault']),
    );
  });

  it('find invoices by date and status', async () => {
    const dates = members(await pax8.rows('/v1/invoices?invoiceDateRangeStart=2026-10-01'), 'invoiceDate');
    expect(new Set(dates)).toEqual(new Set(['2026-10-01', '2026-11-01']));
    expect(await pax8.rows('/v1/invoices?status=Paid&invoiceDateRangeEnd=2026-09-30')).toHaveLength(1);
  });
});

describe('a companyId that is unknown', () => {
  const lists = [
    ['/v1/subscriptions', 403],
    ['/v1/orders', 404],
    ['/v1/invoices', 404],
    ['/v1/invoices/draftItems', 404],
  ] as const;

  it.each(lists)('is refused by %s with %i', async (path, status) => {
    expect(await statusOf(`${path}?companyId=${unknown}`)).toBe(status);
    expect(await statusOf(`${path}?companyId=not-a-uuid`)).toBe(status);
  });

  it('is answered the way that is switched on', async () => {
    for (const [path] of lists) {
      pax8.emulator.faults.unknownCompany = '403';
      expect(await statusOf(`${path}?companyId=${unknown}`)).toBe(403);
      pax8.emulator.faults.unknownCompany = '404';
      expect(await statusOf(`${path}?companyId=${unknown}`)).toBe(404);
      pax8.emulator.faults.unknownCompany = 'empty';
      expect(await pax8.rows(`${path}?companyId=${unknown}`)).toEqual([]);
    }
  });

  it('is also one that was deleted', async () => {
    const deleted = pax8.data.companies.find((one) => one.status === 'Deleted')?.id;
    expect(await statusOf(`/v1/subscriptions?companyId=${deleted}`)).toBe(403);
  });
});

describe('the catalogue', () => {
  it('shows what the MSP pays, and a company its own price', async () => {
    const path = `/v1/products/${productOf('MST-365-BPR')}/pricing`;
    const yearly = (rows: readonly Json[]) =>
      rows.filter((row) => row['billingTerm'] === 'Monthly' && row['commitmentTerm'] === '1-Year');
    const [general, own] = [yearly(await pax8.rows(path)), yearly(await pax8.rows(`${path}?companyId=${dental}`))];
    expect(general).toHaveLength(1);
    expect(general[0]?.['rates']).toMatchObject([{ partnerBuyRate: 16.17, suggestedRetailPrice: 19.01 }]);
    expect(own).toHaveLength(1);
    expect(own[0]?.['rates']).toMatchObject([{ partnerBuyRate: 16.17, suggestedRetailPrice: 18.01 }]);
    expect(own[0]).not.toHaveProperty('companyId');
  });

  it('tells commitments and needed products', async () => {
    const body = await pax8.record(`/v1/products/${productOf('MST-COP-365')}/dependencies`);
    const terms = members(body['commitmentDependencies'] as Json[], 'term');
    expect(terms).toEqual(['Monthly', '1-Year']);
    const [needed] = body['productDependencies'] as Json[];
    expect(members(needed?.['products'] as Json[], 'sku')).toContain('MST-365-BPR');
  });

  it('asks for the Microsoft tenant', async () => {
    const rows = await pax8.rows(`/v1/products/${productOf('MST-365-E3')}/provision-details`);
    expect(members(rows, 'key')).toContain('msTenantId');
    expect(rows.some((row) => 'productId' in row)).toBe(false);
  });
});

describe('usage lines', () => {
  it('want a date', async () => {
    const summary = pax8.data.usageSummaries[0]?.id;
    expect(await statusOf(`/v1/usage-summaries/${summary}/usage-lines`)).toBe(422);
    const rows = await pax8.rows(`/v1/usage-summaries/${summary}/usage-lines?usageDate=2026-11-10`);
    expect(members(rows, 'usageDate')).toEqual(['2026-11-10', '2026-11-10', '2026-11-10']);
  });
});

describe('draft items', () => {
  it('are of the next month unless told otherwise', async () => {
    const periods = (rows: readonly Json[]) => new Set(rows.map((row) => String(row['startPeriod']).slice(0, 7)));
    expect(periods(await pax8.allRows('/v1/invoices/draftItems'))).toEqual(new Set(['2026-12']));
    expect(periods(await pax8.allRows('/v1/invoices/draftItems?monthOffset=0'))).toEqual(new Set(['2026-11']));
    expect(await statusOf('/v1/invoices/draftItems?monthOffset=2')).toBe(422);
    expect((await pax8.rows('/v1/invoices/draftItems')).some((row) => 'id' in row || 'monthOffset' in row)).toBe(false);
  });
});
