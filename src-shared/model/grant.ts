import { z } from 'zod';
import { CustomerId, InstanceId, TenantId, ToolName } from './ids.ts';

/**
 * The gateway's permission for one worker to make one call, or to look up what it acts on. Signed with a key the gateway makes at every start; broker
 * and worker hold the public half from the supervisor and compare every field with what the supervisor told *them*.
 */
export const GrantClaims = z.strictObject({
  id: z.string().length(32),
  tenant: TenantId,
  customer: CustomerId,
  instance: InstanceId,
  epoch: z.int().positive(),
  tool: ToolName,
  /** To make the call, or to look up what it acts on: what was granted for this never does that. */
  deed: z.enum(['run', 'look-up']),
  /** Hex SHA-256 of the canonical arguments. */
  argumentsHash: z.string().length(64),
  /** Milliseconds since 1970. */
  expires: z.int().positive(),
});
export type GrantClaims = z.infer<typeof GrantClaims>;
export type Deed = GrantClaims['deed'];

/** `signature` = base64url Ed25519 over the canonical text of `claims`. */
export const Grant = z.strictObject({ claims: GrantClaims, signature: z.string().length(86) });
export type Grant = z.infer<typeof Grant>;

/** A public Ed25519 key: base64url of its 32 bytes. */
export const PublicKey = z.string().length(43);
