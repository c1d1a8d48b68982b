// What Pax8's bills tell of other customers and of the MSP (pax8.md §6 rows 5, 6, 7 and 11): one vector for each, against
// the emulator. One invoice and one subscription's usage mix every company's; the MSP's own amounts are in every row.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pax8 as connector } from '../../src-connectors/pax8/pax8.ts';
import {
  bindPax8,
  type BoundPax8,
  denied,
  droppedOf,
  idsOf,
  invalid,
  missing,
  recordsOf,
  withoutIds,
} from '../connectors/pax8/bound-pax8.ts';
import { pax8Examples } from '../connectors/pax8/examples.ts';
import { pax8Data } from '../connectors/pax8/pax8-data.ts';
import { foreign, ids, own } from '../connectors/pax8/pax8-records.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const faults = () => bound.pax8.emulator.faults;
const call = (tool: string, input: Record<string, unknown> = {}) => bound.call(tool, input);
const examples = pax8Examples(pax8Data(), own, foreign);

describe('row 5: invoice items cannot be filtered', () => {
  it('returns the customer’s own items of the month, and no fee that names nobody', async () => {
    expect(idsOf(await call('invoice_item_list', { month: '2026-05' }))).toEqual([ids.item, ids.ownInvoiceItem]);
    expect(idsOf(await call('invoice_item_list', { month: '2026-04' }))).toEqual([ids.aprilItem]);
    expect(idsOf(await call('invoice_item_list', { month: '2026-03' }))).toEqual([]);
  });

  it('reads no invoice that is another company’s', async () => {
    await call('invoice_item_list', { month: '2026-05' });
    expect(bound.asked().filter((one) => one.includes('/items'))).toEqual([
      `GET /v1/invoices/${ids.mspInvoice}/items?size=200&page=0`,
      `GET /v1/invoices/${ids.ownInvoice}/items?size=200&page=0`,
    ]);
  });

  it('takes no invoice id, and says nothing of how many items others have', async () => {
    expect(await call('invoice_item_list', { month: '2026-05', id: ids.mspInvoice })).toEqual(invalid);
    const before = await call('invoice_item_list', { month: '2026-05' });
    faults().wrongTotalElements = 7_626_113;
    expect(await call('invoice_item_list', { month: '2026-05' })).toEqual(before);
    expect(connector.tools.find(({ name }) => name === 'invoice_item_list')?.definition().returns).toBe('scan');
  });

  it('drops items without a company, whatever invoice they are on', async () => {
    faults().dropOwner = true;
    expect(idsOf(await call('invoice_item_list', { month: '2026-05' }))).toEqual([]);
  });

  it('gives up rather than leave out items when a month has too many invoices', async () => {
    const data = pax8Data();
    const [first] = data.invoices;
    if (first === undefined) throw new Error('the test data lost its invoices');
    const many = Array.from({ length: 41 }, (_, at) => ({
      ...first,
      id: `00000000-0000-4000-8000-${String(at + 1000).padStart(12, '0')}`,
    }));
    const crowded = await bindPax8({}, { ...data, invoices: many, invoiceItems: [] });
    expect(await crowded.call('invoice_item_list', { month: '2026-05' })).toEqual(
      denied('VENDOR_ERROR', 'looked through'),
    );
    await crowded.close();
  });
});

describe('row 6: invoice headers are the MSP’s', () => {
  it('shows those alone that name the bound company, even when the vendor finds others by it', async () => {
    expect(idsOf(await call('pax8_invoice_list'))).toEqual([ids.ownInvoice]);
    faults().invoicesOfCompany = 'mentioned';
    const answer = await call('pax8_invoice_list');
    expect(idsOf(answer)).toEqual([ids.ownInvoice]);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });
});

describe('row 7: usage spans companies', () => {
  const usage = { subscriptionId: ids.azureSubscription };

  it('returns of one subscription the summaries of the bound company alone', async () => {
    expect(idsOf(await call('usage_list', usage))).toEqual([ids.summary]);
    faults().ignoreCompanyFilter = true;
    const answer = await call('usage_list', usage);
    expect([idsOf(answer), droppedOf(answer)]).toEqual([[ids.summary], 2]);
  });

  it('does not ask for the usage of a subscription that is not proven, though a summary there may be the customer’s', async () => {
    expect(await call('usage_list', { subscriptionId: ids.foreignAzure })).toEqual(missing);
    expect(bound.asked()).toEqual([`GET /v1/subscriptions/${ids.foreignAzure}`]);
  });

  it('does not ask for the lines of a summary that is not proven in the same call', async () => {
    for (const summaryId of [ids.foreignSummary, ids.ownerlessSummary]) {
      expect(await call('usage_line_list', { summaryId, day: '2026-05-31' })).toEqual(missing);
      expect(bound.asked()).toEqual([`GET /v1/usage-summaries/${summaryId}`]);
    }
  });

  it('drops lines of other summaries and lines that name none', async () => {
    const lines = { summaryId: ids.summary, day: '2026-05-31' };
    const honest = recordsOf(await call('usage_line_list', lines));
    faults().mixForeignRows = 2;
    const answer = await call('usage_line_list', lines);
    expect([recordsOf(answer), droppedOf(answer)]).toEqual([honest, 1]);
  });
});

describe('row 11: what the MSP pays and earns', () => {
  it('is in no answer of any tool', async () => {
    const texts: string[] = [];
    for (const { tool, own: input } of examples) {
      const answer = await bound.worker.call(tool, input);
      expect(answer, tool).toMatchObject({ status: 'ok' });
      texts.push(JSON.stringify(answer));
    }
    expect(withoutIds(texts.join('\n'))).not.toMatch(/6113|SECRET|partnerCost|buyRate|margin|profit|partnerTotal/i);
  });

  it('is a member of no record', () => {
    const names = connector.tools.map((tool) => JSON.stringify(tool.definition().recordSchema));
    expect(names.join('\n')).not.toMatch(
      /partnerCost|buyRate|"cost|margin|profit|partnerTotal|subTotal|amountDue|salesTax/i,
    );
  });
});
