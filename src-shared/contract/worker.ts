import { z } from 'zod';
import { DenialCode } from '../model/denial.ts';
import { Grant, PublicKey } from '../model/grant.ts';
import { CustomerCode, CustomerId, InstanceId, TenantId, ToolName } from '../model/ids.ts';
import { Label } from '../model/label.ts';
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

/** A setting an instance may carry, beyond its base URL. Never a secret. */
export const SettingDescription = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/),
  title: z.string().max(80),
  /** One sentence: what it is for, and when to leave it empty. */
  help: z.string().max(300),
  /** A `switch` holds the text `true` or nothing. */
  kind: z.enum(['text', 'lines', 'switch']),
});
export type SettingDescription = z.infer<typeof SettingDescription>;

/** A connector as people meet it: what it is called, and what an instance and its credential consist of. */
export const ConnectorDescription = z.strictObject({
  name: z.string(),
  title: z.string(),
  credentialFields: z.array(z.string().max(40)),
  settings: z.array(SettingDescription).max(20),
  /** What the base URL usually looks like. */
  baseUrlExample: z.string().max(200),
  /** What the vendor calls its id of a customer: `HaloPSA client id`. */
  ownerTitle: z.string().max(80),
  /** A regular expression that every canonical id of theirs matches whole. */
  ownerPattern: z.string().max(200),
});
export type ConnectorDescription = z.infer<typeof ConnectorDescription>;

/** What a survey is for: one instance, no customer. Nothing of it ever reaches the gateway, so no AI can see it. */
export const SurveyBinding = z.strictObject({
  tenant: TenantId,
  instance: InstanceId,
  connector: z.string(),
  baseUrl: z.url(),
  settings: z.record(z.string(), z.string()),
  /** `probe` reads as little as shows that address and credential work. */
  extent: z.enum(['probe', 'all']),
});
export type SurveyBinding = z.infer<typeof SurveyBinding>;

/** A customer as a vendor knows it. Every text is the vendor's. */
export const VendorCustomer = z.strictObject({
  /** The vendor's id, canonical, as a mapping holds it. */
  id: z.string().min(1).max(80),
  name: z.string().max(200),
  /** Web or mail domains the vendor holds for it, lower case. */
  domains: z.array(z.string().max(253)).max(20),
  /** Ids of other systems the vendor holds for it, for example the PSA's. */
  otherIds: z.array(z.string().max(80)).max(20),
  isInactive: z.boolean(),
});
export type VendorCustomer = z.infer<typeof VendorCustomer>;

/** Supervisor to worker, on the control port. */
export const workerControl = {
  /** Every connector in this build and its tools. A worker that describes is never bound. */
  describe: call(
    z.void(),
    z.strictObject({ connectors: z.array(ConnectorDescription), tools: z.array(ToolDefinition) }),
  ),
  bind: call(WorkerBinding, z.void()),
  /**
   * The vendor's customers, for a person to map. A worker that surveys does it once and is never bound; its credential
   * comes over the link `survey`. Faults: ALREADY_BOUND, BINDING_INVALID, CREDENTIAL_UNAVAILABLE, VENDOR_ERROR, TIMED_OUT.
   */
  survey: call(SurveyBinding, z.strictObject({ customers: z.array(VendorCustomer).max(5000), isWhole: z.boolean() })),
};

/** A record and what the vendor's own data says of whose it is. */
export const LabelledRecord = z.strictObject({ label: Label, record: JsonObject });
export type LabelledRecord = z.infer<typeof LabelledRecord>;

export const WorkerAnswer = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('ok'),
    records: z.array(LabelledRecord),
    /** Records the worker removed because their owner was another or could not be proven. */
    dropped: z.int().nonnegative(),
    next: z.string().max(200).optional(),
  }),
  z.strictObject({
    status: z.literal('denied'),
    code: DenialCode,
    reason: z.string().max(500).optional(),
    /** The vendor gave no good answer at all. What it refuses, and what never reached it, says nothing of its health. */
    isOutage: z.literal(true).optional(),
    /** The account's rate limit is used up. */
    isBusy: z.literal(true).optional(),
  }),
]);
export type WorkerAnswer = z.infer<typeof WorkerAnswer>;

const GrantedCall = z.strictObject({ grant: Grant, tool: ToolName, arguments: JsonObject });

/** Gateway to worker, on the link the supervisor made for them. */
export const worker = {
  execute: call(GrantedCall, WorkerAnswer),
  /** What the call acts on: a `Subject` for each record its arguments name. OWNERSHIP_UNPROVEN as the call itself would be denied. */
  lookUp: call(GrantedCall, WorkerAnswer),
};
