// The raw Pax8 records of a demo data file, in the vendor's own member names (pax8.md §4, §9).
// Trusts nobody: the file may be hand-written. Only the members the emulator joins or filters on are typed; every other
// member passes through as it is. A few members exist in the file only, to say what a path says at the vendor.
import { z } from 'zod';

const id = z.uuid('is not a UUID');
const text = z.string().optional();
/** Any text: a record may point at something that is not there, as at the vendor. */
const reference = z.string().optional();
const amount = z.number().optional();
const flag = z.boolean().optional();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a day such as 2026-11-20');
/** A day or a moment: the vendor writes both (§3). */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?$/, 'is not a day or a time such as 2026-11-20T16:00:00Z')
  .optional();
const money = z.strictObject({ amount: z.number(), currency: z.string() });

const company = z.looseObject({
  id,
  name: z.string(),
  address: z.looseObject({ city: text, country: text, stateOrProvince: text, postalCode: text }).optional(),
  externalId: text,
  website: text,
  billOnBehalfOfEnabled: flag,
  selfServiceAllowed: flag,
  orderApprovalRequired: flag,
  status: z.enum(['Active', 'Inactive', 'Deleted']),
  updatedDate: time,
});
const contact = z.looseObject({
  id,
  /** In the file only: at the vendor the path alone says whose contact it is (§4.2). */
  companyId: reference,
  firstName: z.string(),
  lastName: z.string(),
  email: text,
  types: z.array(z.looseObject({ type: z.enum(['Admin', 'Billing', 'Technical']), primary: z.boolean() })).optional(),
});
const product = z.looseObject({
  id,
  name: z.string(),
  vendorName: z.string(),
  sku: text,
  requiresCommitment: flag,
});
const price = z.looseObject({
  productId: id,
  /** In the file only: a row with it is the price of this company alone. */
  companyId: reference,
  billingTerm: z.string(),
  commitmentTerm: text,
  rates: z.array(
    z.looseObject({
      partnerBuyRate: amount,
      suggestedRetailPrice: amount,
      startQuantityRange: amount,
      endQuantityRange: amount,
    }),
  ),
});
/** `productId` is in the file only, here and in the next two. */
const provisionDetail = z.looseObject({ productId: id, key: z.string(), label: text });
const commitment = z.looseObject({
  productId: id,
  id,
  term: z.string(),
  allowForQuantityIncrease: flag,
  allowForQuantityDecrease: flag,
  allowForEarlyCancellation: flag,
});
/** `products` are ids in the file and whole products in the answer. */
const productDependency = z.looseObject({ productId: id, name: z.string(), products: z.array(id) });
const lineItem = z.looseObject({
  id,
  productId: reference,
  subscriptionId: reference,
  quantity: amount,
  billingTerm: text,
});
const order = z.looseObject({
  id,
  companyId: reference,
  createdDate: time,
  isScheduled: flag,
  lineItems: z.array(lineItem),
});
const status = z.enum([
  'Active',
  'Cancelled',
  'PendingManual',
  'PendingAutomated',
  'PendingCancel',
  'WaitingForDetails',
  'Trial',
  'Converted',
  'PendingActivation',
  'Activated',
]);
const state = z.looseObject({
  id,
  parentSubscriptionId: reference,
  companyId: reference,
  productId: reference,
  quantity: amount,
  startDate: time,
  endDate: time,
  createdDate: time,
  updatedDate: time,
  billingStart: time,
  status,
  price: amount,
  partnerCost: amount,
  currencyCode: text,
  productName: text,
  billingTerm: text,
  commitmentTerm: z.looseObject({ id: z.string(), term: z.string(), endDate: time }).optional(),
});
const subscription = state.extend({
  /** In the file only: what it was before, newest first. */
  earlier: z.array(state).optional(),
});
const usageSummary = z.looseObject({
  id,
  /** May differ from row to row of one subscription (§4.6). */
  companyId: reference,
  subscriptionId: id,
  productId: reference,
  resourceGroup: text,
});
const usageLine = z.looseObject({ usageSummaryId: id, usageDate: day, productId: reference });
const invoice = z.looseObject({
  id,
  /** Only on the invoices of companies that Pax8 bills itself (§4.7). */
  companyId: reference,
  invoiceDate: day,
  dueDate: day.optional(),
  total: amount,
  balance: amount,
  carriedBalance: amount,
  partnerName: text,
  status: z.string(),
});
const item = { companyId: reference, companyName: text, type: z.string() };
const invoiceItem = z.looseObject({
  /** In the file only: the path says it. */
  invoiceId: id,
  id,
  ...item,
});
const draftItem = z.looseObject({
  /** In the file only: 0 is this month, 1 the next. */
  monthOffset: z.literal([0, 1]),
  ...item,
});
const quote = z.looseObject({
  id,
  client: z.looseObject({ id: reference, name: text }).optional(),
  status: z.string(),
  intentType: text,
  referenceCode: text,
  createdBy: text,
  totals: z.looseObject({ initialTotal: money, recurringTotal: money }).optional(),
  lineItems: z.array(z.looseObject({ id })).default([]),
});
const webhook = z.looseObject({ id, url: z.string(), active: flag });

/** Everything one Pax8 partner account holds. */
export const pax8Records = {
  companies: z.array(company),
  contacts: z.array(contact).default([]),
  products: z.array(product).default([]),
  pricing: z.array(price).default([]),
  provisionDetails: z.array(provisionDetail).default([]),
  commitments: z.array(commitment).default([]),
  productDependencies: z.array(productDependency).default([]),
  orders: z.array(order).default([]),
  subscriptions: z.array(subscription).default([]),
  usageSummaries: z.array(usageSummary).default([]),
  usageLines: z.array(usageLine).default([]),
  invoices: z.array(invoice).default([]),
  invoiceItems: z.array(invoiceItem).default([]),
  draftItems: z.array(draftItem).default([]),
  quotes: z.array(quote).default([]),
  webhooks: z.array(webhook).default([]),
};

export type Pax8Company = z.infer<typeof company>;
export type Pax8Contact = z.infer<typeof contact>;
export type Pax8Product = z.infer<typeof product>;
export type Pax8Price = z.infer<typeof price>;
export type Pax8ProvisionDetail = z.infer<typeof provisionDetail>;
export type Pax8Commitment = z.infer<typeof commitment>;
export type Pax8ProductDependency = z.infer<typeof productDependency>;
export type Pax8LineItem = z.infer<typeof lineItem>;
export type Pax8Order = z.infer<typeof order>;
export type Pax8Subscription = z.infer<typeof state>;
export type Pax8UsageSummary = z.infer<typeof usageSummary>;
export type Pax8UsageLine = z.infer<typeof usageLine>;
export type Pax8Invoice = z.infer<typeof invoice>;
export type Pax8InvoiceItem = z.infer<typeof invoiceItem>;
export type Pax8DraftItem = z.infer<typeof draftItem>;
export type Pax8Quote = z.infer<typeof quote>;
export type Pax8Webhook = z.infer<typeof webhook>;
/** What may be sent when a contact is created or replaced. */
export const contactDraft = contact.omit({ id: true, companyId: true });
/** What an admin patch of a subscription may contain (`null` removes a member). */
export const subscriptionPatch = state.partial();
