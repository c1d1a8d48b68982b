// usage_line_list: what a usage summary consists of on one day. Lines name no company, only their summary, which is
// proven in the same call. What the MSP earns and pays (currentProfit, partnerTotal) never leaves the worker.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { idOf, RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { currencyOf, numberOf } from '../money.ts';
import { companyOwned } from '../owner.ts';
import { content, probe } from '../style.ts';
import { Day } from '../day.ts';

const short = z.string().max(300);

export const usageLineList = listTool({
  connector: 'pax8',
  name: 'usage_line_list',
  title: 'Show usage lines',
  description:
    'Lists the lines of one usage summary of the bound customer in Pax8 on one day, at most 200 a page: product, quantity, unit, ' +
    `charges. Nothing comes back when the summary is not this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: {
    summaryId: RecordId.describe('The id of a summary, from usage_list.'),
    day: Day.describe('The day, such as 2026-05-31.'),
  },
  record: z.strictObject({
    day: Pax8Date.optional(),
    product: short.optional(),
    productId: RecordId.optional(),
    quantity: z.number().optional(),
    unit: short.optional(),
    unitPrice: z.number().optional(),
    charges: z.number().optional(),
    currency: z.string().max(3).optional(),
  }),
  owner: { ...companyOwned, id: null },
  under: {
    target: {
      key: 'usageSummary',
      id: ({ summaryId }) => summaryId,
      request: ({ summaryId }) => ({ path: `/v1/usage-summaries/${summaryId}` }),
      probe,
    },
    owner: companyOwned,
    hanging: () => ({ reference: 'usageSummaryId', isNumberedWithin: false, id: null }),
  },
  request: ({ summaryId, day }) => ({
    path: `/v1/usage-summaries/${summaryId}/usage-lines`,
    query: { usageDate: day },
  }),
  rows: content,
  project: (row) => ({
    day: dateOf(row, 'usageDate'),
    product: textOf(row, 'productName', 300),
    productId: idOf(row, 'productId'),
    quantity: numberOf(row, 'quantity'),
    unit: textOf(row, 'unitOfMeasure', 300),
    unitPrice: numberOf(row, 'unitPrice'),
    charges: numberOf(row, 'currentCharges'),
    currency: currencyOf(row, 'currencyCode'),
  }),
  limits: listLimits,
});
