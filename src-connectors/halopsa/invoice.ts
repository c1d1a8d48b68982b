// An invoice to the customer. Whoever is served, billed and billed in the end must all be the customer (halopsa.md §5.9):
// a reseller's or a parent's invoice is not shown. Nor are `revenue` and cost, which are the MSP's margin.
import { z } from 'zod';
import type { OwnerSelector } from '../naming.ts';
import { amountOf, isRow, memberOf, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HaloDate } from './date.ts';
import { RecordId } from './ids.ts';

export const invoiceOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['original_client_id', 'client_to_invoice_to_id', 'client.id', 'site.client_id'],
  within: ['client_id', 'original_client_id', 'client_to_invoice_to_id', 'client.id', 'site.client_id'],
};

export const invoiceMembers = {
  id: RecordId,
  number: z.string().max(100).optional(),
  invoicedAt: HaloDate.optional(),
  dueAt: HaloDate.optional(),
  total: z.number().optional(),
  amountDue: z.number().optional(),
  currency: z.string().max(10).optional(),
};

export const InvoiceLine = z.strictObject({
  item: z.string().max(500),
  quantity: z.number().optional(),
  unitPrice: z.number().optional(),
  net: z.number().optional(),
});

export function invoiceFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    number: textOf(row, 'invoicenumber', 100),
    invoicedAt: dateOf(row, 'invoice_date'),
    dueAt: dateOf(row, 'duedate'),
    total: amountOf(row, 'total'),
    amountDue: amountOf(row, 'amountdue'),
    currency: textOf(row, 'currency_code', 10),
  };
}

/** Lines name no owner: they are the invoice's own. One that does name another was cut out before. */
export function linesFrom(row: Row): z.input<typeof InvoiceLine>[] {
  const lines = memberOf(row, 'lines');
  return (Array.isArray(lines) ? lines : [])
    .filter(isRow)
    .slice(0, 200)
    .map((line) => ({
      item: textOf(line, 'item_shortdescription', 500) ?? '',
      quantity: amountOf(line, 'qty_order'),
      unitPrice: amountOf(line, 'unit_price'),
      net: amountOf(line, 'net_amount'),
    }));
}
