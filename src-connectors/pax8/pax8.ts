// The Pax8 connector: its tools, and what opens for one bound customer.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { createRestVendor } from '../rest-vendor.ts';
import { limitOf } from '../throttle.ts';
import type { Connector } from '../vendor.ts';
import { customerFrom } from './company.ts';
import { Pax8Credential } from './ids.ts';
import { tellingUnknown, unknownAsNothing } from './nothing.ts';
import { Currency } from './quantity.ts';
import { createPax8Session } from './sign-in.ts';
import { content, documentedLimit, pax8Style } from './style.ts';
import { customerGet } from './tools/customer-get.ts';
import { invoiceDraftList } from './tools/invoice-draft-list.ts';
import { invoiceItemList } from './tools/invoice-item-list.ts';
import { invoiceList } from './tools/invoice-list.ts';
import { orderCreate } from './tools/order-create.ts';
import { orderGet } from './tools/order-get.ts';
import { orderList } from './tools/order-list.ts';
import { orderPreview } from './tools/order-preview.ts';
import { productGet } from './tools/product-get.ts';
import { productSearch } from './tools/product-search.ts';
import { quoteList } from './tools/quote-list.ts';
import { subscriptionCancel } from './tools/subscription-cancel.ts';
import { subscriptionGet } from './tools/subscription-get.ts';
import { subscriptionHistoryList } from './tools/subscription-history-list.ts';
import { subscriptionList } from './tools/subscription-list.ts';
import { subscriptionQuantityPreview } from './tools/subscription-quantity-preview.ts';
import { subscriptionQuantitySet } from './tools/subscription-quantity-set.ts';
import { usageLineList } from './tools/usage-line-list.ts';
import { usageList } from './tools/usage-list.ts';

export const pax8: Connector = {
  name: 'pax8',
  title: 'Pax8',
  credentialFields: Object.keys(Pax8Credential.shape),
  settings: [
    {
      name: 'currency',
      title: 'Currency',
      help: 'The currency of the Pax8 account, such as GBP. Leave empty to take the one each customer pays in already.',
      kind: 'text',
    },
    {
      name: 'orderedByEmail',
      title: 'Orders placed by',
      help: 'The e-mail address Pax8 shows as the one who ordered. Leave empty to name nobody.',
      kind: 'text',
    },
  ],
  baseUrlExample: 'https://api.pax8.com',
  owner: { title: 'Pax8 company id', ids: 'uuid' },
  tools: [
    customerGet,
    subscriptionList,
    subscriptionGet,
    subscriptionHistoryList,
    usageList,
    usageLineList,
    productSearch,
    productGet,
    orderList,
    orderGet,
    invoiceList,
    invoiceItemList,
    invoiceDraftList,
    quoteList,
    subscriptionQuantityPreview,
    subscriptionQuantitySet,
    orderPreview,
    orderCreate,
    subscriptionCancel,
  ],
  survey: { request: { path: '/v1/companies' }, key: content, project: customerFrom },
  open({ baseUrl, settings }, powers) {
    const { currency, orderedByEmail } = settings;
    if (currency && !Currency.safeParse(currency).success)
      throw notSetting('currency', 'a currency code of three letters');
    if (orderedByEmail && !OrderedByEmail.safeParse(orderedByEmail).success)
      throw notSetting('orderedByEmail', 'an e-mail address');
    const session = createPax8Session(powers);
    const vendor = createRestVendor(pax8Style(limitOf(settings, documentedLimit)), session, {
      ...powers,
      http: tellingUnknown(powers.http),
      baseUrl,
    });
    return unknownAsNothing(vendor);
  },
};

const OrderedByEmail = z.email().max(200);

const notSetting = (name: string, what: string): Fault =>
  new Fault('BINDING_INVALID', `The setting ${name} is not ${what}.`, 'Correct the setting in Connectors.');
