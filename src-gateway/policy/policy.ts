import {
  type AuthorizationAnswer,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { Fault } from '../../src-shared/fault.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import { policySchema } from './schema.ts';

/** What a decision is about. All of it is proven by earlier gates. */
export interface PolicyQuestion {
  readonly tenant: string;
  readonly technician: string;
  readonly roles: readonly string[];
  readonly customer: string;
  readonly tool: string;
  readonly connector: string;
  readonly risk: Risk;
  readonly client: string;
}

export interface PolicyDecision {
  readonly isAllowed: boolean;
  /** The ids of the policies that decided. Empty when nothing permitted. */
  readonly policies: readonly string[];
}

export interface Policy {
  decide(question: PolicyQuestion): PolicyDecision;
}

/**
 * A tenant's Cedar policies, parsed once. Anything but a clean "allow" is a denial: Cedar skips a `forbid` that fails to
 * evaluate and may then allow, so an answer with any error in it counts as no.
 *
 * `name` must be unique to this set of policies; Cedar keeps what it parsed under that name.
 * @throws Fault POLICY_INVALID when a policy does not parse or does not fit the schema
 */
export function loadPolicy(name: string, policies: Readonly<Record<string, string>>): Policy {
  const policySet = { staticPolicies: { ...policies } };
  const validation = validate({ schema: policySchema, policies: policySet, validationSettings: { mode: 'strict' } });
  if (validation.type !== 'success' || validation.validationErrors.length > 0) throw invalid();
  if (preparsePolicySet(name, policySet).type !== 'success') throw invalid();
  if (preparseSchema(name, policySchema).type !== 'success') throw invalid();
  return { decide: remembered((question) => decision(statefulIsAuthorized(request(name, question)))) };
}

/** Decisions kept per set of policies. */
const mostRemembered = 10_000;

/**
 * A decision depends on the policies and the question alone, and a question is short and comes again and again, so each
 * is decided once. The key is the whole question, customer and technician included; new policies are a new memory.
 */
function remembered(decide: Policy['decide']): Policy['decide'] {
  const decisions = new Map<string, PolicyDecision>();
  return (question) => {
    const key = JSON.stringify(question);
    const known = decisions.get(key);
    if (known) return known;
    if (decisions.size >= mostRemembered) decisions.clear();
    const decided = decide(question);
    decisions.set(key, decided);
    return decided;
  };
}

/** The request with only the entities it needs: sending every customer would cost more than the decision. */
function request(name: string, question: PolicyQuestion) {
  const uid = (type: string, id: string) => ({ type: `Bulkhead::${type}`, id });
  const tenant = uid('Tenant', question.tenant);
  const technician = uid('Technician', question.technician);
  const customer = uid('Customer', question.customer);
  const roles = question.roles.map((role) => uid('Role', role));
  const attrs = { tenant: { __entity: tenant } };
  return {
    principal: technician,
    action: uid('Action', question.risk),
    resource: customer,
    context: { tool: question.tool, connector: question.connector, client: question.client },
    preparsedPolicySetId: name,
    preparsedSchemaName: name,
    validateRequest: true,
    entities: [
      { uid: tenant, attrs: {}, parents: [] },
      ...roles.map((role) => ({ uid: role, attrs: {}, parents: [] })),
      { uid: technician, attrs, parents: roles },
      { uid: customer, attrs, parents: [tenant] },
    ],
  };
}

function decision(answer: AuthorizationAnswer): PolicyDecision {
  if (answer.type !== 'success') return { isAllowed: false, policies: [] };
  const { decision: verdict, diagnostics } = answer.response;
  return { isAllowed: verdict === 'allow' && diagnostics.errors.length === 0, policies: diagnostics.reason };
}

const invalid = (): Fault =>
  new Fault(
    'POLICY_INVALID',
    "The company's policy does not fit this version of Bulkhead, so nothing is allowed.",
    'Ask the Bulkhead administrator to publish a valid policy.',
  );
