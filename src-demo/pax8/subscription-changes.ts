// PUT and DELETE of a subscription (pax8.md §4.5), and what becomes of one by itself. Commitments forbid what their flags
// say until they end. Nothing checks owners: any subscription can be changed or cancelled. Bodies are untrusted.
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import type { Draft } from './body.ts';
import { draftOf, wholeOf } from './body.ts';
import { timeText } from './dates.ts';
import type { Pax8Commitment, Pax8Subscription } from './records.ts';
import { invalid, notFound, refuse } from './refusal.ts';
import type { Pax8Store } from './store.ts';
import { changeSubscription } from './store.ts';
import type { Call, Handler, World } from './world.ts';

type Member = readonly [name: string, isValid: (draft: Draft) => boolean];

/** What a PUT may set. It must name one of the first four. */
const writable: readonly Member[] = [
  ['price', (draft) => typeof draft['price'] === 'number'],
  ['billingTerm', (draft) => typeof draft['billingTerm'] === 'string'],
  ['quantity', (draft) => wholeOf(draft, 'quantity') > 0],
  ['startDate', (draft) => isTime(draft['startDate'])],
  ['endDate', (draft) => isTime(draft['endDate'])],
  ['currencyCode', (draft) => typeof draft['currencyCode'] === 'string'],
  ['partnerCost', (draft) => typeof draft['partnerCost'] === 'number'],
  ['provisioningDetails', (draft) => Array.isArray(draft['provisioningDetails'])],
];
const ended: readonly string[] = ['Cancelled', 'PendingCancel', 'Converted'];
/** What a change of the quantity makes pending again. */
const running: readonly string[] = ['Active', 'Activated', 'Trial', 'PendingAutomated'];

export const updateSubscription: Handler = (world, call) =>
  withSubscription(world, call, (before) => {
    const body = draftOf(call);
    if ('refused' in body) return body.refused;
    const { draft } = body;
    const problems = problemsOf(world, before, draft);
    if (problems.length > 0) return invalid(call.path, problems);
    const quantity = wholeOf(draft, 'quantity') || (before.quantity ?? 0);
    const verdict = quantityVerdict(world, before, quantity);
    if (verdict === 'later') return jsonAnswer(200, JSON.stringify(before));
    if (verdict !== null) return refuse(call.path, 422, verdict);
    const named: Draft = Object.fromEntries(
      writable.flatMap(([name]) => (draft[name] === undefined ? [] : [[name, draft[name]]])),
    );
    const isPending = quantity !== before.quantity && running.includes(before.status);
    const after: Pax8Subscription = {
      ...before,
      ...named,
      status: isPending ? 'PendingAutomated' : before.status,
      updatedDate: timeText(world.now()),
    };
    changeSubscription(world.store, after);
    if (isPending) provisionLater(world, after, world.store.due.get(before.id)?.status ?? before.status);
    return jsonAnswer(200, JSON.stringify(after));
  });

export const cancelSubscription: Handler = (world, call) =>
  withSubscription(world, call, (before) => {
    const asked = call.query.text('cancelDate');
    const at = asked === '' ? world.now() : Date.parse(asked);
    if (Number.isNaN(at)) return refuse(call.path, 422, 'cancelDate is not a date');
    if (ended.includes(before.status)) return refuse(call.path, 422, `Subscription is already ${before.status}`);
    const rules = commitmentAt(world, before, at);
    if (rules?.allowForEarlyCancellation === false)
      return refuse(call.path, 422, 'The commitment term does not allow cancellation before it ends');
    const isNow = at <= world.now();
    const change = { endDate: timeText(at), updatedDate: timeText(world.now()) };
    changeSubscription(world.store, { ...before, ...change, status: isNow ? 'Cancelled' : 'PendingCancel' });
    world.store.due.delete(before.id);
    if (!isNow) world.store.due.set(before.id, { at, status: 'Cancelled' });
    return emptyAnswer(204);
  });

/** Leaves a subscription pending until it has started and the fault `provisionAfterMs` has passed. */
export function provisionLater({ store, faults, now }: World, pending: Pax8Subscription, status: string): void {
  const start = Math.max(now(), Date.parse(pending.startDate ?? '') || 0);
  const at = faults.provisionAfterMs === null ? null : start + faults.provisionAfterMs;
  store.due.set(pending.id, { at, status: status === 'Trial' ? 'Trial' : 'Active' });
}

/** Gives every subscription whose time has come its next status; `all` also those that are pending without one. */
export function settle({ store, now }: Pick<World, 'store' | 'now'>, all = false): void {
  for (const [id, { at, status }] of store.due) {
    const isProvisioning = status !== 'Cancelled';
    if (!(all && isProvisioning) && (at === null || at > now())) continue;
    store.due.delete(id);
    const before = store.subscriptions.get(id);
    if (before !== undefined) changeSubscription(store, { ...before, status });
  }
}

function withSubscription({ store }: World, call: Call, act: (subscription: Pax8Subscription) => Answer): Answer {
  const subscription = store.subscriptions.get(call.ids[0] ?? '');
  return subscription === undefined ? notFound(call.path, 'Subscription') : act(subscription);
}

function problemsOf(world: World, before: Pax8Subscription, draft: Draft): string[] {
  if (ended.includes(before.status)) return [`Subscription is ${before.status}`];
  if (Date.parse(before.startDate ?? '') > world.now()) return ['Subscription has not started'];
  if (!writable.slice(0, 4).some(([name]) => draft[name] !== undefined))
    return ['One of price, billingTerm, quantity, startDate is required'];
  return writable.flatMap(([name, isValid]) =>
    draft[name] === undefined || isValid(draft) ? [] : [`${name} is not valid`],
  );
}

/** Null when the quantity may be set, 'later' when only the renewal will do it, else why not. */
function quantityVerdict(world: World, before: Pax8Subscription, quantity: number): string | null {
  const rules = commitmentAt(world, before, world.now());
  const present = before.quantity ?? 0;
  if (quantity > present && rules?.allowForQuantityIncrease === false)
    return 'The commitment term does not allow a larger quantity';
  if (quantity >= present || rules?.allowForQuantityDecrease !== false) return null;
  return world.faults.delayDecrease ? 'later' : 'The commitment term does not allow a smaller quantity';
}

/** The rules of a commitment that still binds at `at`. */
function commitmentAt(
  { store }: { readonly store: Pax8Store },
  { commitmentTerm, productId }: Pax8Subscription,
  at: number,
): Pax8Commitment | undefined {
  if (commitmentTerm === undefined) return undefined;
  if (commitmentTerm.endDate !== undefined && Date.parse(commitmentTerm.endDate) <= at) return undefined;
  return store.reference.commitments.find((one) => one.productId === productId && one.id === commitmentTerm.id);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
