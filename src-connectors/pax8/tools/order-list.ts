// order_list: what was ordered for the customer. Orders with a future date are not among them (pax8.md §4.4).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { orderFrom, orderMembers } from '../order.ts';
import { companyOwned } from '../owner.ts';
import { content } from '../style.ts';

export const orderList = listTool({
  connector: 'pax8',
  name: 'order_list',
  title: 'List orders',
  description:
    "Lists the bound customer's orders in Pax8, at most 200 a page, in no promised order: id, day, who ordered, and of each line the " +
    'product, quantity, billing term and the subscription it became. Orders have no status: look at subscription_get. Orders for a ' +
    `future day are not listed. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject(orderMembers),
  owner: companyOwned,
  ownerParameter: 'companyId',
  request: () => ({ path: '/v1/orders' }),
  rows: content,
  project: orderFrom,
  limits: listLimits,
});
