// Amounts: finite numbers of the vendor's, 0 included, compared to the cent.
import { memberOf, type Row } from '../row.ts';

/** A total of money, and in what. */
export interface Money {
  readonly total: number;
  /** ISO 4217. */
  readonly currency: string;
}

export function numberOf(row: Row, path: string): number | undefined {
  const value = memberOf(row, path);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function currencyOf(row: Row, path: string): string | undefined {
  const value = memberOf(row, path);
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
}

export const toCents = (amount: number): number => Math.round(amount * 100) / 100;

export function isSameMoney(one: Money, other: Money): boolean {
  return one.currency === other.currency && toCents(one.total) === toCents(other.total);
}

export const moneyText = ({ total, currency }: Money): string => `${total.toFixed(2)} ${currency}`;
