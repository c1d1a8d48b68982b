// quote_list: quotes for the customer. The vendor lists everybody's, whose each is stands nested in `client`, and a client
// may be no company at all (pax8.md §4.8). Cost, margin, attachments and who has access are never asked for.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { idOf, RecordId } from '../ids.ts';
import { scanLimits } from '../limits.ts';
import { currencyOf, numberOf } from '../money.ts';
import { content } from '../style.ts';

const short = z.string().max(300);

export const quoteList = listTool({
  connector: 'pax8',
  name: 'quote_list',
  title: 'List quotes',
  description:
    "Lists the bound customer's quotes in Pax8, at most 100 a page: reference, status, days, and the totals the customer was " +
    `offered, once and a billing term. The vendor lists all quotes, so this takes a while. ${untrusted}`,
  risk: 'sensitive',
  input: {},
  record: z.strictObject({
    id: RecordId,
    reference: short.optional(),
    status: short.optional(),
    createdAt: Pax8Date.optional(),
    updatedAt: Pax8Date.optional(),
    publishedAt: Pax8Date.optional(),
    expiresAt: Pax8Date.optional(),
    initialTotal: z.number().optional(),
    recurringTotal: z.number().optional(),
    currency: z.string().max(3).optional(),
  }),
  owner: { owner: 'client.id', also: ['companyId', 'clientId'], within: ['companyId', 'clientId'], ids: 'uuid' },
  scan: { mostPages: 50 },
  request: () => ({ path: '/v2/quotes', pageSize: 100 }),
  rows: content,
  project: (row) => ({
    id: idOf(row, 'id') ?? '',
    reference: textOf(row, 'referenceCode', 300),
    status: textOf(row, 'status', 300),
    createdAt: dateOf(row, 'createdOn'),
    updatedAt: dateOf(row, 'updatedOn'),
    publishedAt: dateOf(row, 'publishedOn'),
    expiresAt: dateOf(row, 'expiresOn'),
    initialTotal: numberOf(row, 'totals.initialTotal.amount'),
    recurringTotal: numberOf(row, 'totals.recurringTotal.amount'),
    currency: currencyOf(row, 'totals.recurringTotal.currency') ?? currencyOf(row, 'totals.initialTotal.currency'),
  }),
  limits: scanLimits,
});
