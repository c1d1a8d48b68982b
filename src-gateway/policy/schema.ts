/**
 * The Cedar schema every policy is validated against. Risk classes are the actions; the customer is the resource.
 * Tenant and customer equality are settled by gates 2 and 3 in code, so no policy can weaken them.
 */
export const policySchema = `
namespace Bulkhead {
  entity Tenant;
  entity Role;
  entity Technician in [Role] = { tenant: Tenant };
  entity Customer in [Tenant] = { tenant: Tenant };
  type Call = { tool: String, connector: String, client: String };
  action read, sensitive, credential, write, external, spend, destructive appliesTo {
    principal: Technician, resource: Customer, context: Call
  };
}
`;
