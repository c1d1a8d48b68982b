// A subscription, and what its commitment lets anyone do with it. What the MSP pays (partnerCost) never leaves the worker.
import { z } from 'zod';
import { isRow, isSet, memberOf, type Row, textOf } from '../row.ts';
import { dateOf, Pax8Date, timeOf } from './date.ts';
import { idOf, RecordId } from './ids.ts';
import { numberOf } from './money.ts';
import { probe } from './style.ts';

const short = z.string().max(300);

/** Members of every subscription record. */
export const subscriptionMembers = {
  id: RecordId,
  product: short.optional(),
  productId: RecordId.optional(),
  quantity: z.number().optional(),
  status: short.optional(),
  billingTerm: short.optional(),
  startDate: Pax8Date.optional(),
  endDate: Pax8Date.optional(),
  commitmentTerm: short.optional(),
  /** The end of the commitment, which is when it renews. */
  committedUntil: Pax8Date.optional(),
};

export function subscriptionFrom(row: Row) {
  return {
    id: idOf(row, 'id') ?? '',
    product: textOf(row, 'productName', 300),
    productId: idOf(row, 'productId'),
    quantity: numberOf(row, 'quantity'),
    status: textOf(row, 'status', 300),
    billingTerm: textOf(row, 'billingTerm', 300),
    startDate: dateOf(row, 'startDate'),
    endDate: dateOf(row, 'endDate'),
    commitmentTerm: textOf(row, 'commitmentTerm.term', 300),
    committedUntil: dateOf(row, 'commitmentTerm.endDate'),
  };
}

/** How one subscription is read and proven. */
export const subscriptionTarget = {
  key: 'subscription',
  probe,
  called: { kind: 'subscription', by: ['productName'] },
} as const;
export const subscriptionAt = (id: string) => ({ path: `/v1/subscriptions/${id}` });

/** What a commitment allows while it binds (pax8.md §4.3). */
export const CommitmentRules = z.strictObject({
  /** To order under these rules. */
  commitmentTermId: RecordId.optional(),
  term: short.optional(),
  renewsByItself: z.boolean(),
  mayIncrease: z.boolean(),
  mayDecrease: z.boolean(),
  mayCancelEarly: z.boolean(),
  hasCancellationFee: z.boolean(),
  renewalDaysBefore: z.number().optional(),
  renewalDaysAfter: z.number().optional(),
});

export function commitmentRulesFrom(row: Row): z.input<typeof CommitmentRules> {
  return {
    commitmentTermId: idOf(row, 'id'),
    term: textOf(row, 'term', 300),
    renewsByItself: isSet(row, 'autoRenew'),
    mayIncrease: isSet(row, 'allowForQuantityIncrease'),
    mayDecrease: isSet(row, 'allowForQuantityDecrease'),
    mayCancelEarly: isSet(row, 'allowForEarlyCancellation'),
    hasCancellationFee: isSet(row, 'cancellationFeeApplied'),
    renewalDaysBefore: numberOf(row, 'renewalWindowDaysBeforeTermEnd'),
    renewalDaysAfter: numberOf(row, 'renewalWindowDaysAfterTermEnd'),
  };
}

/** Of the product's commitments the one this subscription is under. */
export function commitmentOf(row: Row, commitments: readonly Row[]): Row | undefined {
  const term = memberOf(row, 'commitmentTerm');
  if (!isRow(term)) return undefined;
  const id = idOf(term, 'id');
  return commitments.find((one) => id !== undefined && idOf(one, 'id') === id);
}

/** Whether a commitment binds at `at` (milliseconds since 1970). One without an end always does. */
export function isCommitted(row: Row, at: number): boolean {
  if (!isRow(memberOf(row, 'commitmentTerm'))) return false;
  const end = timeOf(row, 'commitmentTerm.endDate');
  return end === undefined || end > at;
}
