/** The one way to switch customers, for the palette, the Back button and the chord. The old customer stays until the new one is bound. */
import { create } from 'zustand';
import type { Customer } from '../../src-shared/model/customer.ts';
import { api, useApp, within } from '../api/app.ts';
import { faultWords, type FaultWords } from '../api/fault-words.ts';

type Named = Pick<Customer, 'id' | 'name'>;

interface Switching {
  readonly isOpen: boolean;
  /** The customer being bound right now. */
  readonly binding: Named | null;
  readonly failure: (FaultWords & { readonly name: string }) | null;
  /** The last switch, for its notice: where from, where to, and which client apps were armed before. */
  readonly done: { readonly from: Named | null; readonly to: Named; readonly armedBefore: readonly string[] } | null;
  readonly previous: Named | null;
}

export const useSwitching = create<Switching>(() => ({
  isOpen: false,
  binding: null,
  failure: null,
  done: null,
  previous: null,
}));

export const openSwitcher = (): void => useSwitching.setState({ isOpen: true, failure: null });
export const closeSwitcher = (): void => useSwitching.setState({ isOpen: false, failure: null });
export const dismissNotice = (): void => useSwitching.setState({ done: null });

/** Binds a customer. On failure nothing has changed and `failure` says why. */
export async function switchCustomer(to: Named): Promise<void> {
  const { state } = useApp.getState();
  const from = state?.binding?.customer ?? null;
  if (useSwitching.getState().binding !== null) return;
  if (from?.id === to.id) return closeSwitcher();
  const armedBefore = (state?.clients ?? [])
    .filter((app) => app.state === 'armed' && app.pin === null)
    .map(({ name }) => name);
  useSwitching.setState({ binding: to, failure: null });
  try {
    await api().bindCustomer({ customer: to.id }, within(30_000));
    useSwitching.setState({ isOpen: false, done: { from, to, armedBefore }, previous: from });
  } catch (thrown) {
    useSwitching.setState({ failure: { ...faultWords(thrown), name: to.name }, isOpen: true });
  } finally {
    useSwitching.setState({ binding: null });
  }
}

/** Back to the customer before this one. Nothing to do when there was none. */
export function switchBack(): void {
  const { previous } = useSwitching.getState();
  if (previous !== null) void switchCustomer(previous);
}

/** Ends the binding: every tool is blocked until a customer is chosen. */
export async function releaseCustomer(): Promise<void> {
  const from = useApp.getState().state?.binding?.customer ?? null;
  try {
    await api().releaseCustomer(undefined, within(30_000));
    useSwitching.setState({ isOpen: false, done: null, previous: from });
  } catch (thrown) {
    useSwitching.setState({ failure: { ...faultWords(thrown), name: from?.name ?? '' }, isOpen: true });
  }
}
