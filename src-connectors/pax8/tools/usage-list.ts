// usage_list: what one subscription consumed. The vendor lists several companies' summaries under one subscription
// (pax8.md §4.6), so the subscription is proven first and then every summary by itself. What the MSP pays
// (partnerTotal) never leaves the worker.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet, textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { idOf, RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { currencyOf, numberOf } from '../money.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';

export const usageList = listTool({
  connector: 'pax8',
  name: 'usage_list',
  title: 'Show usage of a subscription',
  description:
    'Lists what one consumption subscription of the bound customer in Pax8 has used and cost in the current period: one summary ' +
    'a resource group, at most 200 a page. usage_line_list shows the lines of a summary. Nothing comes back when the id is not ' +
    `this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: { subscriptionId: RecordId.describe('The subscription id, from subscription_list.') },
  record: z.strictObject({
    id: RecordId,
    productId: RecordId.optional(),
    resourceGroup: z.string().max(300).optional(),
    vendor: z.string().max(300).optional(),
    charges: z.number().optional().describe('What the customer pays so far.'),
    currency: z.string().max(3).optional(),
    isTrial: z.boolean(),
  }),
  owner: companyOwned,
  ownerParameter: 'companyId',
  under: {
    target: {
      ...subscriptionTarget,
      id: ({ subscriptionId }) => subscriptionId,
      request: ({ subscriptionId }) => subscriptionAt(subscriptionId),
    },
    owner: companyOwned,
  },
  request: ({ subscriptionId }) => ({ path: `/v1/subscriptions/${subscriptionId}/usage-summaries` }),
  rows: content,
  // Rows need not name their subscription; one that does must name this one.
  wants: (row, { subscriptionId }) =>
    [undefined, null, subscriptionId].includes(row['subscriptionId'] as string | null),
  project: (row) => ({
    id: idOf(row, 'id') ?? '',
    productId: idOf(row, 'productId'),
    resourceGroup: textOf(row, 'resourceGroup', 300),
    vendor: textOf(row, 'vendorName', 300),
    charges: numberOf(row, 'currentCharges'),
    currency: currencyOf(row, 'currencyCode'),
    isTrial: isSet(row, 'isTrial'),
  }),
  limits: listLimits,
});
