// One emulated Pax8 partner account in memory. Trusts the schema that read the data file. Nothing here knows about HTTP
// or faults. Records are never changed in place, a write puts a new one.
import type { z } from 'zod';
import type {
  Pax8Company,
  Pax8Contact,
  Pax8Invoice,
  Pax8Order,
  Pax8Product,
  Pax8Quote,
  Pax8Subscription,
  Pax8UsageSummary,
  Pax8Webhook,
  pax8Records,
} from './records.ts';

export type Pax8Records = z.infer<z.ZodObject<typeof pax8Records>>;

/** What becomes of a subscription by itself, and when (milliseconds since 1970; null only when told to). */
export type Due = { readonly at: number | null; readonly status: Pax8Subscription['status'] };

export type Pax8Store = {
  readonly companies: Map<string, Pax8Company>;
  readonly contacts: Map<string, Pax8Contact>;
  readonly products: ReadonlyMap<string, Pax8Product>;
  readonly orders: Map<string, Pax8Order>;
  readonly subscriptions: Map<string, Pax8Subscription>;
  /** Earlier states by subscription, newest first. */
  readonly history: Map<string, readonly Pax8Subscription[]>;
  readonly due: Map<string, Due>;
  readonly usageSummaries: ReadonlyMap<string, Pax8UsageSummary>;
  readonly invoices: ReadonlyMap<string, Pax8Invoice>;
  readonly quotes: Map<string, Pax8Quote>;
  readonly webhooks: Map<string, Pax8Webhook>;
  /** Lists that nothing changes. */
  readonly reference: Pick<
    Pax8Records,
    | 'pricing'
    | 'provisionDetails'
    | 'commitments'
    | 'productDependencies'
    | 'usageLines'
    | 'invoiceItems'
    | 'draftItems'
  >;
};

export function createStore(data: Pax8Records): Pax8Store {
  return {
    companies: byId(data.companies),
    contacts: byId(data.contacts),
    products: byId(data.products),
    orders: byId(data.orders),
    subscriptions: byId(data.subscriptions.map(({ earlier: _file, ...present }) => present)),
    history: new Map(data.subscriptions.map(({ id, earlier = [] }) => [id, earlier])),
    due: new Map(),
    usageSummaries: byId(data.usageSummaries),
    invoices: byId(data.invoices),
    quotes: byId(data.quotes),
    webhooks: byId(data.webhooks),
    reference: data,
  };
}

/** Puts the changed subscription and keeps what it was. */
export function changeSubscription(store: Pax8Store, after: Pax8Subscription): void {
  const before = store.subscriptions.get(after.id);
  if (before !== undefined) store.history.set(after.id, [before, ...(store.history.get(after.id) ?? [])]);
  store.subscriptions.set(after.id, after);
}

function byId<T extends { readonly id: string }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [record.id, record]));
}
