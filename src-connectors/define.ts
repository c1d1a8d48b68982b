// How a connector declares a tool: as data. From one declaration come the definition that everyone else hashes and pins,
// and the run that fetches, narrows and projects. The kinds that vendors share are list-tool.ts, one-tool.ts and change-tool.ts.
// Arguments come from a model that may be under someone else's control; rows come from a vendor that may be wrong.
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { WorkerAnswer } from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Risk } from '../src-shared/model/risk.ts';
import { ToolDefinition } from '../src-shared/model/tool.ts';
import { createKept, type Kept } from './kept.ts';
import type { OwnerSelector } from './naming.ts';
import type { Judge } from './narrow.ts';
import type { ToolCall, Vendor, VendorRequest } from './vendor.ts';

/** The members every declaration has. */
export interface Declaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape> {
  readonly connector: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly risk: Risk;
  /**
   * Small typed arguments, without `customer`: define adds it. One that is a secret says `.meta({ writeOnly: true })` and
   * is then kept out of the ledger.
   */
  readonly input: Input;
  /** What leaves the worker. Every record is parsed by it, so a projection cannot let more through. */
  readonly record: z.ZodObject<Output, z.core.$strict>;
  readonly owner: OwnerSelector;
  /** Set when the projection looks up names of the vendor's numbers. */
  readonly usesNames?: boolean;
  /** For writes: one sentence for when it is not known whether it happened. */
  readonly afterwards?: string;
  readonly limits: { readonly deadlineMs: number; readonly maxBytes: number };
}

/** What a bound worker lets a tool use. */
export interface WorkerContext extends Pick<Judge, 'owner' | 'keep'> {
  readonly settings: Readonly<Record<string, string>>;
  readonly vendor: Vendor;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A secret of this worker, for page cursors. */
  readonly pageKey: KeyObject;
}

/** The same, for one call. */
export interface ToolContext extends WorkerContext {
  readonly kept: Kept;
}

export interface Tool {
  readonly name: string;
  readonly kind: ToolKind;
  readonly owner: OwnerSelector;
  readonly limits: ToolDefinition['limits'];
  readonly afterwards: string;
  /** Strict; `customer` included. */
  readonly input: z.ZodObject;
  readonly record: z.ZodObject;
  /** Made when asked: a bound worker never needs it. */
  readonly definition: () => ToolDefinition;
  readonly run: Deed;
  /** Set where a call names records: the names of those, and nothing is written. */
  readonly lookUp: Deed | undefined;
}

type Deed = (context: WorkerContext, input: Readonly<Record<string, unknown>>, call: ToolCall) => Promise<WorkerAnswer>;

export type Arguments<Input extends z.ZodRawShape> = z.output<z.ZodObject<Input>>;
export type ToolRun<Input extends z.ZodRawShape> = (
  context: ToolContext,
  input: Arguments<Input>,
  call: ToolCall,
) => Promise<WorkerAnswer>;

/** `scan` is a list the vendor cannot filter; `change` writes, and `set` is a change that may be made twice. */
export type ToolKind = 'list' | 'scan' | 'one' | 'change' | 'set';

export function define<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  kind: ToolKind,
  declaration: Declaration<Input, Output>,
  run: ToolRun<Input>,
  lookUp?: ToolRun<Input>,
): Tool {
  const { connector, name, title, description, risk, record, owner, afterwards = lookFirst } = declaration;
  const limits = { ...declaration.limits, ...(lookUp === undefined ? {} : { lookUpMs }) };
  const input = z.strictObject({ customer, ...declaration.input });
  return {
    name,
    kind,
    owner,
    limits,
    afterwards,
    input,
    record,
    definition: () =>
      ToolDefinition.parse({
        name,
        title,
        description,
        connector,
        risk,
        returns: kind === 'list' || kind === 'scan' ? kind : 'one',
        records: 'catalogue' in owner ? 'catalogue' : 'customer',
        isIdempotent: kind !== 'change',
        inputSchema: schemaOf(input, 'input'),
        recordSchema: schemaOf(record, 'output'),
        limits,
      }),
    run: deed(run),
    lookUp: lookUp && deed(lookUp),
  };
}

/** The worker has parsed the arguments with the tool's `input`, so they are of this type. */
const deed =
  <Input extends z.ZodRawShape>(run: ToolRun<Input>): Deed =>
  (context, parsed, call) =>
    run({ ...context, kept: createKept() }, parsed as Arguments<Input>, call);

/** The record as it may leave. Fault: VENDOR_ERROR when the vendor's values do not make one. */
export function leaving<Output extends z.ZodRawShape>(
  record: z.ZodObject<Output, z.core.$strict>,
  projected: z.input<z.ZodObject<Output>>,
): z.output<z.ZodObject<Output>> {
  const parsed = record.safeParse(projected);
  if (parsed.success) return parsed.data;
  throw new Fault('VENDOR_ERROR', 'The vendor answered with a record that cannot be read.');
}

/** The request with the bound customer's id put in, last, so that nothing a declaration builds can replace it. */
export function scoped(request: VendorRequest, owner: string, parameter?: string): VendorRequest {
  const scope = parameter === undefined ? {} : { [parameter]: owner };
  return { ...request, path: request.path.replace('{owner}', owner), query: { ...request.query, ...scope } };
}

/** Without `$schema`: the contract names the dialect, and a client pays for every word of every tool. */
function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

/** A person waits to be asked meanwhile, and is asked all the same. */
const lookUpMs = 4000;
const lookFirst = 'The change may or may not have happened: look before you repeat it.';

const customer = z
  .string()
  .max(20)
  .describe("The bound customer's code, from bulkhead_context. It asserts, it never selects.");
