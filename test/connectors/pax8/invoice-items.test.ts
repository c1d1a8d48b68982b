import { describe, expect, it } from 'vitest';
import { invoiceItemList } from '../../../src-connectors/pax8/tools/invoice-item-list.ts';
import type { Vendor, VendorRequest } from '../../../src-connectors/vendor.ts';
import { contextOf, noCall } from './context.ts';
import { foreign, ids, own } from './pax8-records.ts';

/** The lists that are read after the vendor answered with these invoices. */
async function readFrom(invoices: readonly unknown[], isFull = false): Promise<string[]> {
  const asked: string[] = [];
  const page: Vendor['page'] = async ({ path }: VendorRequest) => {
    if (path === '/v1/invoices') return { rows: invoices, isFull };
    asked.push(path);
    return { rows: [], isFull: false };
  };
  await invoiceItemList.run(contextOf({ page }), { month: '2026-05' }, noCall);
  return asked;
}
const may = { id: ids.mspInvoice, invoiceDate: '2026-05-05' };

describe('invoice_item_list', () => {
  it('reads every invoice of the month once', async () => {
    const other = { id: ids.ownInvoice, invoiceDate: '2026-05-06T00:00:00Z', companyId: own };
    expect(await readFrom([may, other, may])).toEqual([
      `/v1/invoices/${ids.mspInvoice}/items`,
      `/v1/invoices/${ids.ownInvoice}/items`,
    ]);
  });

  it.each([
    ['of another month, from a vendor that ignores the dates', { ...may, invoiceDate: '2026-04-05' }],
    ['without a date', { id: may.id }],
    ['of another company', { ...may, companyId: foreign }],
    ['of something that is no company', { ...may, companyId: 0 }],
    ['without an id', { invoiceDate: may.invoiceDate }],
    ['with an id that is a path', { ...may, id: '../companies' }],
    ['that is no record', 'invoice'],
  ])('reads none %s', async (_, invoice) => {
    expect(await readFrom([invoice])).toEqual([]);
  });

  it('reads none at all when there are more than one page of invoices', async () => {
    await expect(readFrom([may], true)).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
  });
});
