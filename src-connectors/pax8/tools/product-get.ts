// product_get: one product with the prices for the bound customer and all an order needs to know. The rates carry what the
// MSP pays beside what a customer pays; only the latter is read.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { catalogue } from '../owner.ts';
import { Price, priceFrom } from '../price.ts';
import { dependenciesOf, pricingOf, productAt, productFrom, productMembers, requirementsOf } from '../product.ts';
import { Requirement, requirementsFrom } from '../provisioning.ts';
import { content, probe } from '../style.ts';
import { CommitmentRules, commitmentRulesFrom } from '../subscription.ts';

export const productGet = oneTool({
  connector: 'pax8',
  name: 'product_get',
  title: 'Read a product',
  description:
    'Reads one product of the Pax8 catalogue by its id: suggested retail prices for the bound customer by billing and commitment ' +
    'term, commitments with their ids and rules, the details an order must bring, and which products it is an add-on of. Use ' +
    `order_preview for the price of an order. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The product id, from product_search or subscription_list.') },
  record: z.strictObject({
    ...productMembers,
    description: z.string().max(4000).optional(),
    prices: z.array(Price).max(50),
    commitments: z.array(CommitmentRules).max(50),
    requirements: z.array(Requirement).max(50),
    addOnOf: z.array(z.string().max(300)).max(50),
  }),
  owner: catalogue,
  target: { key: 'product', id: ({ id }) => id, request: ({ id }) => productAt(id), probe },
  joins: {
    prices: {
      request: ({ id }) => pricingOf(id),
      key: content,
      ownerParameter: 'companyId',
      proof: { reference: 'productId', isNumberedWithin: false, id: null },
    },
    requirements: { request: ({ id }) => requirementsOf(id), key: content, proof: { ...catalogue, id: null } },
    commitments: { request: ({ id }) => dependenciesOf(id), key: 'commitmentDependencies', proof: catalogue },
    needed: { request: ({ id }) => dependenciesOf(id), key: 'productDependencies', proof: { ...catalogue, id: null } },
  },
  project: (row, { prices = [], requirements = [], commitments = [], needed = [] }) => ({
    ...productFrom(row),
    description: textOf(row, 'description', 4000),
    prices: prices.slice(0, 50).map(priceFrom),
    commitments: commitments.slice(0, 50).map(commitmentRulesFrom),
    requirements: requirementsFrom(requirements),
    addOnOf: needed.slice(0, 50).flatMap((one) => textOf(one, 'name', 300) ?? []),
  }),
  limits: oneLimits,
});
