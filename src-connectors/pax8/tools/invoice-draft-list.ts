// invoice_draft_list: what will be on the next invoices. Draft items have no ids.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { invoiceItemFrom, invoiceItemMembers } from '../invoice-item.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';

export const invoiceDraftList = listTool({
  connector: 'pax8',
  name: 'invoice_draft_list',
  title: 'List coming invoice items',
  description:
    "Lists the bound customer's items in Pax8 that are not on an invoice yet, at most 200 a page: product, period, quantity, unit " +
    'price and total as the customer pays them. The final invoice may differ, and usage billed in arrears is not among them. ' +
    untrusted,
  risk: 'sensitive',
  input: { month: z.enum(['current', 'next']).default('next').describe('Which month the items are for.') },
  record: z.strictObject(invoiceItemMembers),
  owner: { ...companyOwned, id: null },
  ownerParameter: 'companyId',
  request: ({ month }) => ({ path: '/v1/invoices/draftItems', query: { monthOffset: month === 'current' ? 0 : 1 } }),
  rows: content,
  project: invoiceItemFrom,
  limits: listLimits,
});
