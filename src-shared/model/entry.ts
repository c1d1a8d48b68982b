import { z } from 'zod';
import { CrossCode } from './cross.ts';
import { CustomerCode, CustomerId, TenantId } from './ids.ts';
import { GateOutcome } from './gate-outcome.ts';
import { Principal } from './principal.ts';
import { Risk } from './risk.ts';
import { JsonObject } from './json-object.ts';

export const EntryKind = z.enum([
  'call.intent',
  'call.outcome',
  'call.denied',
  'customer.bound',
  'customer.released',
  'client.added',
  'client.armed',
  'client.suspended',
  'client.revoked',
  'approval.asked',
  'approval.decided',
  'credential.changed',
  'policy.applied',
  'retention.tombstone',
  'alert',
  'app.started',
  'app.stopped',
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** What happened to the records of one call. `bytes` is what left to the caller; `ms` is the whole call. */
export const CallResult = z.strictObject({
  status: z.string().max(40),
  records: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
  redacted: z.int().nonnegative(),
  /** Mentions of other customers in the text of the records. Absent where there were none. */
  flagged: z.int().positive().optional(),
  bytes: z.int().nonnegative(),
  ms: z.number().nonnegative(),
});
export type CallResult = z.infer<typeof CallResult>;

/** What let a call pass the policy, or kept it back: the rules by id, and the approval of a person it rests on. */
export const Decision = z.strictObject({
  policies: z.array(z.string().max(80)).max(50),
  approval: z.string().max(40).optional(),
  standing: z.string().max(40).optional(),
});
export type Decision = z.infer<typeof Decision>;

/**
 * What of an entry is a customer's and not the company's: what was asked of a tool, and which records came of it. The ledger
 * seals it under that customer's key, where retention can drop it, and the entry holds a commitment to it.
 */
export const BodyDraft = z.strictObject({
  /** Whose key: the customer the call was bound to; null where it was bound to none, for the company's own. */
  under: CustomerId.nullable(),
  content: JsonObject,
});
export type BodyDraft = z.infer<typeof BodyDraft>;

/** What a process asks the ledger to record. The ledger adds position, time and hashes. */
export const EntryDraft = z.strictObject({
  kind: EntryKind,
  principal: Principal,
  customer: CustomerCode.nullable(),
  /** The cross-customer scope it was done in. `customer` is then the one member it is about, or null for the whole call. */
  cross: CrossCode.optional(),
  tool: z.string().max(80).optional(),
  connector: z.string().max(40).optional(),
  risk: Risk.optional(),
  /** What anyone who may read the ledger may read. What a call was asked to do is in its body. */
  params: JsonObject.optional(),
  gates: z.array(GateOutcome).max(8).optional(),
  policyVersion: z.int().nonnegative().optional(),
  decision: Decision.optional(),
  result: CallResult.optional(),
  /** The `seq` of the entry this one belongs to: an outcome names its intent. */
  ref: z.int().positive().optional(),
  body: BodyDraft.optional(),
});
export type EntryDraft = z.infer<typeof EntryDraft>;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * `commitment` = hex SHA-256 of the text `salt ‖ body`, where the body is RFC 8785 text of an object with a random member
 * `blind`: who has the body can show it is the one recorded, and who has not cannot try guesses out.
 */
export const Commitment = z.strictObject({ commitment: Hash, salt: z.string().regex(/^[0-9a-f]{32}$/) });
export type Commitment = z.infer<typeof Commitment>;

/**
 * One record of the ledger. `leaf` = hex SHA-256(0x00 ‖ RFC 8785 text of the entry without `leaf`); `prev` = the leaf
 * before it, 64 zeros for the first. docs/audit-format.md is the specification for strangers.
 */
export const Entry = z.strictObject({
  v: z.literal(1),
  seq: z.int().positive(),
  at: z.iso.datetime({ precision: 3 }),
  tenant: TenantId,
  device: z.string().max(80),
  ...EntryDraft.omit({ body: true }).shape,
  body: Commitment.optional(),
  /** What the clock said, where that was well before `at`: it was ahead once, or was behind then. */
  clock: z.iso.datetime({ precision: 3 }).optional(),
  prev: Hash,
  leaf: Hash,
});
export type Entry = z.infer<typeof Entry>;
