import { isGatewayAway, useApp } from '../api/app.ts';
import { useCustomers } from '../api/queries.ts';

/** Whether the policy gives the technician any customer to bind; undefined while nobody can tell, or there is no customer. */
export function useHasCustomers(): boolean | undefined {
  const { data = [] } = useCustomers();
  const isAway = useApp(({ state }) => state === null || isGatewayAway(state));
  return isAway || data.length === 0 ? undefined : data.some(({ mayBind }) => mayBind);
}
