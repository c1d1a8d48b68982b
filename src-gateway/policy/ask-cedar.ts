import { type Context, type EntityUid, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Rule } from '../../src-shared/model/approval.ts';
import type { Rules, Slice } from './rules.ts';

/** One question to Cedar, with the few entities it needs: sending every customer would cost more than the decision. */
export interface Question {
  readonly tenant: string;
  readonly person: { readonly id: string; readonly roles: readonly string[] };
  readonly action: string;
  /** Null asks about the company itself. */
  readonly customer: { readonly id: string; readonly groups: readonly string[] } | null;
  readonly context: Context;
}

export interface Answer {
  readonly isAllowed: boolean;
  /** Whether something could not be evaluated. Then it is not allowed, and asking otherwise is no use. */
  readonly isBroken: boolean;
  /** The rules that decided: those that permit, or those that forbid, or those that broke. */
  readonly because: readonly Rule[];
}

/** As many rules as an entry of the ledger can name. */
export const mostRules = 50;

/**
 * Asks Cedar. Anything but a clean "allow" is a no: Cedar skips a `forbid` that fails to evaluate and may then allow, so an
 * answer with any error in it counts as no.
 */
export function askCedar({ schema, byId }: Rules, slice: Slice, question: Question): Answer {
  const answer = statefulIsAuthorized({
    ...request(question),
    preparsedPolicySetId: slice.name,
    preparsedSchemaName: schema,
    validateRequest: true,
  });
  if (answer.type !== 'success') return { isAllowed: false, isBroken: true, because: [] };
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) {
    const because = diagnostics.errors
      .slice(0, mostRules)
      .map(({ policyId }) => ({ id: policyId, says: notEvaluated }));
    return { isAllowed: false, isBroken: true, because };
  }
  const because = diagnostics.reason.slice(0, mostRules).map((id) => byId.get(id) ?? { id, says: '' });
  return { isAllowed: decision === 'allow', isBroken: false, because };
}

const notEvaluated = 'This rule could not be evaluated, so the answer is no.';

function request({ tenant: tenantId, person, action, customer, context }: Question) {
  const tenant = uid('Tenant', tenantId);
  const principal = uid('Technician', person.id);
  const resource = customer ? uid('Customer', customer.id) : tenant;
  const attrs = { tenant: { __entity: tenant } };
  // Roles, groups and the company have neither attributes nor parents, so that they are named is all Cedar needs of them.
  return {
    principal,
    action: uid('Action', action),
    resource,
    context,
    entities: [
      { uid: principal, attrs, parents: person.roles.map((role) => uid('Role', role)) },
      ...(customer
        ? [{ uid: resource, attrs, parents: [tenant, ...customer.groups.map((group) => uid('Group', group))] }]
        : []),
    ],
  };
}

const uid = (type: string, id: string): EntityUid & { type: string; id: string } => ({ type: `Bulkhead::${type}`, id });
