// GET /Asset, /KBArticle and /Invoice (halopsa.md §5.7-5.9). Any record is read by its id; articles carry no owner in
// lists. The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { notFound } from './refusal.ts';
import { askedClients, candidates, matching, ordered, searchTest, wholeTest } from './filter.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { listAnswer, toText } from './list.ts';
import type { HaloArticle, HaloAsset, HaloInvoice } from './records.ts';
import { articleDetail, articleView, assetDetail, assetView, invoiceView } from './views.ts';
import type { Call, World } from './world.ts';

const assetSearch = ['inventory_number', 'key_field', 'key_field2', 'key_field3', 'username'];

export function listAssets(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  const onTicket = new Set(store.tickets.get(query.whole('ticket_id'))?.assets ?? []);
  const found = matching(candidates(store.assets, clients, query), [
    ...(query.flag('includeinactive') ? [] : [(asset: HaloAsset) => asset.inactive !== true]),
    ...wholeTest<HaloAsset>(query, 'site_id', 'site_id'),
    ...wholeTest<HaloAsset>(query, 'assettype_id', 'assettype_id'),
    ...(query.whole('ticket_id') === 0 ? [] : [(asset: HaloAsset) => onTicket.has(asset.id)]),
    ...searchTest<HaloAsset>(query, 'username', ['username']),
    ...searchTest<HaloAsset>(query, 'inventory_number', ['inventory_number']),
    ...searchTest<HaloAsset>(query, 'search', assetSearch),
  ]);
  return listAnswer(faults, query, {
    key: 'assets',
    rows: ordered(found, query),
    view: (asset) => assetView(store, asset),
    text: (asset) => store.text(asset, () => toText(assetView(store, asset))),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.assets.all(),
  });
}

export function readAsset(world: World, { id }: Call): Answer {
  const asset = world.store.assets.get(Number(id));
  if (asset === undefined) return notFound(world.faults);
  return jsonAnswer(200, toText(ownerDropped(world.faults, assetDetail(world.store, asset), 'client_id')));
}

/** `client_id` adds the client's restricted articles to the general ones; without it everyone's come. */
export function listArticles(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  const isOpenTo = ({ kbentryclientaccess: access = [] }: HaloArticle) =>
    access.length === 0 || access.some((one) => clients.includes(one.client_id));
  const found = matching(store.articles.all(), [
    ...(query.flag('includeinactive') ? [] : [(article: HaloArticle) => article.inactive !== true]),
    ...(clients.length === 0 ? [] : [isOpenTo]),
    ...searchTest<HaloArticle>(query, 'search', ['name', 'description', 'tag_string']),
  ]);
  return listAnswer<HaloArticle>(faults, query, {
    key: 'articles',
    rows: ordered(found, query),
    view: articleView,
    text: (article) => store.text(article, () => toText(articleView(article))),
    owner: null,
    asked: 0,
    everyone: () => [],
  });
}

export function readArticle(world: World, { id }: Call): Answer {
  const article = world.store.articles.get(Number(id));
  return article === undefined ? notFound(world.faults) : jsonAnswer(200, toText(articleDetail(article)));
}

export function listInvoices(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  return listAnswer<HaloInvoice>(faults, query, {
    key: 'invoices',
    rows: ordered(candidates(store.invoices, clients, query), query),
    view: (invoice) => invoiceView(store, invoice),
    text: (invoice) => store.text(invoice, () => toText(invoiceView(store, invoice))),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.invoices.all(),
  });
}

export function readInvoice(world: World, { id }: Call): Answer {
  const invoice = world.store.invoices.get(Number(id));
  if (invoice === undefined) return notFound(world.faults);
  return jsonAnswer(200, toText(ownerDropped(world.faults, invoiceView(world.store, invoice), 'client_id')));
}
