import { z } from 'zod';
import { Customer } from './customer.ts';
import { TenantId } from './ids.ts';

/**
 * What is done about text that names another customer: it is counted, the name replaced, or the record withheld. `never` are
 * phrases that are no such mention: a product, a road, an everyday word.
 */
export const MentionPolicy = z.strictObject({
  mode: z.enum(['flag', 'redact', 'block']),
  never: z.array(z.string().min(1).max(200)).max(500),
});
export type MentionPolicy = z.infer<typeof MentionPolicy>;

/**
 * What the MSP grants, signed by the tenant's key: customers, entitlements, policy, quota and limits. It arrives as a
 * compact JWS (EdDSA, `typ: bulkhead-bundle+jwt`) and each process that decides by it verifies the signature itself.
 */
export const Bundle = z.strictObject({
  v: z.literal(1),
  tenant: z.strictObject({ id: TenantId, name: z.string().min(1).max(120) }),
  version: z.int().positive(),
  issuedAt: z.iso.datetime(),
  expires: z.iso.datetime(),
  customers: z.array(Customer).max(5000),
  connectors: z.array(z.string()).max(50),
  policy: z.strictObject({
    /** Cedar policies by id. The schema is the product's own (src-gateway/policy/schema.ts). */
    policies: z.record(z.string().min(1).max(80), z.string().max(4000)),
    /** Redacts unless it says otherwise. */
    mentions: MentionPolicy.default({ mode: 'redact', never: [] }),
  }),
  quota: z.strictObject({ includedCalls: z.int().nonnegative(), overage: z.enum(['allow', 'block']) }),
  limits: z.strictObject({ requestsPerMinute: z.int().positive() }),
});
export type Bundle = z.infer<typeof Bundle>;

/** The claims of a technician's identity: a compact JWS (EdDSA, `typ: bulkhead-identity+jwt`) under the tenant's key. */
export const IdentityClaims = z.strictObject({
  iss: z.string(),
  aud: z.literal('bulkhead'),
  sub: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  email: z.string().max(320),
  tenant: TenantId,
  roles: z.array(z.string().regex(/^[a-z][a-z-]{1,40}$/)).max(20),
  iat: z.int(),
  exp: z.int(),
});
export type IdentityClaims = z.infer<typeof IdentityClaims>;

/** Everything a device holds to act for a tenant: who is signed in, what is granted, and the key both verify under. */
export const Enrolment = z.strictObject({
  tenant: TenantId,
  /** Public Ed25519 key, base64url of 32 bytes. Pinned at enrolment; never replaced by what it verifies. */
  tenantKey: z.string().length(43),
  identity: z.string().max(8192),
  bundle: z.string().max(4_000_000),
});
export type Enrolment = z.infer<typeof Enrolment>;
