// A product of the catalogue: nobody's data. Its prices may be one company's own and are asked for the bound one.
import { z } from 'zod';
import { isSet, type Row, textOf } from '../row.ts';
import { idOf, RecordId } from './ids.ts';

const short = z.string().max(300);

export const productMembers = {
  id: RecordId,
  name: short,
  vendor: short.optional(),
  sku: short.optional(),
  summary: z.string().max(1000).optional(),
  needsCommitment: z.boolean(),
};

export function productFrom(row: Row) {
  return {
    id: idOf(row, 'id') ?? '',
    name: textOf(row, 'name', 300) ?? '',
    vendor: textOf(row, 'vendorName', 300),
    sku: textOf(row, 'sku', 300),
    summary: textOf(row, 'shortDescription', 1000),
    needsCommitment: isSet(row, 'requiresCommitment'),
  };
}

export const productAt = (id: string) => ({ path: `/v1/products/${id}` });
export const pricingOf = (productId: string) => ({ path: `/v1/products/${productId}/pricing` });
export const requirementsOf = (productId: string) => ({ path: `/v1/products/${productId}/provision-details` });
export const dependenciesOf = (productId: string) => ({ path: `/v1/products/${productId}/dependencies` });
