/** The one way to switch customers, for the palette, the Back button and the chord. The old customer stays until the new one is bound. */
import { create } from 'zustand';
import type { ApprovalDesk } from '../../src-shared/model/approval.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import { api, useApp, within } from '../api/app.ts';
import { faultWords, type FaultWords } from '../api/fault-words.ts';
import { queryClient } from '../api/queries.ts';
import { type EndedBySwitch, endedBySwitch } from './ended-by-switch.ts';

type Named = Pick<Customer, 'id' | 'name'>;

/** The last switch, for its notice. Client apps by id. */
interface Switched {
  readonly from: Named | null;
  readonly to: Named;
  /** Armed just before the switch, and armed when this customer was left the last time. */
  readonly armedBefore: readonly string[];
  readonly armedHere: readonly string[];
  /** Null where it could not be asked. */
  readonly ended: EndedBySwitch | null;
}

interface Switching {
  readonly isOpen: boolean;
  /** The customer being bound right now. */
  readonly binding: Named | null;
  readonly failure: (FaultWords & { readonly name: string }) | null;
  readonly done: Switched | null;
  readonly previous: Named | null;
  /** The client apps that were armed when a customer was left, by customer: what a person may want back on the way back. */
  readonly armedIn: ReadonlyMap<string, readonly string[]>;
}

export const useSwitching = create<Switching>(() => ({
  isOpen: false,
  binding: null,
  failure: null,
  done: null,
  previous: null,
  armedIn: new Map(),
}));

export const openSwitcher = (): void => useSwitching.setState({ isOpen: true, failure: null });
export const closeSwitcher = (): void => useSwitching.setState({ isOpen: false, failure: null });
export const dismissNotice = (): void => useSwitching.setState({ done: null });

/** Milliseconds that the notice waits to hear what the switch ended. */
const endedWithin = 2000;

let switches = 0;

/** Binds a customer. On failure `failure` says why; the one before may then be bound still, or none. */
export async function switchCustomer(to: Named): Promise<void> {
  const { state } = useApp.getState();
  const from = state?.binding?.customer ?? null;
  const { binding, armedIn } = useSwitching.getState();
  if (binding !== null) return;
  if (from?.id === to.id) return closeSwitcher();
  const armedBefore = armedNow();
  const before = deskNow();
  useSwitching.setState({ binding: to, failure: null });
  try {
    await api().bindCustomer({ customer: to.id }, within(30_000));
  } catch (thrown) {
    useSwitching.setState({ failure: { ...faultWords(thrown), name: to.name }, isOpen: true });
    if (useApp.getState().state?.binding === null && from !== null)
      useSwitching.setState({ done: null, previous: from, armedIn: left(armedIn, from, armedBefore) });
    return;
  } finally {
    useSwitching.setState({ binding: null });
  }
  const turn = ++switches;
  useSwitching.setState({ isOpen: false, done: null, previous: from, armedIn: left(armedIn, from, armedBefore) });
  const ended = before === undefined ? null : await endedSince(before);
  if (turn !== switches) return; // Another switch came meanwhile, and has a notice of its own.
  useSwitching.setState({ done: { from, to, armedBefore, armedHere: armedIn.get(to.id) ?? [], ended } });
}

/** Back to the customer before this one. Nothing to do when there was none. */
export function switchBack(): void {
  const { previous } = useSwitching.getState();
  if (previous !== null) void switchCustomer(previous);
}

/** Ends the binding: every tool is blocked until a customer is chosen. */
export async function releaseCustomer(): Promise<void> {
  const from = useApp.getState().state?.binding?.customer ?? null;
  const armed = armedNow();
  try {
    await api().releaseCustomer(undefined, within(30_000));
    switches += 1;
    const { armedIn } = useSwitching.getState();
    useSwitching.setState({ isOpen: false, done: null, previous: from, armedIn: left(armedIn, from, armed) });
  } catch (thrown) {
    useSwitching.setState({ failure: { ...faultWords(thrown), name: from?.name ?? '' }, isOpen: true });
  }
}

/** The client apps that are armed for the bound customer: not one that works across customers meanwhile. */
function armedNow(): readonly string[] {
  const { clients = [], crosses = [] } = useApp.getState().state ?? {};
  const isAcross = (name: string): boolean => crosses.some(({ client }) => client === name);
  return clients
    .filter(({ name, state, pin }) => state === 'armed' && pin === null && !isAcross(name))
    .map(({ id }) => id);
}

function left(armedIn: Switching['armedIn'], from: Named | null, armed: readonly string[]): Switching['armedIn'] {
  return from === null ? armedIn : new Map(armedIn).set(from.id, armed);
}

/** What waits and is approved for a while, as the window knows it. */
function deskNow(): ApprovalDesk | undefined {
  return queryClient.getQueryData<ApprovalDesk>(['approvals', useApp.getState().state?.tenant?.id]);
}

async function endedSince(before: ApprovalDesk): Promise<EndedBySwitch | null> {
  try {
    return endedBySwitch(before, await api().approvals(undefined, within(endedWithin)), Date.now());
  } catch {
    return null; // The switch is done, and its notice says the rest.
  }
}
