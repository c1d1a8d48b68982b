import { z } from 'zod';
import { ApprovalDesk, ApprovalId, Approval, StandingId, StandingTerms } from '../model/approval.ts';
import { SignedPolicy } from '../model/bundle.ts';
import { CrossCode, CrossView } from '../model/cross.ts';
import { Customer } from '../model/customer.ts';
import { Entry } from '../model/entry.ts';
import { PublicKey } from '../model/grant.ts';
import { CustomerCode, CustomerId, InstanceId, PolicyHash, ToolName } from '../model/ids.ts';
import { Health } from '../model/instance.ts';
import { Right } from '../model/right.ts';
import { ToolDefinition } from '../model/tool.ts';
import { ToolAnswer } from '../model/tool-answer.ts';
import { SealedBox, SealKey } from '../seal.ts';
import { call, event } from '../wire/contract.ts';
import { Explanation, OfferedTool, Trial } from './gateway.ts';
import { bodiesOf, LedgerFilter, outline, Progress, prove, Verdict } from './ledger.ts';
import { ConnectorDescription, VendorCustomer } from './worker.ts';
import { JsonObject } from '../model/json-object.ts';

/** Something wrong that a person should know of: what, and what to do. Gone from the list when it is mended. */
export const Problem = z.strictObject({
  id: z.string(),
  severity: z.enum(['blocking', 'warning']),
  text: z.string(),
  remedy: z.string(),
});
export type Problem = z.infer<typeof Problem>;

export const ClientView = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['armed', 'suspended', 'revoked']),
  /** The customer it is pinned to; null when it follows the switcher. */
  pin: CustomerCode.nullable(),
  lastUsed: z.iso.datetime().nullable(),
  addedAt: z.iso.datetime(),
});
export type ClientView = z.infer<typeof ClientView>;

export const InstanceView = z.strictObject({
  id: InstanceId,
  connector: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  settings: z.record(z.string(), z.string()),
  health: Health,
  /** The last call that went to the vendor, since Bulkhead started. */
  lastUsed: z.iso.datetime().nullable(),
  mapped: z.int().nonnegative(),
  hasCredential: z.boolean(),
  credentialChangedAt: z.iso.datetime().nullable(),
});
export type InstanceView = z.infer<typeof InstanceView>;

/** Everything a window shows that is not a list of its own. Pushed whole on every change. */
export const AppState = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'headless']),
  isDemo: z.boolean(),
  tenant: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  technician: z
    .strictObject({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()) })
    .nullable(),
  policy: z.strictObject({ version: z.int(), issuedAt: z.iso.datetime(), expires: z.iso.datetime() }).nullable(),
  mcpUrl: z.string().nullable(),
  /** The switcher's binding, as the gateway enforces it. Null = every tool is blocked. */
  binding: z.strictObject({ customer: Customer, epoch: z.int(), since: z.iso.datetime() }).nullable(),
  recents: z.array(CustomerId).max(8),
  customerCount: z.int(),
  /** What policy lets the technician do here. What is not among it is not offered, and refused when called anyway. */
  rights: z.array(Right),
  /** All AI calls are stopped, since when and by whom. */
  stopped: z.strictObject({ since: z.iso.datetime(), by: z.string() }).nullable(),
  /** Calls that wait for a person. */
  pendingApprovals: z.int().nonnegative(),
  /** Tools whose definition nobody has accepted: blocked until somebody does. */
  changedTools: z.int().nonnegative(),
  crosses: z.array(CrossView),
  clients: z.array(ClientView),
  instances: z.array(InstanceView),
  ledger: z.strictObject({ entries: z.int(), checkpoint: z.int().nullable(), problem: z.string().nullable() }),
  usage: z
    .strictObject({ period: z.string(), calls: z.int(), included: z.int(), overage: z.enum(['allow', 'block']) })
    .nullable(),
  keystore: z.enum(['os', 'file', 'memory']),
  /** Entries not yet with the central server. 0 until there is one. */
  backlog: z.int(),
  processes: z.array(
    z.strictObject({
      name: z.string(),
      pid: z.int().nullable(),
      restarts: z.int(),
      state: z.enum(['up', 'starting', 'down']),
    }),
  ),
  problems: z.array(Problem),
});
export type AppState = z.infer<typeof AppState>;

/** What a person types to set up a vendor account. The credential is not among it. */
const InstanceInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  baseUrl: z.string().trim().max(500),
  settings: z.record(z.string().max(40), z.string().max(20_000)),
});

/** Which of an instance's customers is which, for a person to decide. */
export const MappingView = z.strictObject({
  /** The vendor's customers; some that are already mapped included. Every text is the vendor's. */
  vendorCustomers: z.array(VendorCustomer),
  /** False when the vendor has more than could be read. */
  isWhole: z.boolean(),
  /** One for each customer of the MSP. */
  rows: z.array(
    z.strictObject({
      customer: CustomerId,
      owner: z.string().nullable(),
      /** What is proposed while nothing is mapped; null when nothing fits, or several do. */
      suggestion: z.strictObject({ owner: z.string(), because: z.array(z.enum(['name', 'domain', 'id'])) }).nullable(),
      /** The vendor's ids between which a person must choose. */
      candidates: z.array(z.string()).max(20),
    }),
  ),
});
export type MappingView = z.infer<typeof MappingView>;

export const CustomerView = z.strictObject({
  ...Customer.shape,
  vendors: z.record(z.string(), z.string()),
  /** Whether policy lets the technician bind it. */
  mayBind: z.boolean(),
  /** Whether policy lets the technician work on it together with others. */
  mayCross: z.boolean(),
});
export type CustomerView = z.infer<typeof CustomerView>;

export const Check = z.strictObject({ check: z.string(), ok: z.boolean(), detail: z.string(), remedy: z.string() });
export type Check = z.infer<typeof Check>;

/** A tool whose definition is not the one a person accepted: what it was (null when it is new) and what it is now. */
export const ToolReview = z.strictObject({
  name: ToolName,
  /** Hex SHA-256 of the definition as it is now: what accepting it names. */
  hash: z.string(),
  before: ToolDefinition.nullable(),
  now: ToolDefinition,
});
export type ToolReview = z.infer<typeof ToolReview>;

/** Another person who may prove themselves at this desk: in the demo, its other technicians. */
export const Colleague = z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.string()) });
export type Colleague = z.infer<typeof Colleague>;

/**
 * Everything a front end may ask of the application: the window over WebSocket or preload, the commands over a local
 * socket. Calls that widen what an AI can reach fault with OPERATOR_ONLY unless this connection proved the operator:
 * the window by its log-in, a command by `authenticate`.
 */
export const ui = {
  authenticate: call(z.strictObject({ operatorToken: z.string().max(200) }), z.void()),
  state: call(z.void(), AppState),
  customers: call(z.void(), z.array(CustomerView)),

  /** Operator only. `customer` is an id or a code. Answers when the old customer can no longer be reached. */
  bindCustomer: call(
    z.strictObject({ customer: z.string().max(80) }),
    z.strictObject({ code: CustomerCode, epoch: z.int() }),
  ),
  releaseCustomer: call(z.void(), z.void()),

  /** Operator only. The token is in this answer and nowhere else, ever. */
  addClient: call(
    z.strictObject({ name: z.string().trim().min(1).max(60), pin: z.string().max(80).nullable() }),
    z.strictObject({ name: z.string(), token: z.string().regex(/^[0-9a-f]{64}$/), customer: CustomerCode.nullable() }),
  ),
  /** Operator only. `customer` is the one the person saw: the call faults with SCOPE_CHANGED when another is bound by now. */
  armClient: call(z.strictObject({ name: z.string(), customer: z.string().max(80).nullable() }), z.void()),
  suspendClient: call(z.strictObject({ name: z.string() }), z.void()),
  revokeClient: call(z.strictObject({ name: z.string() }), z.void()),

  tools: call(z.void(), z.array(OfferedTool)),
  /** What the client app of this name may do for its customer, in words. Faults: UNKNOWN_CLIENT. */
  explain: call(z.strictObject({ client: z.string().max(60) }), Explanation),
  /** One call judged at the gates without running it, as oneself (null) or as a client app. Operator only. */
  tryCall: call(
    z.strictObject({ tool: z.string().max(80), arguments: JsonObject, client: z.string().max(60).nullable() }),
    Trial,
  ),

  approvals: call(z.void(), ApprovalDesk),
  /**
   * Operator only. `fingerprint` is the one the person saw. `identity` is another person's signed identity; null means the
   * technician who is signed in. Faults: those of the gateway's `decide`.
   */
  approve: call(
    z.strictObject({
      id: ApprovalId,
      fingerprint: z.string().max(64),
      identity: z.string().max(8192).nullable(),
      standing: StandingTerms.nullable(),
    }),
    Approval,
  ),
  /** Operator only. */
  deny: call(
    z.strictObject({
      id: ApprovalId,
      fingerprint: z.string().max(64),
      identity: z.string().max(8192).nullable(),
      reason: z.string().trim().max(500),
    }),
    Approval,
  ),
  /** Operator only. Each by itself: what was over already is left out of the count. */
  denyApprovals: call(
    z.strictObject({ ids: z.array(ApprovalId).min(1).max(500), reason: z.string().trim().max(500) }),
    z.strictObject({ denied: z.int() }),
  ),
  /** Operator only, as the technician who is signed in. Faults: APPROVAL_UNKNOWN, APPROVAL_OVER, NOT_YOURS, EXTENDED_ENOUGH. */
  extendApproval: call(z.strictObject({ id: ApprovalId }), Approval),
  withdrawStanding: call(z.strictObject({ id: StandingId }), z.void()),
  /**
   * Who else could approve this call at this desk, as policy says now; `approve` asks it anew. Outside the demo nobody: there a
   * person brings their signed identity. Faults: APPROVAL_UNKNOWN, APPROVAL_OVER.
   */
  colleagues: call(z.strictObject({ approval: ApprovalId }), z.array(Colleague)),
  /** Operator only, demo only. The signed identity of one of them. Faults: NOT_DEMO, UNKNOWN_TECHNICIAN. */
  colleagueIdentity: call(z.strictObject({ id: z.string().max(200) }), z.strictObject({ identity: z.string() })),

  /** Ends every AI call and lets none begin, until someone who may lets them again. Anyone may stop. */
  stopAi: call(z.void(), z.void()),
  /** Operator only. Faults: NOT_ALLOWED, AI_STOPPED_AGAIN. */
  resumeAi: call(z.void(), z.void()),

  toolReviews: call(z.void(), z.array(ToolReview)),
  /** Operator only. `hash` is the one the person saw. Faults: NOT_ALLOWED, UNKNOWN_TOOL, TOOL_CHANGED. */
  acceptTool: call(z.strictObject({ name: ToolName, hash: z.string().max(64) }), z.void()),

  /**
   * Operator only. Lets one client app work on several customers at once. Faults: NOT_ALLOWED, UNKNOWN_CLIENT,
   * CLIENT_PINNED, UNKNOWN_CUSTOMER, CROSS_TOO_FEW, CROSS_OPEN (the app has one already), CROSS_LIMIT.
   */
  openCross: call(
    z.strictObject({
      client: z.string().max(60),
      customers: z.array(z.string().max(80)).min(2).max(25),
      reason: z.string().trim().min(10).max(300),
      minutes: z.int().min(5).max(480),
    }),
    z.strictObject({ code: CrossCode, until: z.iso.datetime() }),
  ),
  /** Fault: UNKNOWN_CROSS. */
  closeCross: call(z.strictObject({ code: CrossCode }), z.void()),
  /** Operator only. `customer` is the code the form was opened for; the gates compare it. */
  callTool: call(z.strictObject({ tool: z.string().max(80), arguments: JsonObject }), ToolAnswer),

  /** Ledger entries, newest last. */
  entries: call(
    z.strictObject({
      after: z.int().nonnegative().optional(),
      before: z.int().positive().optional(),
      limit: z.int().positive().max(1000),
      filter: LedgerFilter,
    }),
    z.strictObject({ entries: z.array(Entry), isEnd: z.boolean() }),
  ),
  outline,
  verifyLedger: call(z.void(), Verdict),
  /** The tree head of everything recorded so far (C2SP signed note; its body alone without a signer). Not an export, so not recorded. */
  checkpoint: call(z.void(), z.strictObject({ entries: z.int(), note: z.string(), isSigned: z.boolean() })),
  /** Operator only, with the right to `read-bodies`. That they are read is on record (`alert`, `bodies-read`) before any is. */
  bodiesOf,
  /** What is kept of what was asked and answered, by customer (null: of calls bound to none), and for how many days (null: for good). */
  keptBodies: call(
    z.void(),
    z.array(
      z.strictObject({
        /** Without a code where the company has no such customer any more; its name is then its id. */
        customer: z.strictObject({ code: CustomerCode.nullable(), name: z.string() }).nullable(),
        bodies: z.int().nonnegative(),
        oldest: z.iso.datetime().nullable(),
        days: z.int().positive().nullable(),
      }),
    ),
  ),
  /**
   * Operator only, with the right to `destroy-keys`. No body of the customer's can be opened again, and the copies of
   * vendor credentials kept under it go too, with their mappings; every proof still holds. `code` is typed by the person. Of a customer that
   * the company no longer has, both are its id. Faults: UNKNOWN_CUSTOMER, CODE_MISMATCH, CUSTOMER_BOUND.
   */
  destroyCustomerKey: call(z.strictObject({ customer: z.string().max(80), code: z.string().max(80) }), z.void()),
  /**
   * What every export begins with. It is recorded (`alert`, `ledger-exported`) before this answers; the entries it may hold
   * are those its checkpoint covers. Faults: LEDGER_UNWRITABLE; then there must be no export.
   */
  beginExport: call(
    z.strictObject({
      format: z.enum(['jsonl', 'csv', 'bundle']),
      filter: LedgerFilter,
      /** Whether bodies leave with it, opened: only in a bundle, and only with the right to read them. */
      bodies: z.boolean().default(false),
    }),
    z.strictObject({ entries: z.int(), note: z.string(), isSigned: z.boolean(), recorded: z.int().positive() }),
  ),
  prove,
  /** The public key that checkpoints of this device are signed with, and the name it signs as. */
  deviceKey: call(z.void(), z.strictObject({ name: z.string(), publicKey: PublicKey })),
  /** The policy in force as it was signed (compact JWS), and the company's key that it verifies under. Right: `export-ledger`. */
  policy: call(z.void(), SignedPolicy),
  /** One that was put in force before, by the hash in the ledger; null when its text is not here. Right: `export-ledger`. */
  earlierPolicy: call(z.strictObject({ sha256: PolicyHash }), SignedPolicy.nullable()),

  /** The key to seal a credential to, and the purpose to seal it for. */
  sealKey: call(
    z.strictObject({ instance: InstanceId }),
    z.strictObject({ sealKey: SealKey, purpose: z.string(), fields: z.array(z.string()) }),
  ),
  /** Operator only. */
  setCredential: call(z.strictObject({ instance: InstanceId, box: SealedBox }), z.void()),
  /** Operator only. Destroys the stored credential; whatever used it ends. */
  revokeCredential: call(z.strictObject({ instance: InstanceId }), z.void()),
  /**
   * Operator only: calls the vendor in the technician's name with a harmless read, of the bound customer through all gates
   * where one is bound and mapped, else with the smallest survey.
   */
  testInstance: call(z.strictObject({ instance: InstanceId }), z.strictObject({ ok: z.boolean(), detail: z.string() })),

  connectors: call(z.void(), z.array(ConnectorDescription)),
  /** Operator only. Faults: NOT_ENTITLED, INSTANCE_INVALID. Without mapping and credential nothing can use it yet. */
  addInstance: call(
    z.strictObject({ connector: z.string().max(30), ...InstanceInput.shape }),
    z.strictObject({ instance: InstanceId }),
  ),
  /** Operator only. Another host than before revokes the credential: it was entered for the old one. */
  changeInstance: call(z.strictObject({ instance: InstanceId, ...InstanceInput.shape }), z.void()),
  /** Operator only. The credential goes with it. */
  removeInstance: call(z.strictObject({ instance: InstanceId }), z.void()),
  /** Operator only. Asks the vendor for its customers and proposes which is which. Recorded. May take a minute. */
  surveyInstance: call(z.strictObject({ instance: InstanceId }), MappingView),
  /** Operator only. Null unmaps. All or nothing. Faults: MAPPING_AMBIGUOUS, UNKNOWN_CUSTOMER, OWNER_INVALID. */
  mapCustomers: call(
    z.strictObject({
      instance: InstanceId,
      changes: z
        .array(z.strictObject({ customer: CustomerId, owner: z.string().trim().min(1).max(80).nullable() }))
        .max(5000),
    }),
    z.strictObject({ mapped: z.int() }),
  ),

  doctor: call(z.void(), z.array(Check)),
  /** Operator only. A fresh one-time address for another browser window; null where the window is not a web page. */
  openWindow: call(z.void(), z.strictObject({ url: z.string().nullable() })),

  changed: event(AppState),
  /** Something about approvals changed: a new one, a decision, an end. */
  approvalsChanged: event(z.strictObject({ pending: z.int().nonnegative() })),
  /** How far verifying the ledger has come, and how far searching it has. */
  verifying: event(Progress),
  searching: event(Progress),
  /** The ledger has this many entries now. */
  grew: event(z.strictObject({ entries: z.int() })),
};
