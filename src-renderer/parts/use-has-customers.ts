import { useCustomers } from '../api/queries.ts';

/** Whether the policy gives the technician any customer to bind; undefined while that is not known. */
export function useHasCustomers(): boolean | undefined {
  const { data } = useCustomers();
  return data?.some(({ mayBind }) => mayBind);
}
