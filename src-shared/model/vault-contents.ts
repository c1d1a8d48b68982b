import { z } from 'zod';
import { InstanceId, TenantId } from './ids.ts';

const StoredCredential = z.strictObject({
  version: z.int().positive(),
  changedAt: z.iso.datetime(),
  fields: z.record(z.string(), z.string()),
});
export type StoredCredential = z.infer<typeof StoredCredential>;

const Scope = z.strictObject({
  keyVersion: z.int().positive(),
  key: z.string(),
  credentials: z.record(InstanceId, StoredCredential),
});
export type Scope = z.infer<typeof Scope>;

/** What a vault file holds: every secret in it is sealed. What is sealed how is told in src-broker/vault-file.ts. */
export const VaultContents = z.strictObject({
  v: z.literal([1, 2]),
  tenant: TenantId,
  backend: z.enum(['os', 'file', 'memory']),
  device: z.string(),
  /** Opens under the tenant's key and no other. */
  check: z.string(),
  scopes: z.record(z.string(), Scope),
});
export type VaultContents = z.infer<typeof VaultContents>;
