// order_get: one order.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { orderFrom, orderMembers } from '../order.ts';
import { companyOwned } from '../owner.ts';
import { probe } from '../style.ts';

export const orderGet = oneTool({
  connector: 'pax8',
  name: 'order_get',
  title: 'Read an order',
  description:
    'Reads one order of the bound customer in Pax8 by its id: day, who ordered, and its lines with the subscriptions they became. ' +
    `Nothing comes back when the id is not this customer's. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The order id, from order_list or order_create.') },
  record: z.strictObject(orderMembers),
  owner: companyOwned,
  target: { key: 'order', id: ({ id }) => id, request: ({ id }) => ({ path: `/v1/orders/${id}` }), probe },
  project: orderFrom,
  limits: oneLimits,
});
