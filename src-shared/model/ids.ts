import { z } from 'zod';

/**
 * Names of things, each its own type so that a customer cannot be passed where a tenant is meant.
 *
 * Tenant and customer ids become folder names (src-main/app/paths.ts), so the pattern is what keeps a path inside its
 * folder: no dots, no separators, no upper case that a case-blind file system would fold.
 */
const slug = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const TenantId = z.string().regex(slug).brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

export const CustomerId = z.string().regex(slug).brand<'CustomerId'>();
export type CustomerId = z.infer<typeof CustomerId>;

/** What people and models call a customer, for example `MERI-7`. */
export const CustomerCode = z.string().regex(/^[A-Z][A-Z0-9]{1,7}-[0-9]{1,5}$/);
export type CustomerCode = z.infer<typeof CustomerCode>;

export const InstanceId = z.string().regex(slug).brand<'InstanceId'>();
export type InstanceId = z.infer<typeof InstanceId>;

export const ClientId = z
  .string()
  .regex(/^client-[0-9a-f]{16}$/)
  .brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;

/** Lower-case hex of the SHA-256 of a policy's signed text, by which the ledger names it and a device keeps it. */
export const PolicyHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'PolicyHash'>();
export type PolicyHash = z.infer<typeof PolicyHash>;

export const ToolName = z.string().regex(/^[a-z][a-z0-9_]{2,40}$/);
export type ToolName = z.infer<typeof ToolName>;
