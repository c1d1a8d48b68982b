// subscription_get: one subscription with its price, the rules of its commitment, and what it hangs together with. Other
// subscriptions are named only when they are proven to be the customer's too: the vendor links across companies.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { textOf, type Row } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { idOf, RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { currencyOf, numberOf } from '../money.ts';
import { catalogue, companyOwned } from '../owner.ts';
import { identityDetails, ProvisioningDetail } from '../provisioning.ts';
import { dependenciesOf } from '../product.ts';
import { content } from '../style.ts';
import {
  CommitmentRules,
  commitmentOf,
  commitmentRulesFrom,
  subscriptionAt,
  subscriptionFrom,
  subscriptionMembers,
  subscriptionTarget,
} from '../subscription.ts';

const Linked = z.strictObject({ id: RecordId, product: z.string().max(300).optional() });

export const subscriptionGet = oneTool({
  connector: 'pax8',
  name: 'subscription_get',
  title: 'Read a subscription',
  description:
    'Reads one subscription of the bound customer in Pax8 by its id: product, quantity, the price a unit, billing and commitment ' +
    'with its end (when it renews) and rules, add-ons, and the Microsoft tenant it is provisioned in. Nothing comes back when the ' +
    `id is not this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: { id: RecordId.describe('The subscription id, from subscription_list.') },
  record: z.strictObject({
    ...subscriptionMembers,
    unitPrice: z.number().optional().describe('What the customer pays for one a billing term.'),
    currency: z.string().max(3).optional(),
    createdAt: Pax8Date.optional(),
    updatedAt: Pax8Date.optional(),
    billedFrom: Pax8Date.optional(),
    vendorSubscriptionId: z.string().max(300).optional(),
    commitment: CommitmentRules.optional(),
    addOnOf: Linked.optional(),
    addOns: z.array(Linked).max(50),
    tenant: z.array(ProvisioningDetail).max(20),
  }),
  owner: companyOwned,
  target: { ...subscriptionTarget, id: ({ id }) => id, request: ({ id }) => subscriptionAt(id) },
  joins: {
    commitments: {
      request: (_, row) => {
        const productId = idOf(row, 'productId');
        return productId === undefined ? undefined : dependenciesOf(productId);
      },
      key: 'commitmentDependencies',
      proof: catalogue,
    },
    others: {
      request: () => ({ path: '/v1/subscriptions' }),
      key: content,
      ownerParameter: 'companyId',
      proof: companyOwned,
      pages: 10,
    },
  },
  project: (row, { commitments = [], others = [] }) => {
    const rules = commitmentOf(row, commitments);
    const above = others.find((one) => idOf(one, 'id') === idOf(row, 'parentSubscriptionId'));
    const below = others.filter((one) => idOf(one, 'parentSubscriptionId') === idOf(row, 'id'));
    return {
      ...subscriptionFrom(row),
      unitPrice: numberOf(row, 'price'),
      currency: currencyOf(row, 'currencyCode'),
      createdAt: dateOf(row, 'createdDate'),
      updatedAt: dateOf(row, 'updatedDate'),
      billedFrom: dateOf(row, 'billingStart'),
      vendorSubscriptionId: textOf(row, 'vendorSubscriptionId', 300),
      commitment: rules && commitmentRulesFrom(rules),
      addOnOf: above && linkedFrom(above),
      addOns: below.slice(0, 50).map(linkedFrom),
      tenant: [...identityDetails(row)].slice(0, 20),
    };
  },
  limits: oneLimits,
});

function linkedFrom(row: Row): z.input<typeof Linked> {
  const { id, product } = subscriptionFrom(row);
  return { id, product };
}
