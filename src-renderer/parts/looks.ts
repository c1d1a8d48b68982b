/** How customers look in this window. By the whole directory, because those listed near each other must differ. */
import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import { type CustomerLook, customerLook, customerLooks } from '../../src-shared/model/customer-look.ts';
import { useCustomers } from '../api/queries.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Null until the directory has been read once. */
const useKnown = create<{ readonly looks: ReadonlyMap<string, CustomerLook> | null }>(() => ({ looks: null }));

/** Reads the looks from the directory, and keeps them while it is read anew. For the frame. */
export function useDirectoryLooks(): void {
  const { data } = useCustomers();
  useLayoutEffect(() => {
    if (data !== undefined) useKnown.setState({ looks: customerLooks(data) });
  }, [data]);
}

/** The look of any customer. Without a colour while the directory is unknown: a wrong one would say that it is another customer. */
export function useLooks(): (customer: Named) => CustomerLook {
  const known = useKnown(({ looks }) => looks);
  return (customer) => known?.get(customer.id) ?? lookAlone(customer, known !== null);
}

function lookAlone(customer: Named, isColoured: boolean): CustomerLook {
  const look = customerLook(customer, []);
  return isColoured ? look : { ...look, chroma: 0, pattern: 'solid' };
}
