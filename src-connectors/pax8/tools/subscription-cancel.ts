// subscription_cancel: ends a subscription, which cannot be undone and may cost a fee. What the caller believes to cancel
// is compared with what is there right before.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { isSet, type Row, textOf } from '../../row.ts';
import { commitmentsOf } from '../catalogue-rows.ts';
import { dateOf, Pax8Date } from '../date.ts';
import { Day } from '../day.ts';
import { idOf, RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { numberOf } from '../money.ts';
import { companyOwned } from '../owner.ts';
import { commitmentOf, isCommitted, subscriptionAt, subscriptionTarget } from '../subscription.ts';

export const subscriptionCancel = changeTool({
  connector: 'pax8',
  name: 'subscription_cancel',
  title: 'Cancel a subscription',
  description:
    'Cancels one subscription of the bound customer in Pax8, at once or on a day. This cannot be undone, the product stops working, ' +
    'and a commitment may still be charged. Read subscription_get first and repeat its product and quantity: when they are others by ' +
    'then, or the commitment does not allow it, nothing is cancelled. After an error or a timeout look at subscription_get before ' +
    'you call again.',
  risk: 'destructive',
  afterwards: 'It may have been cancelled: look at subscription_get before you cancel it again.',
  input: {
    id: RecordId.describe('The subscription id, from subscription_list.'),
    expectedProduct: z.string().min(1).max(300).describe('`product` of subscription_get, letter by letter.'),
    expectedQuantity: z.number().min(0).max(10_000_000).describe('`quantity` of subscription_get.'),
    cancelDate: Day.optional().describe('The day it ends. Leave out for at once.'),
  },
  record: z.strictObject({
    id: RecordId,
    product: z.string().max(300),
    status: z.string().max(300).describe('Cancelled, PendingCancel, or Gone when Pax8 does not show it any more.'),
    endsAt: Pax8Date.optional(),
    hasFee: z.boolean().describe('The commitment says that cancelling costs a fee.'),
  }),
  owner: companyOwned,
  target: { ...subscriptionTarget, id: ({ id }) => id, request: ({ id }) => subscriptionAt(id) },
  method: 'DELETE',
  path: ({ id }) => `/v1/subscriptions/${id}`,
  query: ({ cancelDate }) => (cancelDate === undefined ? {} : { cancelDate: `${cancelDate}T00:00:00.000Z` }),
  key: 'subscription',
  prepare: async ({ row = {}, input }, context, call) => {
    const now = context.now();
    const problem = differenceOf(row, input) ?? dayProblem(input.cancelDate, now);
    if (problem !== undefined) throw new Fault('INVALID_ARGUMENTS', `${problem} Nothing was cancelled.`);
    const productId = idOf(row, 'productId');
    const commitments = productId === undefined ? [] : await commitmentsOf(productId, context, call);
    const rules = commitmentOf(row, commitments);
    const end = input.cancelDate === undefined ? now : Date.parse(input.cancelDate);
    if (!isCommitted(row, end)) return { hasFee: false };
    if (rules === undefined || !isSet(rules, 'allowForEarlyCancellation'))
      throw new Fault('INVALID_ARGUMENTS', committedWords(row));
    return { hasFee: isSet(rules, 'cancellationFeeApplied') };
  },
  element: null,
  build: () => ({}),
  mayVanish: true,
  isIdempotent: true,
  confirm: (_, { row, input: { id }, facts: { hasFee } }, after) => {
    const product = row === undefined ? undefined : textOf(row, 'productName', 300);
    if (product === undefined) return undefined;
    if (after === undefined) return { id, product, status: 'Gone', hasFee };
    const status = textOf(after, 'status', 40) ?? '';
    return ended.includes(status) ? { id, product, status, endsAt: dateOf(after, 'endDate'), hasFee } : undefined;
  },
  limits: changeLimits,
});

function differenceOf(
  row: Row,
  { expectedProduct, expectedQuantity }: { expectedProduct: string; expectedQuantity: number },
): string | undefined {
  if (ended.includes(textOf(row, 'status', 40) ?? '')) return 'This subscription is cancelled already.';
  if (textOf(row, 'productName', 300) !== expectedProduct) return 'This subscription is of another product.';
  const quantity = numberOf(row, 'quantity');
  return quantity === expectedQuantity ? undefined : `The quantity is ${quantity ?? 'not known'} now.`;
}

function dayProblem(day: string | undefined, now: number): string | undefined {
  const isPast = day !== undefined && !(Date.parse(day) + dayMs > now);
  return isPast ? 'The cancelDate is over or no day.' : undefined;
}

function committedWords(row: Row): string {
  const until = dateOf(row, 'commitmentTerm.endDate');
  return `Its commitment does not allow that${until === undefined ? '' : ` until ${until.slice(0, 10)}`}. Nothing was cancelled.`;
}

const ended: readonly string[] = ['Cancelled', 'PendingCancel', 'Converted'];
const dayMs = 86_400_000;
