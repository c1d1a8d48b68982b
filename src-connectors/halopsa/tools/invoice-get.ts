// invoice_get: one invoice with its lines.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { RecordId } from '../ids.ts';
import { invoiceFrom, InvoiceLine, invoiceMembers, invoiceOwner, linesFrom } from '../invoice.ts';
import { oneLimits } from '../limits.ts';

export const invoiceGet = oneTool({
  connector: 'halopsa',
  name: 'invoice_get',
  title: 'Read an invoice',
  description:
    'Reads one invoice of the bound customer in HaloPSA by its id: number, dates, total, amount due, and up to 200 lines with ' +
    `quantity and price. Nothing comes back when the invoice is not this customer's own in every respect. ${untrusted}`,
  risk: 'sensitive',
  input: { id: RecordId.describe('The invoice id, from invoice_list.') },
  record: z.strictObject({ ...invoiceMembers, lines: z.array(InvoiceLine).max(200) }),
  owner: invoiceOwner,
  target: {
    key: 'invoices',
    id: ({ id }) => id,
    request: ({ id }) => ({ path: `/Invoice/${id}`, query: { includelines: true } }),
    probe: { path: '/Invoice', ownerParameter: 'client_id' },
  },
  project: (row) => ({ ...invoiceFrom(row), lines: linesFrom(row) }),
  limits: oneLimits,
});
