// invoice_list: what the customer was invoiced.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { invoiceFrom, invoiceMembers, invoiceOwner } from '../invoice.ts';
import { listLimits } from '../limits.ts';

export const invoiceList = listTool({
  connector: 'halopsa',
  name: 'invoice_list',
  title: 'List invoices',
  description:
    "Lists the bound customer's invoices in HaloPSA, at most 50 a page: id, number, dates, total, amount due. Only invoices to the " +
    `customer itself for its own services; those through a parent or reseller are left out. Use invoice_get for lines. ${untrusted}`,
  risk: 'sensitive',
  input: {},
  record: z.strictObject(invoiceMembers),
  owner: invoiceOwner,
  ownerParameter: 'client_id',
  request: () => ({ path: '/Invoice' }),
  rows: 'invoices',
  project: invoiceFrom,
  limits: listLimits,
});
