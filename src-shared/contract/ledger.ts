import { z } from 'zod';
import { CrossCode } from '../model/cross.ts';
import { Entry, EntryDraft, EntryKind } from '../model/entry.ts';
import { PublicKey } from '../model/grant.ts';
import { CustomerCode, CustomerId, TenantId } from '../model/ids.ts';
import { JsonObject } from '../model/json-object.ts';
import { LastSigned } from '../model/last-signed.ts';
import { call, event } from '../wire/contract.ts';

export const Recorded = z.strictObject({ seq: z.int().positive(), leaf: z.string() });
export type Recorded = z.infer<typeof Recorded>;

export const LedgerFilter = z.strictObject({
  kinds: z.array(EntryKind).optional(),
  customer: CustomerCode.optional(),
  /** What was done in one cross-customer scope: the calls of its members and of all of them, its opening and its end. */
  cross: CrossCode.optional(),
  technician: z.string().max(200).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  tool: z.string().max(80).optional(),
  /** The name of a client app, or `operator`. */
  client: z.string().max(60).optional(),
  /** Calls that were denied, at whichever gate. */
  denied: z.literal(true).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;

/** Which entries match a filter, without them: how many, where, and how they lie in time. */
export const Outline = z.strictObject({
  entries: z.int().nonnegative(),
  /** Entries recorded after this one were not looked at. */
  upTo: z.int().nonnegative(),
  /** `seq` of every `every`th match, the first included, in order: where to begin reading for the page of a position. */
  every: z.int().positive(),
  marks: z.array(z.int().positive()),
  /** Equal spans of time from the first match to the last, in order. Empty when nothing matches. */
  spans: z.array(z.strictObject({ from: z.iso.datetime(), entries: z.int(), denied: z.int() })).max(200),
});
export type Outline = z.infer<typeof Outline>;

export const outline = call(z.strictObject({ filter: LedgerFilter, spans: z.int().min(1).max(200) }), Outline);

/** How far a walk over the ledger has come. At most ten a second. */
export const Progress = z.strictObject({ entries: z.int().nonnegative(), of: z.int().nonnegative() });
export type Progress = z.infer<typeof Progress>;

/**
 * A body as it was recorded, or why there is none: the entry never had one, retention dropped it, its customer's key was
 * destroyed, it was lost and no entry says that somebody destroyed it, it cannot be had just now, or what is stored is not
 * what was recorded.
 */
export const OpenedBody = z.strictObject({
  seq: z.int().positive(),
  body: JsonObject.nullable(),
  why: z.enum(['none', 'dropped', 'destroyed', 'lost', 'locked', 'damaged']).nullable(),
});
export type OpenedBody = z.infer<typeof OpenedBody>;

export const bodiesOf = call(
  z.strictObject({ seqs: z.array(z.int().positive()).min(1).max(250) }),
  z.array(OpenedBody),
);

/** Bodies that are kept under one key; `under` is null for those of calls bound to no customer. */
export const HeldBodies = z.strictObject({
  under: CustomerId.nullable(),
  bodies: z.int().positive(),
  oldest: z.iso.datetime(),
});
export type HeldBodies = z.infer<typeof HeldBodies>;

export const Verdict = z.strictObject({
  ok: z.boolean(),
  entries: z.int().nonnegative(),
  /** Its `seq` is 0 when it is something about the whole file. */
  firstBad: z.strictObject({ seq: z.int(), problem: z.string() }).optional(),
  /** The file itself could not be read there, so that nothing exports it whole. */
  isUnreadable: z.literal(true).optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** Admitted calls of one technician with one client app for one customer (code) of one tool. */
export const Tally = z.strictObject({
  technician: z.string(),
  client: z.string(),
  customer: z.string(),
  tool: z.string(),
  calls: z.int().positive(),
});
export type Tally = z.infer<typeof Tally>;

const Proof = z.array(z.base64().length(44)).max(64);

/** Proofs against the tree of the first `size` entries (RFC 6962): every hash as base64. */
export const prove = call(
  z.strictObject({
    size: z.int().nonnegative(),
    /** Entries to be shown in that tree. */
    seqs: z.array(z.int().positive()).max(500),
    /** Sizes of earlier checkpoints, whose trees are to be shown as its beginnings. */
    earlier: z.array(z.int().nonnegative()).max(500),
  }),
  z.strictObject({
    inclusion: z.array(Proof),
    consistency: z.array(z.strictObject({ size: z.int(), root: z.base64().length(44), proof: Proof })),
  }),
);

const append = call(EntryDraft, Recorded);

/**
 * What the gateway may record: its own deeds, and what people decided of calls, of whom its word is all there is. What the
 * technician did besides is the supervisor's to say, on its own port, and so is every alert but that a client app asks too often.
 */
const GatewayDraft = EntryDraft.extend({
  kind: EntryKind.extract([
    'call.intent',
    'call.outcome',
    'call.denied',
    'approval.asked',
    'approval.decided',
    'alert',
  ]),
}).refine(
  ({ kind, params }) => kind !== 'alert' || params?.['alert'] === 'rate-limit',
  'This alert is not the gateway’s.',
);
export type GatewayDraft = z.infer<typeof GatewayDraft>;

/** Gateway to ledger, on the link the supervisor made for them. An answer means the entry is on the disk. */
export const ledgerWriter = { append: call(GatewayDraft, Recorded) };

/** Supervisor (or a command, when Bulkhead is not running) to ledger, on the control port. */
export const ledgerControl = {
  /**
   * Opens the tenant's ledger, or makes one. Faults: LEDGER_LOCKED (another Bulkhead has it), LEDGER_UNWRITABLE,
   * LEDGER_DAMAGED, and LEDGER_MISSING when it is to be read only. `interrupted` are intents without an outcome: calls a
   * crash cut short. They are told until an outcome of theirs is recorded, and each can have but one (fault OUTCOME_KNOWN).
   * `signed` is what the broker remembers: entries that are not those are LEDGER_DAMAGED. Where there are fewer, or they were given
   * up, the answer is `isCut`: before anything else that is to be recorded.
   * `deviceKey`: when given, `verify` also checks that stored checkpoints are signed by it.
   */
  open: call(
    z.strictObject({
      tenant: TenantId,
      file: z.string(),
      device: z.string().max(80),
      deviceKey: PublicKey.optional(),
      /** Null when nothing is known of, and to a reader. */
      signed: LastSigned.nullable(),
      readOnly: z.boolean(),
    }),
    z.strictObject({ entries: z.int().nonnegative(), interrupted: z.array(z.int()), isCut: z.boolean() }),
  ),
  /** Intents without an outcome, the oldest first: calls that run, or that something cut short. */
  interrupted: call(z.void(), z.array(z.int()).max(10_000)),
  append,
  /** Entries in order of `seq`: after or before a position, at most `limit`. Fault: NO_ROOM where there is none to search in. */
  page: call(
    z.strictObject({
      after: z.int().nonnegative().optional(),
      before: z.int().positive().optional(),
      limit: z.int().positive().max(1000),
      filter: LedgerFilter,
    }),
    z.strictObject({ entries: z.array(Entry), isEnd: z.boolean() }),
  ),
  /** How many entries match a filter and where they are, so that any part of them can be paged to at once. Fault: NO_ROOM. */
  outline,
  /** Walks the whole ledger: every leaf recomputed, the chain, every checkpoint, the open calls, and that no body is gone without a tombstone. */
  verify: call(z.void(), Verdict),
  /** Bodies of entries, opened. Whoever asks has recorded that they are read. */
  bodiesOf,
  bodiesHeld: call(z.void(), z.array(HeldBodies)),
  /**
   * Drops bodies recorded before an instant, the oldest first, and records the tombstone in the same transaction: its `params`
   * gain `bodies`, `upTo`, the last entry whose body is dropped, and `customers`, the codes in those entries (null for none). At
   * most 2,000 at a time, and 8 MiB; `isDone` when none is left.
   */
  dropBodies: call(
    z.strictObject({ under: CustomerId.nullable(), before: z.iso.datetime(), tombstone: EntryDraft }),
    z.strictObject({ bodies: z.int().nonnegative(), isDone: z.boolean() }),
  ),
  /**
   * Forgets the keys of a customer's bodies and records the tombstone in the same transaction, with `upTo` as above. From then
   * on no body of theirs up to there can be opened, whatever the broker still holds.
   */
  dropKeys: call(z.strictObject({ under: CustomerId, tombstone: EntryDraft }), z.void()),
  /** The signed tree head of everything recorded so far (C2SP signed note), or its unsigned body when no signer is linked. */
  checkpoint: call(z.void(), z.strictObject({ entries: z.int(), note: z.string(), isSigned: z.boolean() })),
  /** Inclusion and consistency proofs. Faults: BAD_INPUT for more than there is. */
  prove,
  /** How many calls were admitted (intents) at or after an instant. */
  countCalls: call(z.strictObject({ from: z.iso.datetime() }), z.strictObject({ calls: z.int().nonnegative() })),
  /** The same by who called what for whom. At most 100,000 rows; more faults TOO_MANY. */
  tallyCalls: call(z.strictObject({ from: z.iso.datetime() }), z.array(Tally)),
  /** Signs a last checkpoint and closes the file whole, its write-ahead log folded in. Nothing can follow. */
  close: call(z.void(), z.void()),
  /** The ledger grew. At most ten a second, whatever the load. */
  grew: event(z.strictObject({ entries: z.int().nonnegative() })),
  /** How far `verify` has come, and how far `outline` has. */
  verifying: event(Progress),
  searching: event(Progress),
  /** A checkpoint of so many entries was made and stored: every minute, every thousand entries, at every switch. */
  covered: event(z.strictObject({ entries: z.int().nonnegative(), isSigned: z.boolean() })),
  /** Appends fail from now on (`problem`, and what a person can do), or work again (null). */
  state: event(z.strictObject({ problem: z.string().nullable(), remedy: z.string().nullable() })),
  /** The clock is so many seconds behind the last entry, or no longer (null). Until then entries bear that one's time. */
  clock: event(z.strictObject({ behind: z.int().positive().nullable() })),
};
