import { z } from 'zod';
import { DenialCode } from '../model/denial.ts';
import { Grant, PublicKey } from '../model/grant.ts';
import { CustomerCode, CustomerId, InstanceId, TenantId, ToolName } from '../model/ids.ts';
import { ToolDefinition } from '../model/tool.ts';
import { call } from '../wire/contract.ts';
import { JsonObject } from '../model/json-object.ts';

/** What a worker is for, told once by the supervisor and true until it ends. */
export const WorkerBinding = z.strictObject({
  tenant: TenantId,
  customer: CustomerId,
  customerCode: CustomerCode,
  instance: InstanceId,
  connector: z.string(),
  epoch: z.int().positive(),
  /** The vendor's id for this customer: the owner every record must prove. */
  owner: z.string(),
  baseUrl: z.url(),
  settings: z.record(z.string(), z.string()),
  grantKey: PublicKey,
});
export type WorkerBinding = z.infer<typeof WorkerBinding>;

/** A connector as people meet it: what it is called, and which secret values its credential consists of. */
export const ConnectorDescription = z.strictObject({
  name: z.string(),
  title: z.string(),
  credentialFields: z.array(z.string().max(40)),
});
export type ConnectorDescription = z.infer<typeof ConnectorDescription>;

/** Supervisor to worker, on the control port. */
export const workerControl = {
  /** Every connector in this build and its tools. A worker that describes is never bound. */
  describe: call(
    z.void(),
    z.strictObject({ connectors: z.array(ConnectorDescription), tools: z.array(ToolDefinition) }),
  ),
  bind: call(WorkerBinding, z.void()),
};

/** A record and the proof of whose it is: every owner the vendor's own data names for it. */
export const LabelledRecord = z.strictObject({
  owners: z.array(z.string().max(80)).max(10),
  record: JsonObject,
});
export type LabelledRecord = z.infer<typeof LabelledRecord>;

export const WorkerAnswer = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('ok'),
    records: z.array(LabelledRecord),
    /** Records the worker removed because their owner was another or could not be proven. */
    dropped: z.int().nonnegative(),
    next: z.string().max(200).optional(),
  }),
  z.strictObject({ status: z.literal('denied'), code: DenialCode, reason: z.string().max(500).optional() }),
]);
export type WorkerAnswer = z.infer<typeof WorkerAnswer>;

/** Gateway to worker, on the link the supervisor made for them. */
export const worker = {
  execute: call(z.strictObject({ grant: Grant, tool: ToolName, arguments: JsonObject }), WorkerAnswer),
};
