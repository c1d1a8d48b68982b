import { Right } from '../../src-shared/model/right.ts';

/**
 * The Cedar schema every policy is validated against; docs/policy.md is its manual. The actions are the seven risk classes
 * (together: `call`), what a person may do about a call that waits (`approve`, `stand`), with a customer (`bind`, `cross`),
 * and in Bulkhead at all (the rights, whose resource is the company).
 *
 * Tenant and customer equality are settled by gates 2 and 3 in code, so no policy can weaken them.
 */
export const policySchema = `
namespace Bulkhead {
  entity Tenant;
  entity Role;
  entity Group;
  entity Technician in [Role] = { tenant: Tenant };
  entity Customer in [Group, Tenant] = { tenant: Tenant };

  type Call = {
    tool: String, connector: String, client: String,
    assigned: Bool, approvals: Long, cross: Bool, weekday: Long, minute: Long
  };
  action call;
  action read, sensitive, credential, write, external, spend, destructive in [call] appliesTo {
    principal: Technician, resource: Customer, context: Call
  };

  type Approval = {
    tool: String, connector: String, client: String, risk: String,
    own: Bool, assigned: Bool, weekday: Long, minute: Long
  };
  action approve, stand appliesTo { principal: Technician, resource: Customer, context: Approval };

  type Choice = { assigned: Bool, weekday: Long, minute: Long };
  action bind, cross appliesTo { principal: Technician, resource: Customer, context: Choice };

  type Deed = { weekday: Long, minute: Long };
  action ${Right.options.map((right) => `"${right}"`).join(', ')} appliesTo {
    principal: Technician, resource: Tenant, context: Deed
  };
}
`;
