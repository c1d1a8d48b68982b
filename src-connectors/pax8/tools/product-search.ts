// product_search: the vendor's catalogue, which is nobody's.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { SearchText } from '../../text.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { catalogue } from '../owner.ts';
import { productFrom, productMembers } from '../product.ts';
import { content } from '../style.ts';

export const productSearch = listTool({
  connector: 'pax8',
  name: 'product_search',
  title: 'Search the catalogue',
  description:
    'Searches the catalogue of Pax8 by product name, vendor or SKU; the products are not of the bound customer alone. At most 50 ' +
    `a page: id, name, vendor, SKU, whether it needs a commitment. Prices and what an order needs are in product_get. ${untrusted}`,
  risk: 'read',
  input: {
    text: SearchText.describe('A part of a product name, vendor or SKU.'),
  },
  record: z.strictObject(productMembers),
  owner: catalogue,
  request: ({ text }) => ({ path: '/v1/products', query: { search: text }, pageSize: 50 }),
  rows: content,
  project: productFrom,
  limits: listLimits,
});
