// Quotes (pax8.md §4.8): no company filter, the owner is nested in `client`, and a client may be no company at all. Their
// writes answer 201, 200 and 204. Nothing checks owners. Bodies are untrusted.
import { randomUUID } from 'node:crypto';
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import type { View } from '../vendor/rows.ts';
import type { Draft } from './body.ts';
import { draftOf, textOf } from './body.ts';
import { timeText } from './dates.ts';
import { listAnswer, matching, recordAnswer } from './list.ts';
import type { Pax8Quote } from './records.ts';
import { invalid, refuse } from './refusal.ts';
import type { Call, Handler, World } from './world.ts';

const listed = [
  'id',
  'client',
  'createdBy',
  'createdOn',
  'updatedOn',
  'intentType',
  'ownedBy',
  'partner',
  'published',
  'publishedOn',
  'referenceCode',
  'status',
];
const writable = ['expiresOn', 'introMessage', 'published', 'status', 'termsAndDisclaimers'];
const nothing = { amount: 0, currency: 'GBP' };

/** `account` and `partnerId` change nothing here: there is one partner. */
export const listQuotes: Handler = (world, call) => {
  const { quotes } = world.store;
  const statuses = call.query.text('status').split(',');
  const wanted = call.query.text('search').trim().toLowerCase();
  const rows = matching(quotes.values(), call.query, ['intentType']).filter(
    (quote) =>
      (statuses[0] === '' || statuses.includes(quote.status)) &&
      [quote.client?.name, quote.referenceCode, quote.createdBy].some((text = '') =>
        text.toLowerCase().includes(wanted),
      ),
  );
  return listAnswer(world, call, {
    rows,
    view: quoteView,
    owner: 'client',
    asked: '',
    everyone: quotes.values(),
    size: 'limit',
    tail: { statusCounts: counts(quotes.values()) },
  });
};

export const readQuote: Handler = (world, call) =>
  withQuote(world, call, (quote) => recordAnswer(world, quote, 'client'));

export const listQuoteLines: Handler = (world, call) =>
  withQuote(world, call, ({ lineItems }) => jsonAnswer(200, JSON.stringify(lineItems)));

export const createQuote: Handler = (world, call) => {
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const company = world.store.companies.get(textOf(body.draft, 'clientId').toLowerCase());
  if (company === undefined) return refuse(call.path, 400, 'clientId is not valid');
  const now = timeText(world.now());
  const quote: Pax8Quote = {
    id: randomUUID(),
    client: { id: company.id, name: company.name, isShadowCompany: false },
    status: 'draft',
    published: false,
    intentType: 'PARTNER_TO_CLIENT',
    referenceCode: `Q-${world.store.quotes.size + 1001}`,
    createdBy: world.partner,
    createdOn: now,
    updatedOn: now,
    lineItems: [],
  };
  world.store.quotes.set(quote.id, quote);
  return jsonAnswer(201, JSON.stringify(quote));
};

export const changeQuote: Handler = (world, call) =>
  withQuote(world, call, (before) => {
    const body = draftOf(call);
    if ('refused' in body) return body.refused;
    const missing = writable.filter((name) => body.draft[name] === undefined);
    if (missing.length > 0)
      return invalid(
        call.path,
        missing.map((name) => `${name} is required`),
      );
    const after = { ...before, ...chosen(body.draft), updatedOn: timeText(world.now()) };
    world.store.quotes.set(before.id, after);
    return jsonAnswer(200, JSON.stringify(after));
  });

export const deleteQuote: Handler = (world, call) =>
  withQuote(world, call, ({ id }) => {
    world.store.quotes.delete(id);
    return emptyAnswer(204);
  });

/** As a row of the list: without lines, costs and margin. */
export function quoteView(quote: Pax8Quote): View {
  const { initialTotal = nothing, recurringTotal = nothing } = quote.totals ?? {};
  const total = quote.lineItems.length;
  return {
    ...Object.fromEntries(listed.filter((name) => quote[name] !== undefined).map((name) => [name, quote[name]])),
    totals: { initialTotal, recurringTotal },
    lineItemCounts: { custom: 0, msp: total, total },
  };
}

function withQuote({ store }: World, call: Call, act: (quote: Pax8Quote) => Answer): Answer {
  const quote = store.quotes.get(call.ids[0] ?? '');
  return quote === undefined ? refuse(call.path, 404, 'Quote not found', ['QUOTE_NOT_FOUND']) : act(quote);
}

function counts(quotes: Iterable<Pax8Quote>): Record<string, number> {
  const found: Record<string, number> = {
    accepted: 0,
    closed: 0,
    declined: 0,
    draft: 0,
    expired: 0,
    pending: 0,
    sent: 0,
  };
  for (const { status } of quotes) if (Object.hasOwn(found, status)) found[status] = (found[status] ?? 0) + 1;
  return found;
}

function chosen(draft: Draft): Draft & { readonly status: string } {
  return { ...Object.fromEntries(writable.map((name) => [name, draft[name]])), status: textOf(draft, 'status') };
}
