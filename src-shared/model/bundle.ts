import { z } from 'zod';
import { Customer } from './customer.ts';
import { PublicKey } from './grant.ts';
import { CustomerId, TenantId, ToolName } from './ids.ts';
import { Risk } from './risk.ts';

/**
 * What is done about text that names another customer: it is counted, the name replaced, or the record withheld. `never` are
 * phrases that are no such mention: a product, a road, an everyday word.
 */
export const MentionPolicy = z.strictObject({
  mode: z.enum(['flag', 'redact', 'block']),
  never: z.array(z.string().min(1).max(200)).max(500),
});
export type MentionPolicy = z.infer<typeof MentionPolicy>;

/** A role's name, the product's own or the MSP's: `senior-technician`. */
export const Role = z.string().regex(/^[a-z][a-z-]{1,40}$/);
export type Role = z.infer<typeof Role>;

/** Customers that policies and assignments speak of together: `regulated`. */
export const CustomerGroup = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(120),
  customers: z.array(CustomerId).max(5000),
});
export type CustomerGroup = z.infer<typeof CustomerGroup>;

/** Who looks after whom. Policies read it as `context.assigned`; a technician who is on no list is assigned to nobody. */
export const Assignment = z.strictObject({
  technicians: z.array(z.string().max(200)).max(1000).default([]),
  roles: z.array(Role).max(50).default([]),
  everyCustomer: z.boolean().default(false),
  customers: z.array(CustomerId).max(5000).default([]),
  groups: z.array(CustomerGroup.shape.id).max(500).default([]),
});
export type Assignment = z.infer<typeof Assignment>;

/** At most so many calls in a window, counted for each technician, client app, customer or tool, or for the one named. */
export const CallLimit = z.strictObject({
  per: z.enum(['technician', 'client', 'customer', 'tool']),
  /** The technician's id, the client app's name, the customer's code or the tool's name; null for each by itself. */
  of: z.string().max(200).nullable(),
  calls: z.int().nonnegative(),
  /** `minute` slides; `day` and `period` (the calendar month) are UTC. */
  window: z.enum(['minute', 'day', 'period']),
});
export type CallLimit = z.infer<typeof CallLimit>;

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
    /** The IANA time zone in which policies read `context.weekday` and `context.minute`. */
    timeZone: z.string().max(60).default('UTC'),
    groups: z.array(CustomerGroup).max(500).default([]),
    assignments: z.array(Assignment).max(5000).default([]),
    /** Tools the company puts in a stricter risk class than they come with. A milder one is not taken. */
    risks: z.record(ToolName, Risk).default({}),
    /**
     * Days for which the ledger keeps what calls asked and answered (their bodies); null is for good. Of a customer in groups
     * that say otherwise it is the longest of those. Entries themselves are kept for good.
     */
    retention: z
      .strictObject({
        days: z.int().min(1).max(36_500).nullable().default(null),
        groups: z.record(CustomerGroup.shape.id, z.int().min(1).max(36_500)).default({}),
      })
      .default({ days: null, groups: {} }),
    /** Minutes a call waits for a person, and an approved one to be called again. */
    approvalMinutes: z.int().min(1).max(60).default(5),
  }),
  quota: z.strictObject({
    includedCalls: z.int().nonnegative(),
    overage: z.enum(['allow', 'block']),
    limits: z.array(CallLimit).max(200).default([]),
  }),
  limits: z.strictObject({
    /** Of one client app. */
    requestsPerMinute: z.int().positive(),
    /** Of all client apps of the company on a device together; without it ten times that of one. */
    tenantRequestsPerMinute: z.int().positive().optional(),
  }),
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
  roles: z.array(Role).max(20),
  iat: z.int(),
  exp: z.int(),
});
export type IdentityClaims = z.infer<typeof IdentityClaims>;

/** A policy as it was signed, and the company's key that it verifies under. */
export const SignedPolicy = z.strictObject({
  version: z.int(),
  /** A `Bundle` as a compact JWS. */
  bundle: z.string().max(4_000_000),
  tenantKey: PublicKey,
});
export type SignedPolicy = z.infer<typeof SignedPolicy>;

/** Everything a device holds to act for a tenant: who is signed in, what is granted, and the key both verify under. */
export const Enrolment = z.strictObject({
  tenant: TenantId,
  /** Public Ed25519 key, base64url of 32 bytes. Pinned at enrolment; never replaced by what it verifies. */
  tenantKey: z.string().length(43),
  identity: z.string().max(8192),
  bundle: z.string().max(4_000_000),
});
export type Enrolment = z.infer<typeof Enrolment>;
