// pax8_invoice_list: invoices that are the customer's own. The MSP's, which mix all customers, name no company and fall
// away: not even their totals may be seen (pax8.md §6 row 6).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { idOf, RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { currencyOf, numberOf } from '../money.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';

export const invoiceList = listTool({
  connector: 'pax8',
  name: 'pax8_invoice_list',
  title: 'List invoices from Pax8',
  description:
    'Lists invoices that Pax8 made out to the bound customer itself, at most 200 a page: day, due day, total, balance, status. Most ' +
    'customers have none, because Pax8 bills the MSP: invoice_item_list then shows their own items of a month, invoice_draft_list ' +
    `the coming ones. ${untrusted}`,
  risk: 'sensitive',
  input: {},
  record: z.strictObject({
    id: RecordId,
    day: Pax8Date.optional(),
    dueDay: Pax8Date.optional(),
    status: z.string().max(300).optional(),
    total: z.number().optional(),
    balance: z.number().optional(),
    carriedBalance: z.number().optional(),
    currency: z.string().max(3).optional(),
  }),
  owner: companyOwned,
  ownerParameter: 'companyId',
  request: () => ({ path: '/v1/invoices' }),
  rows: content,
  project: (row) => ({
    id: idOf(row, 'id') ?? '',
    day: dateOf(row, 'invoiceDate'),
    dueDay: dateOf(row, 'dueDate'),
    status: textOf(row, 'status', 300),
    total: numberOf(row, 'total'),
    balance: numberOf(row, 'balance'),
    carriedBalance: numberOf(row, 'carriedBalance'),
    currency: currencyOf(row, 'currencyCode'),
  }),
  limits: listLimits,
});
