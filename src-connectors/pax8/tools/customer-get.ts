// pax8_customer_get: the bound customer's own company record. It takes no id: there is only one it could be.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { isSet, textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { idOf, RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyOwner, companyTarget } from '../company.ts';

const short = z.string().max(300);

export const customerGet = oneTool({
  connector: 'pax8',
  name: 'pax8_customer_get',
  title: 'Show the company at Pax8',
  description:
    "Reads the bound customer's own company in Pax8: name, address, phone, website, status, and whether its orders need " +
    `approval. Only an Active company can order. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject({
    id: RecordId,
    name: short,
    status: short.optional(),
    phone: short.optional(),
    website: short.optional(),
    street: short.optional(),
    city: short.optional(),
    postalCode: short.optional(),
    country: short.optional(),
    needsOrderApproval: z.boolean(),
    mayOrderItself: z.boolean(),
    isBilledByPax8: z.boolean(),
    updatedAt: Pax8Date.optional(),
  }),
  owner: companyOwner,
  target: companyTarget,
  project: (row) => ({
    id: idOf(row, 'id') ?? '',
    name: textOf(row, 'name', 300) ?? '',
    status: textOf(row, 'status', 300),
    phone: textOf(row, 'phone', 300),
    website: textOf(row, 'website', 300),
    street: textOf(row, 'address.street', 300),
    city: textOf(row, 'address.city', 300),
    postalCode: textOf(row, 'address.postalCode', 300),
    country: textOf(row, 'address.country', 300),
    needsOrderApproval: isSet(row, 'orderApprovalRequired'),
    mayOrderItself: isSet(row, 'selfServiceAllowed'),
    isBilledByPax8: isSet(row, 'billOnBehalfOfEnabled'),
    updatedAt: dateOf(row, 'updatedDate'),
  }),
  limits: oneLimits,
});
