import { z } from 'zod';
import { Approval, ApprovalDesk, ApprovalId, Rule, StandingId, StandingTerms } from '../model/approval.ts';
import { Binding } from '../model/binding.ts';
import { Enrolment } from '../model/bundle.ts';
import { ClientApp } from '../model/client-app.ts';
import { CrossScope } from '../model/cross.ts';
import { DenialCode, GateName } from '../model/denial.ts';
import { GateOutcome } from '../model/gate-outcome.ts';
import { PublicKey } from '../model/grant.ts';
import { CustomerId, InstanceId, TenantId, ToolName } from '../model/ids.ts';
import { Health, Instance } from '../model/instance.ts';
import { CustomerRight, Right } from '../model/right.ts';
import { Risk } from '../model/risk.ts';
import { ToolAnswer } from '../model/tool-answer.ts';
import { ToolDefinition } from '../model/tool.ts';
import { call, event } from '../wire/contract.ts';
import { JsonObject } from '../model/json-object.ts';
import { Tally } from './ledger.ts';

/** What a caller would meet at the gates for one tool, without running it. */
export const OfferedTool = z.strictObject({
  definition: ToolDefinition,
  /** The class the company's policy judges it by: the definition's own, or a stricter one. */
  risk: Risk,
  isAllowed: z.boolean(),
  /** How many persons must approve each call first. */
  asks: z.int().min(0).max(2),
  /** The rules that decided. Empty when none permitted, or an earlier gate said no. */
  because: z.array(Rule),
  /** The plain reason when not allowed. */
  reason: z.string().optional(),
});
export type OfferedTool = z.infer<typeof OfferedTool>;

/** What a call meets at the policy: it runs, waits for one person or two, or does not run. */
export const PolicyVerdict = z.enum(['runs', 'asks', 'asks-two', 'denied']);
export type PolicyVerdict = z.infer<typeof PolicyVerdict>;

/** What one client app may do for the customer it is bound to, as people read it. */
export const Explanation = z.strictObject({
  client: z.string(),
  /** Null when nothing is bound for it; `blocked` says why, and then there is nothing else to say. */
  customer: z.string().nullable(),
  blocked: z.string().nullable(),
  /** For each risk class, the verdict where no rule says otherwise of a single tool, and the rules behind it. */
  classes: z.array(z.strictObject({ risk: Risk, verdict: PolicyVerdict, because: z.array(Rule) })),
  tools: z.array(OfferedTool),
});
export type Explanation = z.infer<typeof Explanation>;

/** What a call would meet at gates 1 to 6. Nothing runs, nobody is asked, no quota is used. */
export const Trial = z.strictObject({
  verdict: PolicyVerdict,
  gates: z.array(GateOutcome),
  because: z.array(Rule),
  denial: z.strictObject({ gate: GateName, code: DenialCode, reason: z.string(), remedy: z.string() }).nullable(),
});
export type Trial = z.infer<typeof Trial>;

/** Supervisor to gateway, on the control port. Each call replaces what it names as a whole, so no state is ever half new. */
export const gatewayControl = {
  /** Answers with the grant key of this start. `version` is the program's, as clients are told it. */
  start: call(z.strictObject({ version: z.string().max(40) }), z.strictObject({ grantKey: PublicKey })),
  /** Faults: PORT_TAKEN. Binds 127.0.0.1 and, where the machine has it, ::1. Port 0 takes any free one. */
  listen: call(
    z.strictObject({ port: z.int().min(0).max(65_535) }),
    z.strictObject({ port: z.int(), mcpUrl: z.url() }),
  ),
  /**
   * Who is signed in, what is granted, what tools exist. The gateway verifies the signatures itself.
   * Faults: ENROLMENT_INVALID, POLICY_INVALID, MAPPING_AMBIGUOUS, TOOLS_INVALID.
   */
  enrol: call(
    z.strictObject({
      enrolment: Enrolment,
      tools: z.array(ToolDefinition),
      instances: z.array(Instance),
      /** Admitted calls of the current billing period, counted by the ledger. */
      usage: z.strictObject({
        period: z.string().regex(/^\d{4}-\d{2}$/),
        calls: z.int().nonnegative(),
        /** The day (UTC) that `ofDay` is of. */
        day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
        /** Calls of the period, of that day and of the last minute, by who called what for whom. */
        ofPeriod: z.array(Tally),
        ofDay: z.array(Tally),
        ofMinute: z.array(Tally),
      }),
      /** The definitions a person accepted: name to hex SHA-256 (src-shared/tool-hash.ts). Others are blocked. */
      pins: z.record(ToolName, z.string().regex(/^[0-9a-f]{64}$/)),
    }),
    z.void(),
  ),
  /**
   * Who is bound to whom. Answers once every call under an epoch that is no longer current is aborted and its late
   * result can only be dropped.
   */
  scope: call(
    z.strictObject({
      tenant: TenantId,
      clients: z.array(ClientApp).max(200),
      switcher: Binding.nullable(),
      crosses: z.array(CrossScope).max(20),
      /** No client app may call anything. The operator still may. */
      isStopped: z.boolean(),
    }),
    z.void(),
  ),
  /** One tool through all gates as the operator, for the window and the commands. */
  callTool: call(z.strictObject({ tool: z.string().max(80), arguments: JsonObject }), ToolAnswer),
  offeredTools: call(z.void(), z.array(OfferedTool)),
  /** As the client app of this name. Faults: UNKNOWN_CLIENT. */
  explain: call(z.strictObject({ client: z.string().max(60) }), Explanation),
  /** One call judged without running it, as the operator (null) or as the client app of a name. Faults: UNKNOWN_CLIENT. */
  tryCall: call(
    z.strictObject({ tool: z.string().max(80), arguments: JsonObject, client: z.string().max(60).nullable() }),
    Trial,
  ),

  /** What the signed-in technician may do besides calling tools, and which customers they may bind. */
  rights: call(
    z.void(),
    z.strictObject({ rights: z.array(Right), bindable: z.array(CustomerId), crossable: z.array(CustomerId) }),
  ),
  /** One of them, asked at the moment of the deed. `customer` where the right is of one. */
  may: call(
    z.strictObject({ right: z.union([Right, CustomerRight]), customer: CustomerId.optional() }),
    z.strictObject({ isAllowed: z.boolean(), because: z.array(Rule) }),
  ),

  approvals: call(z.void(), ApprovalDesk),
  /**
   * A person's decision. A yes is recorded before it counts, a no counts at once. `identity` is that person's signed identity; `fingerprint` the one they
   * saw. Faults: APPROVAL_UNKNOWN, APPROVAL_OVER (decided, expired or withdrawn meanwhile), APPROVAL_CHANGED (another
   * fingerprint), IDENTITY_INVALID, NOT_YOURS (policy does not let this person decide it), SAME_PERSON (they are one of the
   * two already), STANDING_REFUSED, LEDGER_UNWRITABLE (of a yes alone; the call is withdrawn then), STANDING_ENDED (of a no: the call
   * was over; what was approved for a while with it is ended, and the same call is denied for now).
   */
  decide: call(
    z.strictObject({
      id: ApprovalId,
      fingerprint: z.string().max(64),
      identity: z.string().max(8192),
      decision: z.enum(['approve', 'deny']),
      reason: z.string().max(500),
      standing: StandingTerms.nullable(),
    }),
    Approval,
  ),
  /**
   * Which of these people could approve a call that waits, as policy says now. Only to be shown: nobody has proven to be one of
   * them, and `decide` asks anew. Faults: APPROVAL_UNKNOWN, APPROVAL_OVER.
   */
  whoMayApprove: call(
    z.strictObject({
      id: ApprovalId,
      people: z.array(z.strictObject({ id: z.string(), roles: z.array(z.string()) })).max(500),
    }),
    z.array(z.string()),
  ),
  /**
   * Its whole waiting time once more from now, for a person who may decide it. Faults: APPROVAL_UNKNOWN, APPROVAL_OVER,
   * IDENTITY_INVALID, NOT_YOURS, EXTENDED_ENOUGH.
   */
  extendApproval: call(z.strictObject({ id: ApprovalId, identity: z.string().max(8192) }), Approval),
  /** Faults: STANDING_UNKNOWN. */
  withdrawStanding: call(z.strictObject({ id: StandingId }), z.void()),
  approvalsChanged: event(z.strictObject({ pending: z.int().nonnegative() })),
  usage: call(
    z.void(),
    z.strictObject({ period: z.string(), calls: z.int(), included: z.int(), overage: z.enum(['allow', 'block']) }),
  ),
  health: event(z.strictObject({ instance: InstanceId, health: Health })),
  /** A call went out to this instance's vendor; told at most once a second. */
  instanceSeen: event(z.strictObject({ instance: InstanceId, at: z.iso.datetime() })),
  clientSeen: event(z.strictObject({ client: z.string(), at: z.iso.datetime() })),
};

/** Gateway to supervisor, on the same port the other way. */
export const gatewayHost = {
  /** Starts the worker for exactly this, if main's own binding agrees, and links it as `worker:tenant/customer/instance/epoch`. */
  openWorker: call(
    z.strictObject({ tenant: TenantId, customer: CustomerId, instance: InstanceId, epoch: z.int().positive() }),
    z.void(),
  ),
};
