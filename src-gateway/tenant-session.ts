import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { canonical } from '../src-shared/canonical.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Bundle, Enrolment, IdentityClaims } from '../src-shared/model/bundle.ts';
import type { Customer } from '../src-shared/model/customer.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';
import type { Instance } from '../src-shared/model/instance.ts';
import { isRead } from '../src-shared/model/risk.ts';
import { sharedOwner } from '../src-shared/model/shared-owner.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import { verifyEnrolment } from '../src-shared/verify-enrolment.ts';
import { loadPolicy, type Policy } from './policy/policy.ts';
import { Quota } from './quota.ts';
import { mark } from './screen/records.ts';
import { makeScreen, type Screen } from './screen/screen.ts';

/** A tool as the gates need it: its definition, and how arguments are judged. */
export interface KnownTool {
  readonly definition: ToolDefinition;
  /** Why the arguments do not fit, in words safe to return, or undefined when they do. */
  readonly misfit: (args: Readonly<Record<string, unknown>>) => string | undefined;
  /** The arguments that are secrets, declared by JSON Schema's `writeOnly`: never written down. */
  readonly secrets: ReadonlySet<string>;
}

/** All that is known of one tenant on this device. Replaced as a whole, never changed. */
export interface TenantSession {
  readonly bundle: Bundle;
  readonly identity: IdentityClaims;
  readonly customers: ReadonlyMap<CustomerId, Customer>;
  readonly instances: readonly Instance[];
  readonly tools: ReadonlyMap<string, KnownTool>;
  readonly policy: Policy;
  readonly quota: Quota;
  readonly screen: Pick<Screen, 'apply'>;
}

export interface EnrolInput {
  readonly enrolment: Enrolment;
  readonly tools: readonly ToolDefinition[];
  readonly instances: readonly Instance[];
  readonly usage: { readonly period: string; readonly calls: number };
}

/**
 * Builds a tenant's session from material whose signatures are checked here.
 * @throws Fault ENROLMENT_INVALID, POLICY_INVALID, MAPPING_AMBIGUOUS, TOOLS_INVALID
 */
export async function openTenantSession({ enrolment, tools, instances, usage }: EnrolInput): Promise<TenantSession> {
  const { bundle, identity } = await verifyEnrolment(enrolment);
  const own = instances.filter(({ tenant }) => tenant === enrolment.tenant);
  refuseSharedOwners(own);
  return {
    bundle,
    identity,
    customers: new Map(bundle.customers.map((customer) => [customer.id, customer])),
    instances: own,
    tools: knownTools(tools),
    policy: loadPolicy(`${enrolment.tenant}@${bundle.version}`, bundle.policy.policies),
    quota: new Quota(bundle.quota, usage),
    screen: makeScreen({ customers: bundle.customers, instances: own, policy: bundle.policy.mentions }),
  };
}

/** Two customers on one vendor id would each see the other's records, and every owner check would agree. */
function refuseSharedOwners(instances: readonly Instance[]): void {
  if (sharedOwner(instances) === undefined) return;
  throw new Fault(
    'MAPPING_AMBIGUOUS',
    'Two customers are mapped to the same vendor id.',
    'Open Connectors and map each customer to its own id.',
  );
}

function knownTools(definitions: readonly ToolDefinition[]): ReadonlyMap<string, KnownTool> {
  // `1e999` is JSON and reads as Infinity, which no ledger can hold and no worker can be sent: strictNumbers refuses it.
  const ajv = new Ajv2020({
    strict: false,
    strictNumbers: true,
    allErrors: false,
    coerceTypes: false,
    useDefaults: false,
  });
  const known = new Map<string, KnownTool>();
  for (const definition of definitions) {
    if (known.has(definition.name)) {
      throw new Fault('TOOLS_INVALID', 'Two connectors declare a tool of the same name.');
    }
    const validate = ajv.compile(definition.inputSchema);
    known.set(definition.name, {
      definition,
      misfit: (args) =>
        misfit(validate, args) ?? notOneText(args) ?? (isRead(definition.risk) ? undefined : marked(args)),
      secrets: secretsOf(definition),
    });
  }
  return known;
}

/** What an AI was not shown it cannot write back: the mark would take the place of the name for good. */
function marked(value: unknown): string | undefined {
  if (typeof value === 'string')
    return value.includes(mark)
      ? `a text in them holds "${mark}", which stands for words that were not shown`
      : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = marked(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function secretsOf({ inputSchema }: ToolDefinition): ReadonlySet<string> {
  const { properties = {} } = inputSchema as { properties?: Readonly<Record<string, { writeOnly?: unknown }>> };
  return new Set(Object.keys(properties).filter((name) => properties[name]?.writeOnly === true));
}

/** Half a surrogate pair fits every schema and has no UTF-8 form: no grant could be signed for it, no vendor be sent it. */
function notOneText(args: Readonly<Record<string, unknown>>): string | undefined {
  try {
    canonical(args);
    return undefined;
  } catch {
    return 'a text in them is not Unicode';
  }
}

function misfit(validate: ValidateFunction, args: Readonly<Record<string, unknown>>): string | undefined {
  if (validate(args)) return undefined;
  const [first] = validate.errors ?? [];
  if (!first) return 'they are not valid';
  const extra: unknown = first.params['additionalProperty'];
  if (typeof extra === 'string') return `there is no argument "${extra.slice(0, 40)}"`;
  const missing: unknown = first.params['missingProperty'];
  if (typeof missing === 'string') return `"${missing.slice(0, 40)}" is missing`;
  const place = first.instancePath.slice(1) || 'they';
  // A pattern means nothing to whoever must mend it; the schema describes the argument.
  const fault =
    first.keyword === 'pattern' ? 'does not have the form it is described with' : (first.message ?? 'not valid');
  return `${place} ${fault}`.slice(0, 200);
}
