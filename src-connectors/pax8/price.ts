// What a customer pays by the price list (pax8.md §4.3): suggested retail prices alone. What the MSP pays (partnerBuyRate)
// is never read. A price that can be understood in two ways is none.
import { z } from 'zod';
import { isRow, memberOf, type Row, textOf } from '../row.ts';
import { numberOf, toCents } from './money.ts';

const short = z.string().max(300);

export const Price = z.strictObject({
  billingTerm: short.optional(),
  commitmentTerm: short.optional(),
  kind: short.optional().describe('Flat, Volume (all units at the rate of their number), Tiered or Mark-Up.'),
  unit: short.optional(),
  rates: z
    .array(
      z.strictObject({
        price: z.number().describe('Suggested retail price.'),
        from: z.number().optional(),
        to: z.number().optional(),
        per: short.optional(),
      }),
    )
    .max(50),
});

export function priceFrom(row: Row): z.input<typeof Price> {
  return {
    billingTerm: textOf(row, 'billingTerm', 300),
    commitmentTerm: textOf(row, 'commitmentTerm', 300),
    kind: textOf(row, 'type', 300),
    unit: textOf(row, 'unitOfMeasurement', 300),
    rates: ratesOf(row)
      .slice(0, 50)
      .map((rate) => ({
        price: rate.price,
        from: rate.from,
        to: rate.to === Number.POSITIVE_INFINITY ? undefined : rate.to,
        per: rate.isPerUnit ? 'Per Unit' : 'Flat Rate',
      })),
  };
}

export interface Terms {
  readonly billingTerm: string;
  /** The term of the commitment, `1-Year`; undefined without one. */
  readonly commitmentTerm: string | undefined;
  readonly quantity: number;
}

/** Per billing term for so many; undefined when the list does not say, or says two things. */
export function listTotal(
  prices: readonly Row[],
  { billingTerm, commitmentTerm, quantity }: Terms,
): number | undefined {
  const sold = prices.filter((row) => textOf(row, 'billingTerm', 300) === billingTerm);
  const under = (term: string | undefined) => sold.filter((row) => textOf(row, 'commitmentTerm', 300) === term);
  const exact = under(commitmentTerm);
  const totals = (exact.length > 0 ? exact : under(undefined)).map((row) => totalOf(row, quantity));
  const [first] = totals;
  return totals.every((one) => one === first) ? first : undefined;
}

/** Whether the price of a unit depends on how many there are. */
export function dependsOnQuantity(prices: readonly Row[], { billingTerm, commitmentTerm }: Terms): boolean {
  return prices.some(
    (row) =>
      textOf(row, 'billingTerm', 300) === billingTerm &&
      [commitmentTerm, undefined].includes(textOf(row, 'commitmentTerm', 300)) &&
      (ratesOf(row).length > 1 || ratesOf(row).some(({ isPerUnit }) => !isPerUnit)),
  );
}

interface Rate {
  readonly price: number;
  readonly from: number;
  readonly to: number;
  readonly isPerUnit: boolean;
}

function ratesOf(row: Row): readonly Rate[] {
  const rates = memberOf(row, 'rates');
  if (!Array.isArray(rates)) return [];
  return rates.filter(isRow).flatMap((rate) => {
    const price = numberOf(rate, 'suggestedRetailPrice');
    if (price === undefined || price < 0) return [];
    const from = Math.max(numberOf(rate, 'startQuantityRange') ?? 0, 0);
    const to = numberOf(rate, 'endQuantityRange') ?? Number.POSITIVE_INFINITY;
    return [{ price, from, to, isPerUnit: textOf(rate, 'chargeType', 40) !== 'Flat Rate' }];
  });
}

function totalOf(row: Row, quantity: number): number | undefined {
  const rates = ratesOf(row);
  switch (textOf(row, 'type', 40)) {
    case 'Tiered':
      return tieredTotal(rates, quantity);
    case 'Mark-Up':
      return undefined; // A share of a price that nobody knows yet.
    default: {
      const fitting = rates.filter(({ from, to }) => quantity >= from && quantity <= to);
      const [rate] = fitting;
      if (rate === undefined || fitting.length > 1) return undefined;
      return toCents(rate.isPerUnit ? rate.price * quantity : rate.price);
    }
  }
}

/** Each unit at the rate of the tier it falls into; undefined unless the tiers cover every unit exactly once. */
function tieredTotal(rates: readonly Rate[], quantity: number): number | undefined {
  let total = 0;
  let covered = 0;
  for (const { price, from, to, isPerUnit } of rates) {
    const units = Math.min(to, quantity) - Math.max(from, 1) + 1;
    if (units <= 0) continue;
    covered += units;
    total += isPerUnit ? price * units : price;
  }
  return covered === quantity ? toCents(total) : undefined;
}
