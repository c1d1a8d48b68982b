import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from './northway.ts';
import { companyOf, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8();
});
afterAll(() => pax8.emulator.close());

const dental = companyOf('meridian-dental');
const logistics = companyOf('meridian-logistics');
const owners = (rows: readonly Json[]) => new Set(rows.map((row) => row['companyId']));
const sharedUsage = () => {
  const [first] = pax8.data.usageSummaries;
  return `/v1/subscriptions/${first?.subscriptionId}/usage-summaries`;
};

describe('records by id', () => {
  it('are served whoever owns them', async () => {
    for (const company of [dental, logistics]) {
      const of = (rows: readonly { id: string; companyId?: string | undefined }[]) =>
        rows.find((row) => row.companyId === company)?.id;
      for (const path of [
        `/v1/subscriptions/${of(pax8.data.subscriptions)}`,
        `/v1/orders/${of(pax8.data.orders)}`,
        `/v1/usage-summaries/${of(pax8.data.usageSummaries)}`,
      ]) {
        expect(await pax8.record(path)).toMatchObject({ companyId: company });
      }
      expect(await pax8.record(`/v1/companies/${company.toUpperCase()}`)).toMatchObject({ id: company });
    }
  });
});

describe('lists without a company', () => {
  it('are everyone’s', async () => {
    for (const path of ['/v1/subscriptions', '/v1/orders', '/v1/invoices/draftItems', sharedUsage()]) {
      expect(owners(await pax8.allRows(path)).size).toBeGreaterThan(2);
    }
  });
});

describe('rows without an owner', () => {
  it('are among subscriptions, orders, usage summaries, invoice items and quotes', async () => {
    for (const path of ['/v1/subscriptions', '/v1/orders', sharedUsage()]) {
      expect((await pax8.allRows(path)).filter((row) => !('companyId' in row))).toHaveLength(1);
    }
    const quotes = (await pax8.rows('/v2/quotes?limit=100')).map((row) => row['client'] as Json);
    expect(quotes.filter((client) => !('id' in client))).toEqual([
      { name: 'Meridian Dental Group', isShadowCompany: false },
    ]);
  });
});

describe('invoices', () => {
  const items = async (id: string | undefined, query = '') => pax8.allRows(`/v1/invoices/${id}/items${query}`);

  it('mix every company in the items of one, and rows of nobody', async () => {
    const own = pax8.data.invoices[0];
    const rows = await items(own?.id);
    expect(owners(rows).size).toBeGreaterThan(30);
    const nobodys = rows.filter((row) => !('companyId' in row));
    expect(nobodys.map((row) => row['type'])).toEqual(['service-charge', 'rebate', 'invoice-credit']);
    expect(nobodys[2]).toMatchObject({ companyName: 'Alder Legal LLP' });
  });

  it('cannot have their items filtered', async () => {
    const [own] = pax8.data.invoices;
    expect(await items(own?.id, `?companyId=${dental}`)).toEqual(await items(own?.id));
  });

  it('have no company unless Pax8 bills it, and totals of the whole MSP', async () => {
    const rows = await pax8.rows('/v1/invoices');
    const billed = companyOf('harbour-trust');
    expect(rows.filter((row) => 'companyId' in row).map((row) => row['companyId'])).toEqual([billed]);
    expect(new Set(rows.map((row) => row['partnerName']))).toEqual(new Set(['Northway IT', 'Northway IT (Islands)']));
    expect(await pax8.rows(`/v1/invoices?companyId=${dental}`)).toEqual([]);
    expect(await pax8.rows(`/v1/invoices?companyId=${billed}`)).toHaveLength(1);
    expect(Number(rows[0]?.['total'])).toBeGreaterThan(10_000);
  });

  it('may find those that mention a company, when that is switched on', async () => {
    pax8.emulator.faults.invoicesOfCompany = 'mentioned';
    expect(await pax8.rows(`/v1/invoices?companyId=${dental}`)).toHaveLength(3);
    pax8.emulator.faults.invoicesOfCompany = 'billed';
  });

  it('name an item’s company wrongly, with the right id', async () => {
    const wrong = (await items(pax8.data.invoices[0]?.id)).filter(
      (row) => row['companyName'] === 'Meridian Dental Group' && row['companyId'] !== dental,
    );
    expect(wrong).toMatchObject([{ companyId: logistics, externalId: '214' }]);
  });
});

describe('usage summaries', () => {
  it('of one subscription are of several companies', async () => {
    const rows = await pax8.rows(sharedUsage());
    expect(owners(rows)).toEqual(new Set([dental, logistics, companyOf('alder-dentistry'), undefined]));
    expect(new Set(rows.map((row) => row['subscriptionId'])).size).toBe(1);
    expect(owners(await pax8.rows(`${sharedUsage()}?companyId=${logistics}`))).toEqual(new Set([logistics]));
  });

  it('have lines that lead to an owner through the summary alone', async () => {
    const theirs = pax8.data.usageSummaries.find((one) => one.companyId === logistics);
    const rows = await pax8.rows(`/v1/usage-summaries/${theirs?.id}/usage-lines?usageDate=2026-11-10`);
    expect(rows.map((row) => [row['usageSummaryId'], 'companyId' in row])).toEqual(
      Array.from({ length: 3 }, () => [theirs?.id, false]),
    );
    expect(rows[0]).toHaveProperty('currentProfit');
  });
});

describe('quotes', () => {
  it('have no company filter and a nested owner, who may be no company', async () => {
    const rows = await pax8.rows(`/v2/quotes?limit=100&companyId=${dental}&clientId=${dental}`);
    expect(rows).toHaveLength(pax8.data.quotes.length);
    const clients = rows.map((row) => row['client'] as Json);
    expect(new Set(clients.map(({ id }) => id)).size).toBeGreaterThan(8);
    expect(clients.filter((client) => client['isShadowCompany'] === true)).toMatchObject([{ name: 'Oxbow Joinery' }]);
  });

  it('show margins in the detail only', async () => {
    const [row] = await pax8.rows('/v2/quotes');
    expect(row).not.toHaveProperty('salesMarginPercentage');
    expect(row).not.toHaveProperty('lineItems');
    const detail = await pax8.record(`/v2/quotes/${String(row?.['id'])}`);
    expect(detail).toHaveProperty('salesMarginPercentage');
    expect(await (await pax8.get(`/v2/quotes/${String(row?.['id'])}/line-items`)).json()).toEqual(detail['lineItems']);
  });

  it('can be written for anyone', async () => {
    const made = await pax8.send('POST', '/v2/quotes', { clientId: logistics });
    const id = String((made.json() as Json)['id']);
    expect([made.status, made.json()]).toMatchObject([201, { client: { id: logistics }, status: 'draft' }]);
    const change = { status: 'sent', published: true, expiresOn: 'x', introMessage: 'x', termsAndDisclaimers: 'x' };
    expect((await pax8.send('PUT', `/v2/quotes/${id}`, { status: 'sent' })).status).toBe(422);
    expect((await pax8.send('PUT', `/v2/quotes/${id}`, change)).json()).toMatchObject({ id, status: 'sent' });
    expect((await pax8.send('DELETE', `/v2/quotes/${id}`)).status).toBe(204);
    expect((await pax8.get(`/v2/quotes/${id}`)).status).toBe(404);
  });
});

describe('links', () => {
  it('lead from one customer’s records to another’s', async () => {
    const child = pax8.data.subscriptions.filter((one) => one.companyId === logistics)[1];
    const parent = await pax8.record(`/v1/subscriptions/${child?.parentSubscriptionId}`);
    expect(parent['companyId']).toBe(dental);
    const [order] = await pax8.rows(`/v1/orders?companyId=${companyOf('acme-ltd')}`);
    const lines = order?.['lineItems'] as Json[];
    const target = await pax8.record(`/v1/subscriptions/${String(lines.at(-1)?.['subscriptionId'])}`);
    expect(target['companyId']).toBe(companyOf('acme-group'));
  });

  it('name another customer’s Microsoft tenant', async () => {
    const tenantOf = async (customer: string) => {
      const [plan] = await pax8.rows(`/v1/subscriptions?companyId=${companyOf(customer)}`);
      return (plan?.['provisioningDetails'] as Json[] | undefined)?.[0];
    };
    expect(await tenantOf('denholm-construction')).toHaveProperty('key', 'msTenantId');
    expect(await tenantOf('denholm-interiors')).toEqual(await tenantOf('denholm-construction'));
  });
});

describe('webhooks', () => {
  it('take any address and show everyone’s records in their logs', async () => {
    const made = await pax8.send('POST', '/api/v2/webhooks', { url: 'https://elsewhere.example' });
    const { id } = made.json() as Json;
    expect(made.status).toBe(200);
    const logs = await pax8.rows(`/api/v2/webhooks/${String(id)}/logs?size=200`);
    expect(owners(logs.map((log) => log['payload'] as Json)).size).toBeGreaterThan(30);
    expect((await pax8.send('DELETE', `/api/v2/webhooks/${String(id)}`)).status).toBe(204);
    expect(await pax8.rows('/api/v2/webhooks')).toHaveLength(1);
  });
});
