// Northway's partner account at Pax8. Its numbers come from a generator of its own, so that nothing here moves what other
// vendors hold.
import { createRandom } from '../random.ts';
import { billedByPax8, makeCustomers, unmappedAtPax8 } from './pax8-companies.ts';
import { createIds } from './pax8-ids.ts';
import { makeInvoices } from './pax8-invoices.ts';
import { makeCatalogue } from './pax8-products.ts';
import { makeQuotes } from './pax8-quotes.ts';
import { makeOrders, makeSubscriptions } from './pax8-subscriptions.ts';
import { trapsFor } from './pax8-traps.ts';
import { makeUsage } from './pax8-usage.ts';
import type { People } from './people.ts';

const seed = 20_261_121;
const partner = 'Northway IT';

export type MadePax8 = {
  /** The value of `vendors.pax8`. */
  readonly part: object;
  /** The `vendors` members of a customer: its company at Pax8, unless nobody has mapped it yet. */
  readonly idOf: (customer: string) => { readonly pax8?: string };
};

export function makePax8(people: People): MadePax8 {
  const random = createRandom(seed);
  const id = createIds(random);
  const catalogue = makeCatalogue(id);
  const customers = makeCustomers(random, id, people);
  const traps = trapsFor(customers);
  const bought = makeSubscriptions(random, id, { customers: customers.customers, catalogue });
  const orders = makeOrders(random, id, bought);
  const azure = catalogue.offer('MST-AZR-PLN');
  const { subscriptions, ...usage } = makeUsage(random, id, { customers, azure });
  const { invoices, invoiceItems, draftItems } = makeInvoices(random, id, { bought, billed: billedByPax8, partner });
  const plain = bought.map(({ subscription, earlier }) =>
    earlier.length === 0 ? subscription : { ...subscription, earlier },
  );
  return {
    part: {
      instance: 'northway-pax8',
      name: 'Pax8',
      partner,
      // Fake, and only the emulator on this machine knows them.
      credential: { clientId: 'demo-only-pax8-client', clientSecret: 'demo-only-pax8-secret' },
      ...customers.records,
      ...catalogue.records,
      pricing: [...catalogue.records.pricing, ...ownPrices(catalogue.offer('MST-365-BPR').product.id)],
      orders: traps.orders(orders),
      subscriptions: [...traps.subscriptions(plain), ...subscriptions],
      ...usage,
      invoices,
      invoiceItems: traps.invoiceItems(invoiceItems),
      draftItems,
      quotes: makeQuotes(random, id, { customers, catalogue, partner }),
      webhooks: [
        { id: id('webhook'), displayName: 'Ticket sync', url: 'https://hooks.northway.example/pax8', active: true },
      ],
    },
    idOf: (customer) => (unmappedAtPax8.includes(customer) ? {} : { pax8: customers.customer(customer).record.id }),
  };

  /** Two customers have a price of their own for the plan that sells most. */
  function ownPrices(productId: string) {
    return catalogue.records.pricing
      .filter((price) => price.productId === productId && price.commitmentTerm === '1-Year')
      .flatMap((price) =>
        ['meridian-dental', 'acme-ltd'].map((customer, at) => ({
          ...price,
          companyId: customers.customer(customer).record.id,
          rates: price.rates.map((rate) => ({
            ...rate,
            suggestedRetailPrice: (rate.suggestedRetailPrice ?? 0) - 1 - at,
          })),
        })),
      );
  }
}
