import { z } from 'zod';
import { CustomerId, InstanceId, TenantId } from './ids.ts';

export const Health = z.strictObject({
  state: z.enum(['healthy', 'failing', 'unknown']),
  /** A plain sentence for the technician; empty when healthy. Never the vendor's own words. */
  detail: z.string().max(300),
  at: z.iso.datetime().nullable(),
});
export type Health = z.infer<typeof Health>;

/** One configured account of a connector, and which of its owners is which customer. */
export const Instance = z.strictObject({
  id: InstanceId,
  tenant: TenantId,
  connector: z.string().regex(/^[a-z0-9]{2,30}$/),
  name: z.string().min(1).max(80),
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Extra settings the connector needs to reach the account, for example HaloPSA's tenant name. No secrets. */
  settings: z.record(z.string().max(40), z.string().max(20_000)),
  /** Customer to the vendor's id for it. An id appears once; the gateway refuses a map in which one is repeated. */
  mapping: z.record(CustomerId, z.string().min(1).max(80)),
});
export type Instance = z.infer<typeof Instance>;
