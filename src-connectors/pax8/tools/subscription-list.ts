// subscription_list: what the customer subscribes to, without prices.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';
import { subscriptionFrom, subscriptionMembers } from '../subscription.ts';

export const subscriptionList = listTool({
  connector: 'pax8',
  name: 'subscription_list',
  title: 'List subscriptions',
  description:
    "Lists the bound customer's subscriptions in Pax8, at most 200 a page: id, product, quantity, status, billing term, commitment " +
    `and its end. Prices and rules are in subscription_get, consumption in usage_list. ${untrusted}`,
  risk: 'read',
  input: {
    status: z
      .enum(['current', 'all'])
      .default('current')
      .describe('`current` leaves out what is cancelled or converted.'),
  },
  record: z.strictObject(subscriptionMembers),
  owner: companyOwned,
  ownerParameter: 'companyId',
  request: () => ({ path: '/v1/subscriptions' }),
  rows: content,
  wants: (row, { status }) => status === 'all' || !['Cancelled', 'Converted'].includes(textOf(row, 'status', 40) ?? ''),
  project: subscriptionFrom,
  limits: listLimits,
});
