import { z } from 'zod';
import { ClientId, CustomerId, TenantId } from './ids.ts';

/** An LLM tool registered with the gateway. Its token is shown once and kept only as a SHA-256 hash. */
export const ClientApp = z.strictObject({
  id: ClientId,
  tenant: TenantId,
  name: z.string().min(1).max(60),
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.enum(['armed', 'suspended', 'revoked']),
  /** A pinned client stays on this customer; the others follow the switcher. */
  pin: z.strictObject({ customer: CustomerId, epoch: z.int().positive() }).nullable(),
  /**
   * The customer a following client was last allowed for; null while it has never been. Its conversation may hold that
   * customer's records, so binding any other suspends it.
   */
  armedFor: CustomerId.nullable(),
  addedAt: z.iso.datetime(),
});
export type ClientApp = z.infer<typeof ClientApp>;
