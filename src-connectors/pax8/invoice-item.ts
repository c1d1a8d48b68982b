// One item of an invoice, past or coming. Left out on purpose: what the MSP pays (cost, costTotal) and every amount that
// may be worked out from it (subTotal, amountDue, salesTax, billingFee; pax8.md §4.7), and the company's name.
import { z } from 'zod';
import { type Row, textOf } from '../row.ts';
import { dateOf, Pax8Date } from './date.ts';
import { idOf, RecordId } from './ids.ts';
import { currencyOf, numberOf } from './money.ts';

const short = z.string().max(300);

export const invoiceItemMembers = {
  type: short.optional(),
  product: short.optional(),
  productId: RecordId.optional(),
  subscriptionId: RecordId.optional(),
  sku: short.optional(),
  vendor: short.optional(),
  description: z.string().max(1000).optional(),
  details: z.string().max(1000).optional(),
  from: Pax8Date.optional(),
  to: Pax8Date.optional(),
  quantity: z.number().optional(),
  unit: short.optional(),
  billingTerm: short.optional(),
  rateType: short.optional(),
  unitPrice: z.number().optional(),
  total: z.number().optional().describe('What the customer pays.'),
  currency: z.string().max(3).optional(),
  purchaseOrder: short.optional(),
};

export function invoiceItemFrom(row: Row) {
  return {
    type: textOf(row, 'type', 300),
    product: textOf(row, 'productName', 300),
    productId: idOf(row, 'productId'),
    subscriptionId: idOf(row, 'subscriptionId'),
    sku: textOf(row, 'sku', 300),
    vendor: textOf(row, 'vendorName', 300),
    description: textOf(row, 'description', 1000),
    details: textOf(row, 'details', 1000),
    from: dateOf(row, 'startPeriod'),
    to: dateOf(row, 'endPeriod'),
    quantity: numberOf(row, 'quantity'),
    unit: textOf(row, 'unitOfMeasure', 300),
    billingTerm: textOf(row, 'term', 300),
    rateType: textOf(row, 'rateType', 300),
    unitPrice: numberOf(row, 'price'),
    total: numberOf(row, 'total'),
    currency: currencyOf(row, 'currencyCode'),
    purchaseOrder: textOf(row, 'purchaseOrderNumber', 300),
  };
}
