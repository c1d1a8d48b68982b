import { z } from 'zod';
import { Binding } from '../model/binding.ts';
import { Enrolment } from '../model/bundle.ts';
import { ClientApp } from '../model/client-app.ts';
import { PublicKey } from '../model/grant.ts';
import { CustomerId, InstanceId, TenantId } from '../model/ids.ts';
import { Health, Instance } from '../model/instance.ts';
import { ToolAnswer } from '../model/tool-answer.ts';
import { ToolDefinition } from '../model/tool.ts';
import { call, event } from '../wire/contract.ts';
import { JsonObject } from '../model/json-object.ts';

/** What a caller would meet at the gates for one tool, without running it. */
export const OfferedTool = z.strictObject({
  definition: ToolDefinition,
  isAllowed: z.boolean(),
  /** The plain reason when not allowed. */
  reason: z.string().optional(),
});
export type OfferedTool = z.infer<typeof OfferedTool>;

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
      usage: z.strictObject({ period: z.string().regex(/^\d{4}-\d{2}$/), calls: z.int().nonnegative() }),
    }),
    z.void(),
  ),
  /**
   * Who is bound to whom. Answers once every call under an epoch that is no longer current is aborted and its late
   * result can only be dropped.
   */
  scope: call(
    z.strictObject({ tenant: TenantId, clients: z.array(ClientApp).max(200), switcher: Binding.nullable() }),
    z.void(),
  ),
  /** One tool through all gates as the operator, for the window and the commands. */
  callTool: call(z.strictObject({ tool: z.string().max(80), arguments: JsonObject }), ToolAnswer),
  offeredTools: call(z.void(), z.array(OfferedTool)),
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
