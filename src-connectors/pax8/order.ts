// An order as lists and the detail show it. Orders have no status: what became of a line is its subscription's status.
import { z } from 'zod';
import { isRow, isSet, memberOf, type Row, textOf } from '../row.ts';
import { dateOf, Pax8Date, timeOf } from './date.ts';
import { idOf, RecordId } from './ids.ts';
import { numberOf } from './money.ts';

const Line = z.strictObject({
  productId: RecordId.optional(),
  subscriptionId: RecordId.optional(),
  quantity: z.number().optional(),
  billingTerm: z.string().max(300).optional(),
  startDate: Pax8Date.optional(),
});

export const orderMembers = {
  id: RecordId,
  createdAt: Pax8Date.optional(),
  orderedBy: z.string().max(300).optional(),
  isScheduled: z.boolean(),
  lines: z.array(Line).max(100),
};

export function orderFrom(row: Row) {
  return {
    id: idOf(row, 'id') ?? '',
    createdAt: dateOf(row, 'createdDate'),
    orderedBy: textOf(row, 'orderedBy', 300),
    isScheduled: isSet(row, 'isScheduled'),
    lines: linesOf(row).slice(0, 100).map(lineFrom),
  };
}

export function linesOf(row: Row): readonly Row[] {
  const lines = memberOf(row, 'lineItems');
  return Array.isArray(lines) ? lines.filter(isRow) : [];
}

/** What makes two orders the same order placed twice. */
export interface OrderedLine {
  readonly productId: string;
  readonly quantity: number;
  readonly billingTerm: string;
}

/**
 * Whether an order has such a line and may have been placed in the last ten minutes before `now` (milliseconds since
 * 1970). Pax8 mostly says only the day, in a zone it does not name: then the whole day may be meant, anywhere on earth.
 */
export function isLikelyRepeat(row: Row, { productId, quantity, billingTerm }: OrderedLine, now: number): boolean {
  const isEqual = linesOf(row).some(
    (line) =>
      idOf(line, 'productId') === productId &&
      numberOf(line, 'quantity') === quantity &&
      textOf(line, 'billingTerm', 40) === billingTerm,
  );
  if (!isEqual) return false;
  const created = timeOf(row, 'createdDate');
  if (created === undefined) return true;
  const isDay = dateOf(row, 'createdDate')?.length === 10;
  const latest = isDay ? created + 36 * hour : created;
  return latest > now - repeatMs;
}

/** For how long an equal order is taken for the same one. */
export const repeatMs = 10 * 60_000;

function lineFrom(line: Row): z.input<typeof Line> {
  return {
    productId: idOf(line, 'productId'),
    subscriptionId: idOf(line, 'subscriptionId'),
    quantity: numberOf(line, 'quantity'),
    billingTerm: textOf(line, 'billingTerm', 300),
    startDate: dateOf(line, 'provisionStartDate'),
  };
}

const hour = 3_600_000;
