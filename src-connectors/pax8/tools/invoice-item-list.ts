// invoice_item_list: what the customer was billed in a month. Pax8 bills the MSP, so one invoice mixes every customer's
// items and none can be asked for alone (pax8.md §4.7, §6 row 5): the month's invoices are looked up, read whole, and
// everything but the customer's own items is forgotten. The caller names a month, never an invoice.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import type { ToolContext } from '../../define.ts';
import { listTool } from '../../list-tool.ts';
import { isRow, type Row } from '../../row.ts';
import type { ToolCall, VendorRequest } from '../../vendor.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf } from '../date.ts';
import { daysOf, Month } from '../day.ts';
import { idOf, RecordId } from '../ids.ts';
import { invoiceItemFrom, invoiceItemMembers } from '../invoice-item.ts';
import { scanLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';

export const invoiceItemList = listTool({
  connector: 'pax8',
  name: 'invoice_item_list',
  title: 'List invoiced items of a month',
  description:
    "Lists the bound customer's own items on the Pax8 invoices dated in one month, at most 100 a page: product, period, quantity, " +
    'unit price and total as the customer pays them. Whatever names no customer, such as fees, is left out. All invoices of the ' +
    `month are looked through, so this takes a while. ${untrusted}`,
  risk: 'sensitive',
  input: { month: Month.describe('The month of the invoice, such as 2026-05.') },
  record: z.strictObject({ id: RecordId, ...invoiceItemMembers }),
  owner: companyOwned,
  scan: { mostPages: 60, requests: (context, { month }, call) => itemsOf(month, context, call) },
  request: () => ({ path: '/v1/invoices' }),
  rows: content,
  project: (row) => ({ id: idOf(row, 'id') ?? '', ...invoiceItemFrom(row) }),
  limits: scanLimits,
});

/** The item lists of the month's invoices: the MSP's and the customer's own. Others' are not even read. */
async function itemsOf(
  month: string,
  { owner, vendor }: ToolContext,
  call: ToolCall,
): Promise<readonly VendorRequest[]> {
  const { first, last } = daysOf(month);
  const query = { invoiceDateRangeStart: first, invoiceDateRangeEnd: last };
  const { rows, isFull } = await vendor.page({ path: '/v1/invoices', query, page: 1 }, content, call);
  const ids = rows.filter(isRow).flatMap((row) => (isReadable(row, month, owner) ? (idOf(row, 'id') ?? []) : []));
  if (isFull || ids.length > mostInvoices) throw new Fault('VENDOR_ERROR', tooManyWords);
  return [...new Set(ids)].map((id) => ({ path: `/v1/invoices/${id}/items` }));
}

function isReadable(row: Row, month: string, owner: string): boolean {
  const isNobodys = row['companyId'] === undefined || row['companyId'] === null;
  return dateOf(row, 'invoiceDate')?.slice(0, 7) === month && (isNobodys || idOf(row, 'companyId') === owner);
}

const mostInvoices = 40;
const tooManyWords = 'The vendor has more invoices in this month than can be looked through.';
