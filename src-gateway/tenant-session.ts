import { Fault } from '../src-shared/fault.ts';
import type { Bundle, Enrolment, IdentityClaims } from '../src-shared/model/bundle.ts';
import type { Customer } from '../src-shared/model/customer.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';
import type { Instance } from '../src-shared/model/instance.ts';
import type { Risk } from '../src-shared/model/risk.ts';
import { sharedOwner } from '../src-shared/model/shared-owner.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import { verifyEnrolment } from '../src-shared/verify-enrolment.ts';
import { type KnownTool, knownTools } from './known-tools.ts';
import { companyRisks } from './policy/company-risks.ts';
import { loadPolicy, type Person, type Policy } from './policy/policy.ts';
import { Quota, type Usage } from './quota.ts';
import { makeScreen, type Screen } from './screen/screen.ts';

/** All that is known of one tenant on this device. Replaced as a whole, never changed. */
export interface TenantSession {
  readonly bundle: Bundle;
  readonly identity: IdentityClaims;
  /** Public Ed25519 key under which identities of this company verify, base64url. */
  readonly tenantKey: string;
  readonly customers: ReadonlyMap<CustomerId, Customer>;
  readonly instances: readonly Instance[];
  readonly tools: ReadonlyMap<string, KnownTool>;
  readonly policy: Policy;
  /** The signed-in technician, as policy is asked about them. */
  readonly person: Person;
  /** The class the company judges a tool by: never milder than its own. What a call does goes by the tool's own. */
  readonly riskOf: (definition: ToolDefinition) => Risk;
  readonly quota: Quota;
  readonly screen: Pick<Screen, 'apply'>;
}

export interface EnrolInput {
  readonly enrolment: Enrolment;
  readonly tools: readonly ToolDefinition[];
  readonly instances: readonly Instance[];
  readonly usage: Usage;
  /** The definitions a person accepted: name to hash. A tool that is not among them is known, and blocked. */
  readonly pins: Readonly<Record<string, string>>;
  /** What the session before this one has counted: an enrolment renewed gives no call back. */
  readonly counted?: Quota | undefined;
}

/**
 * Builds a tenant's session from material whose signatures are checked here.
 * @throws Fault ENROLMENT_INVALID, POLICY_INVALID, MAPPING_AMBIGUOUS, TOOLS_INVALID
 */
export async function openTenantSession(input: EnrolInput): Promise<TenantSession> {
  const { enrolment, tools, instances, usage, pins, counted } = input;
  const { bundle, identity } = await verifyEnrolment(enrolment);
  const own = instances.filter(({ tenant }) => tenant === enrolment.tenant);
  refuseSharedOwners(own);
  refuseTwins(bundle.customers);
  return {
    bundle,
    identity,
    tenantKey: enrolment.tenantKey,
    customers: new Map(bundle.customers.map((customer) => [customer.id, customer])),
    instances: own,
    tools: knownTools(tools, pins),
    policy: loadPolicy(bundle),
    person: { id: identity.sub, roles: identity.roles },
    riskOf: companyRisks(bundle.policy.risks, tools),
    quota: new Quota(bundle.quota, usage, counted),
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

/** A customer is found by its id and claimed by its code: two of either would be one. `CROSS-1` stands for several. */
function refuseTwins(customers: readonly Customer[]): void {
  const refused = (what: string): Fault =>
    new Fault('ENROLMENT_INVALID', what, 'Ask the Bulkhead administrator to publish a corrected list of customers.');
  for (const member of ['id', 'code'] as const) {
    if (new Set(customers.map((customer) => customer[member])).size < customers.length) {
      throw refused(`Two customers of the company have the same ${member}.`);
    }
  }
  const reserved = customers.find(({ code }) => code.startsWith('CROSS-'));
  if (reserved) throw refused(`No customer may have a code like ${reserved.code}: it stands for work on several.`);
}
