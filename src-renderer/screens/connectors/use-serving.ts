import { useAppState } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';

/** Which instance serves the bound customer, by connector: the first that is mapped to it, as the gates take it. */
export function useServing(): ReadonlyMap<string, string> {
  const { instances, binding } = useAppState();
  const bound = useCustomers().data?.find(({ id }) => id === binding?.customer.id);
  const serving = new Map<string, string>();
  for (const { id, name, connector } of instances)
    if (bound?.vendors[name] !== undefined && !serving.has(connector)) serving.set(connector, id);
  return serving;
}
