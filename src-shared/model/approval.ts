import { z } from 'zod';
import { CustomerCode, CustomerId, ToolName } from './ids.ts';
import { JsonObject } from './json-object.ts';
import { Risk } from './risk.ts';
import { Subjects } from './subject.ts';

export const ApprovalId = z
  .string()
  .regex(/^ap-[0-9a-f]{16}$/)
  .brand<'ApprovalId'>();
export type ApprovalId = z.infer<typeof ApprovalId>;

/**
 * What became of a call that waited for a person. Nothing but `approved` lets it run, and that once. `denied` is a person's
 * word; `expired` is nobody's; `withdrawn` means that what was asked is not the same any more: another customer is bound,
 * the policy is another, the client app is suspended, all AI work is stopped.
 */
export const ApprovalOutcome = z.enum(['approved', 'denied', 'expired', 'withdrawn']);
export type ApprovalOutcome = z.infer<typeof ApprovalOutcome>;

/** A person who decided, as their signed identity names them. */
export const Decider = z.strictObject({ id: z.string().max(200), name: z.string().max(200) });
export type Decider = z.infer<typeof Decider>;

/** A rule of the company's policy and what it says in plain words. */
export const Rule = z.strictObject({ id: z.string().max(80), says: z.string().max(300) });
export type Rule = z.infer<typeof Rule>;

/**
 * A call that waits for a person, or lately did. It stands for exactly one (tenant, customer, epoch, client app, tool,
 * arguments, policy version): `fingerprint` is a hex HMAC-SHA-256 of their canonical text under a key of the gateway's life,
 * and a decision names the one it saw.
 */
export const Approval = z.strictObject({
  id: ApprovalId,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  customer: z.strictObject({ id: CustomerId, code: CustomerCode, name: z.string() }),
  epoch: z.int().positive(),
  /** The client app's name. The operator's own calls wait only where two persons are needed. */
  client: z.string(),
  technician: Decider,
  tool: ToolName,
  title: z.string(),
  connector: z.string(),
  risk: Risk,
  /** The exact arguments, but for secrets: their place is kept. All of it the AI's words. */
  arguments: JsonObject,
  /** The names of those whose place only is kept. An AI can write anything into the others, also what stands in that place. */
  secrets: z.array(z.string()),
  /** What it acts on, as the vendor holds it; proven to be the customer's. Empty where it names no record. */
  subjects: Subjects,
  /** The rules that ask for a person. */
  because: z.array(Rule),
  policyVersion: z.int(),
  /** Persons needed, and who has approved so far. */
  needed: z.int().min(1).max(2),
  approvedBy: z.array(z.strictObject({ ...Decider.shape, at: z.iso.datetime() })).max(2),
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** How often its time was extended. */
  extensions: z.int().nonnegative(),
  /** How often the AI called again while it waited. */
  repeats: z.int().nonnegative(),
  /** When the very same call lately ran by a person's word: whoever approves it lets it run once more. */
  ranAt: z.iso.datetime().nullable(),
  /** Whether policy lets a person allow calls like it for a while. */
  mayStand: z.boolean(),
  state: z.enum(['pending', ...ApprovalOutcome.options]),
  /** Whether it was approved and has run. Until then a "no" takes the approval back. */
  isUsed: z.boolean(),
  /** Who ended it, why and when. Null while it is pending; `by` is null where nobody did. */
  decided: z.strictObject({ by: Decider.nullable(), reason: z.string().max(500), at: z.iso.datetime() }).nullable(),
});
export type Approval = z.infer<typeof Approval>;

export const StandingId = z
  .string()
  .regex(/^st-[0-9a-f]{16}$/)
  .brand<'StandingId'>();
export type StandingId = z.infer<typeof StandingId>;

/** How long a standing approval may hold, in minutes, and how often it may be used. */
export const StandingTerms = z.strictObject({
  minutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
  uses: z.int().min(1).max(50),
  /** Arguments that must be exactly as in the approved call. Its others may be anything the tool takes; it may have no more. */
  fixed: z.array(z.string().max(80)).max(50),
});
export type StandingTerms = z.infer<typeof StandingTerms>;

/**
 * A person's approval of calls to come: one tool, one client app, one customer at one epoch, some arguments fixed, for a
 * while and so often. Dead with its binding. Never for what destroys, nor where two persons are needed.
 */
export const StandingApproval = z.strictObject({
  id: StandingId,
  approval: ApprovalId,
  customer: z.strictObject({ id: CustomerId, code: CustomerCode, name: z.string() }),
  epoch: z.int().positive(),
  client: z.string(),
  tool: ToolName,
  title: z.string(),
  risk: Risk,
  fixed: JsonObject,
  /** The other arguments of the approved call, by name. */
  free: z.array(z.string()),
  usesLeft: z.int().nonnegative(),
  givenBy: Decider,
  givenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type StandingApproval = z.infer<typeof StandingApproval>;

export const ApprovalDesk = z.strictObject({ approvals: z.array(Approval), standing: z.array(StandingApproval) });
export type ApprovalDesk = z.infer<typeof ApprovalDesk>;
