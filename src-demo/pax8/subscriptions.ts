// Subscriptions (pax8.md §4.5): the owner is `companyId`, without a name. A company that is unknown is refused with 403.
// Records by id are served whoever owns them.
import { listAnswer, askedCompany, matching, recordAnswer } from './list.ts';
import type { Pax8Subscription } from './records.ts';
import { notFound } from './refusal.ts';
import type { Handler } from './world.ts';

export const listSubscriptions: Handler = (world, call) => {
  const { subscriptions } = world.store;
  const asked = askedCompany(world, call, '403');
  if (typeof asked !== 'string') return asked;
  const rows = matching(subscriptions.values(), call.query, ['productId', 'status', 'billingTerm']).filter(
    (one) => asked === '' || one.companyId === asked,
  );
  return listAnswer(world, call, { ...owned, rows, asked, everyone: subscriptions.values(), size: 'size' });
};

export const readSubscription: Handler = (world, call) => {
  const subscription = world.store.subscriptions.get(call.ids[0] ?? '');
  if (subscription === undefined) return notFound(call.path, 'Subscription');
  return recordAnswer(world, subscription, 'companyId');
};

/** The present state and then the earlier ones. No `page`. */
export const listHistory: Handler = (world, call) => {
  const { subscriptions, history } = world.store;
  const subscription = subscriptions.get(call.ids[0] ?? '');
  if (subscription === undefined) return notFound(call.path, 'Subscription');
  return listAnswer(world, call, {
    ...owned,
    rows: [subscription, ...(history.get(subscription.id) ?? [])],
    asked: subscription.companyId ?? '',
    everyone: subscriptions.values(),
    size: null,
  });
};

const owned = { owner: 'companyId', view: (row: Pax8Subscription) => row } as const;
