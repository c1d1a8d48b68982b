// What hangs on a product of the catalogue, read anew for a change: its prices for the bound customer, its commitments,
// and what an order must bring. Rows that name a company, or a price of another product, are no such rows.
import { scoped, type ToolContext } from '../define.ts';
import { narrow } from '../narrow.ts';
import type { Row } from '../row.ts';
import type { ToolCall, VendorRequest } from '../vendor.ts';
import { idOf } from './ids.ts';
import { catalogue } from './owner.ts';
import { dependenciesOf, pricingOf, requirementsOf } from './product.ts';
import { content } from './style.ts';

type Rows = Promise<readonly Row[]>;

export async function pricesOf(productId: string, context: ToolContext, call: ToolCall): Rows {
  const rows = await read({ ...scoped(pricingOf(productId), context.owner, 'companyId'), key: content }, context, call);
  return rows.filter((row) => idOf(row, 'productId') === productId);
}

export function commitmentsOf(productId: string, context: ToolContext, call: ToolCall): Rows {
  return read({ ...dependenciesOf(productId), key: 'commitmentDependencies' }, context, call);
}

export function requirementRowsOf(productId: string, context: ToolContext, call: ToolCall): Rows {
  return read({ ...requirementsOf(productId), key: content }, context, call);
}

type Listed = VendorRequest & { readonly key: string };

async function read({ key, ...request }: Listed, context: ToolContext, call: ToolCall): Rows {
  const rows = await context.vendor.rows(request, key, call);
  return narrow(rows, { ...catalogue, id: null }, context).proven.map(({ record }) => record);
}
