// subscription_history_list: what one subscription was before. Every state carries the subscription's own id, so states
// have none of theirs; one from before it became the customer's names somebody else and is left out.
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
import { subscriptionAt, subscriptionTarget } from '../subscription.ts';

const short = z.string().max(300);

export const subscriptionHistoryList = listTool({
  connector: 'pax8',
  name: 'subscription_history_list',
  title: 'Show the history of a subscription',
  description:
    'Lists the states one subscription of the bound customer in Pax8 was in, in the order the vendor gives: quantity, status, ' +
    `unit price, terms and when it was changed. Nothing comes back when the id is not this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: { id: RecordId.describe('The subscription id, from subscription_list.') },
  record: z.strictObject({
    quantity: z.number().optional(),
    status: short.optional(),
    unitPrice: z.number().optional(),
    currency: z.string().max(3).optional(),
    billingTerm: short.optional(),
    commitmentTerm: short.optional(),
    committedUntil: Pax8Date.optional(),
    startDate: Pax8Date.optional(),
    endDate: Pax8Date.optional(),
    updatedAt: Pax8Date.optional(),
  }),
  owner: { ...companyOwned, id: null },
  under: {
    target: { ...subscriptionTarget, id: ({ id }) => id, request: ({ id }) => subscriptionAt(id) },
    owner: companyOwned,
  },
  request: ({ id }) => ({ path: `/v1/subscriptions/${id}/history`, isUnpaged: true }),
  rows: content,
  wants: (row, { id }) => idOf(row, 'id') === id,
  project: (row) => ({
    quantity: numberOf(row, 'quantity'),
    status: textOf(row, 'status', 300),
    unitPrice: numberOf(row, 'price'),
    currency: currencyOf(row, 'currencyCode'),
    billingTerm: textOf(row, 'billingTerm', 300),
    commitmentTerm: textOf(row, 'commitmentTerm.term', 300),
    committedUntil: dateOf(row, 'commitmentTerm.endDate'),
    startDate: dateOf(row, 'startDate'),
    endDate: dateOf(row, 'endDate'),
    updatedAt: dateOf(row, 'updatedDate'),
  }),
  limits: listLimits,
});
