import { deny, type Denial } from '../../src-shared/model/denial.ts';
import { err, ok, type Result } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByTenant, Received } from '../proofs.ts';

/** Gate 4: the tool is known and unchanged, its connector granted, set up, mapped to this customer and healthy. */
export const entitlement: Gate<Powers, Received & ByTenant & ByCustomer, ByEntitlement> = (call, powers) => {
  const entitled = entitle(call, powers);
  if (!entitled.ok) return entitled;
  const problem = call.session.tools.get(call.tool)?.misfit(call.arguments);
  if (problem !== undefined) {
    return err(deny('INVALID_ARGUMENTS', { reason: `The arguments do not fit the tool's input schema: ${problem}.` }));
  }
  return entitled;
};

/** The same without the arguments: what the list of offered tools asks. */
export function entitle(
  { tool, session, customer }: Pick<Received, 'tool'> & ByTenant & ByCustomer,
  { health }: Powers,
): Result<ByEntitlement, Denial> {
  const known = session.tools.get(tool);
  if (!known) return err(deny('UNKNOWN_TOOL'));
  const { definition, review } = known;
  if (review === 'new')
    return err(deny('TOOL_CHANGED', { reason: 'This tool is new here, and nobody has reviewed it.' }));
  if (review === 'changed') return err(deny('TOOL_CHANGED'));
  if (!session.bundle.connectors.includes(definition.connector)) return err(deny('NOT_ENTITLED'));
  const instance = session.instances.find(
    ({ connector, mapping }) => connector === definition.connector && Object.hasOwn(mapping, customer.id),
  );
  const owner = instance?.mapping[customer.id];
  if (!instance || owner === undefined) {
    return err(deny('CONNECTOR_UNAVAILABLE', { reason: 'This connector is not mapped to the bound customer.' }));
  }
  if (!health.isUsable({ instance: instance.id, customer: customer.id })) {
    return err(deny('CONNECTOR_UNAVAILABLE', { reason: 'The vendor has been failing. It is tried again shortly.' }));
  }
  return ok({ definition, instance, owner });
}
