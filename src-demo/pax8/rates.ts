// What a product costs a company (pax8.md §4.3). Trusts the store.
import type { Pax8Price } from './records.ts';
import type { Pax8Store } from './store.ts';

export type Rate = Pax8Price['rates'][number];

type Wanted = {
  readonly productId: string;
  readonly companyId: string;
  readonly billingTerm: string;
  /** The term of the commitment, if there is one. */
  readonly commitmentTerm: string | undefined;
  readonly quantity: number;
};

/** A product's prices; the company's own take the place of the general ones. '' is no company in particular. */
export function pricesFor({ reference }: Pax8Store, productId: string, companyId: string): Pax8Price[] {
  const rows = reference.pricing.filter((price) => price.productId === productId);
  const own = rows.filter((price) => companyId !== '' && price.companyId === companyId);
  const replaced = new Set(own.map(termsOf));
  const general = rows.filter((price) => price.companyId === undefined && !replaced.has(termsOf(price)));
  return [...own, ...general];
}

/** Undefined when the product is not sold this way. */
export function rateFor(store: Pax8Store, wanted: Wanted): Rate | undefined {
  const prices = pricesFor(store, wanted.productId, wanted.companyId).filter(
    (price) => price.billingTerm === wanted.billingTerm,
  );
  const price = prices.find((one) => one.commitmentTerm === wanted.commitmentTerm) ?? prices[0];
  return price?.rates.find(
    ({ startQuantityRange = 0, endQuantityRange = Number.MAX_SAFE_INTEGER }) =>
      wanted.quantity >= startQuantityRange && wanted.quantity <= endQuantityRange,
  );
}

function termsOf({ billingTerm, commitmentTerm = '' }: Pax8Price): string {
  return `${billingTerm}/${commitmentTerm}`;
}
