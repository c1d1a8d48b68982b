// The API paths the emulator serves (pax8.md §2, §4). A path that is not here is 404; one that is here with another
// method 405. Paths are matched in exact case; ids in any.
import type { Answer } from '../vendor/answer.ts';
import { changeCompany, createCompany, listCompanies, readCompany } from './companies.ts';
import { createContact, deleteContact, listContacts, readContact, replaceContact } from './contacts.ts';
import { listDraftItems, listInvoiceItems, listInvoices, readInvoice } from './invoices.ts';
import { createOrder, listOrders, readOrder } from './orders.ts';
import { listPricing, listProducts, listProvisionDetails, readDependencies, readProduct } from './products.ts';
import { changeQuote, createQuote, deleteQuote, listQuoteLines, listQuotes, readQuote } from './quotes.ts';
import { notFound, refuse } from './refusal.ts';
import { cancelSubscription, updateSubscription } from './subscription-changes.ts';
import { listHistory, listSubscriptions, readSubscription } from './subscriptions.ts';
import { listUsageLines, listUsageSummaries, readUsageSummary } from './usage.ts';
import { createWebhook, deleteWebhook, listWebhookLogs, listWebhooks, readWebhook } from './webhooks.ts';
import type { Call, Handler, World } from './world.ts';

/** `{}` is an id. The first pattern that fits counts. */
const routes: readonly (readonly [pattern: string, methods: Readonly<Record<string, Handler>>])[] = [
  ['/v1/companies', { GET: listCompanies, POST: createCompany }],
  ['/v1/companies/{}', { GET: readCompany, PATCH: changeCompany }],
  ['/v1/companies/{}/contacts', { GET: listContacts, POST: createContact }],
  ['/v1/companies/{}/contacts/{}', { GET: readContact, PUT: replaceContact, DELETE: deleteContact }],
  ['/v1/products', { GET: listProducts }],
  ['/v1/products/{}', { GET: readProduct }],
  ['/v1/products/{}/pricing', { GET: listPricing }],
  ['/v1/products/{}/provision-details', { GET: listProvisionDetails }],
  ['/v1/products/{}/dependencies', { GET: readDependencies }],
  ['/v1/orders', { GET: listOrders, POST: createOrder }],
  ['/v1/orders/{}', { GET: readOrder }],
  ['/v1/subscriptions', { GET: listSubscriptions }],
  ['/v1/subscriptions/{}', { GET: readSubscription, PUT: updateSubscription, DELETE: cancelSubscription }],
  ['/v1/subscriptions/{}/history', { GET: listHistory }],
  ['/v1/subscriptions/{}/usage-summaries', { GET: listUsageSummaries }],
  ['/v1/usage-summaries/{}', { GET: readUsageSummary }],
  ['/v1/usage-summaries/{}/usage-lines', { GET: listUsageLines }],
  ['/v1/invoices', { GET: listInvoices }],
  ['/v1/invoices/draftItems', { GET: listDraftItems }],
  ['/v1/invoices/{}', { GET: readInvoice }],
  ['/v1/invoices/{}/items', { GET: listInvoiceItems }],
  ['/v2/quotes', { GET: listQuotes, POST: createQuote }],
  ['/v2/quotes/{}', { GET: readQuote, PUT: changeQuote, DELETE: deleteQuote }],
  ['/v2/quotes/{}/line-items', { GET: listQuoteLines }],
  ['/api/v2/webhooks', { GET: listWebhooks, POST: createWebhook }],
  ['/api/v2/webhooks/{}', { GET: readWebhook, DELETE: deleteWebhook }],
  ['/api/v2/webhooks/{}/logs', { GET: listWebhookLogs }],
];

export function answerCall(world: World, call: Omit<Call, 'ids'>): Answer {
  const parts = call.path.split('/');
  for (const [pattern, methods] of routes) {
    const ids = idsOf(pattern.split('/'), parts);
    if (ids === null) continue;
    const handler = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
    return handler?.(world, { ...call, ids }) ?? refuse(call.path, 405, 'Method not allowed');
  }
  return notFound(call.path, 'Resource');
}

function idsOf(pattern: readonly string[], parts: readonly string[]): string[] | null {
  if (pattern.length !== parts.length) return null;
  if (!pattern.every((part, at) => part === parts[at] || (part === '{}' && parts[at] !== ''))) return null;
  return pattern.flatMap((part, at) => (part === '{}' ? [(parts[at] ?? '').toLowerCase()] : []));
}
