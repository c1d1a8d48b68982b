// The catalogue (pax8.md §4.3): nobody's data, except that prices may be one company's own and every price shows what the
// MSP pays.
import { jsonAnswer } from '../vendor/answer.ts';
import type { View } from '../vendor/rows.ts';
import { listAnswer, matching } from './list.ts';
import { pricesFor } from './rates.ts';
import type { Pax8Product } from './records.ts';
import { notFound } from './refusal.ts';
import type { Call, Handler, World } from './world.ts';

export const listProducts: Handler = (world, call) => {
  const { products } = world.store;
  const wanted = call.query.text('search').trim().toLowerCase();
  const rows = matching(products.values(), call.query, ['vendorName']).filter(({ name, vendorName, sku = '', id }) =>
    [name, vendorName, sku, id].some((text) => text.toLowerCase().includes(wanted)),
  );
  return listAnswer(world, call, { ...nobodys, rows, view: brief, everyone: [], size: 'size' });
};

export const readProduct: Handler = ({ store }, call) => {
  const product = store.products.get(call.ids[0] ?? '');
  return product === undefined ? notFound(call.path, 'Product') : jsonAnswer(200, JSON.stringify(product));
};

/** No `page`. With `companyId` that company's own prices take the place of the general ones. */
export const listPricing: Handler = (world, call) => {
  const [productId = ''] = call.ids;
  if (!world.store.products.has(productId)) return notFound(call.path, 'Product');
  const prices = pricesFor(world.store, productId, call.query.text('companyId').toLowerCase());
  return whole(
    world,
    call,
    prices.map(({ companyId: _file, ...price }) => price),
  );
};

/** No `page`. */
export const listProvisionDetails: Handler = (world, call) => {
  const { products, reference } = world.store;
  const [productId = ''] = call.ids;
  if (!products.has(productId)) return notFound(call.path, 'Product');
  const rows = reference.provisionDetails.filter((detail) => detail.productId === productId);
  return whole(world, call, rows.map(withoutProduct));
};

export const readDependencies: Handler = ({ store }, call) => {
  const { products, reference } = store;
  const [productId = ''] = call.ids;
  if (!products.has(productId)) return notFound(call.path, 'Product');
  const ofProduct = (row: { readonly productId: string }) => row.productId === productId;
  const productDependencies = reference.productDependencies.filter(ofProduct).map(({ name, products: ids }) => ({
    name,
    products: ids.flatMap((id) => products.get(id) ?? []).map(brief),
  }));
  const commitmentDependencies = reference.commitments.filter(ofProduct).map(withoutProduct);
  return jsonAnswer(200, JSON.stringify({ commitmentDependencies, productDependencies }));
};

const nobodys = { owner: null, asked: '' } as const;

function whole(world: World, call: Call, rows: readonly View[]) {
  return listAnswer(world, call, { ...nobodys, rows, view: (row) => row, everyone: [], size: null });
}

/** The list leaves the long description out. */
function brief({ description: _long, ...product }: Pax8Product): View {
  return product;
}

function withoutProduct({ productId: _file, ...row }: { readonly productId: string }): View {
  return row;
}
