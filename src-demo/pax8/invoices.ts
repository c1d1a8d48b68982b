// Invoices (pax8.md §4.7): the MSP's own, so a header's totals are everyone's and its items mix every company. Items know
// no company filter; draft items do.
import type { View } from '../vendor/rows.ts';
import type { Query } from '../vendor/query.ts';
import { askedCompany, listAnswer, matching, recordAnswer } from './list.ts';
import type { Pax8DraftItem, Pax8Invoice, Pax8InvoiceItem } from './records.ts';
import { notFound, refuse } from './refusal.ts';
import type { Handler, World } from './world.ts';

const filters = ['status', 'invoiceDate', 'dueDate', 'total', 'balance', 'carriedBalance'];

export const listInvoices: Handler = (world, call) => {
  const { invoices } = world.store;
  const asked = askedCompany(world, call, '404');
  if (typeof asked !== 'string') return asked;
  const rows = matching(invoices.values(), call.query, filters).filter(
    (one) => isInRange(call.query, one.invoiceDate) && (asked === '' || isOf(world, one, asked)),
  );
  return listAnswer(world, call, {
    rows,
    view: (row) => row,
    owner: 'companyId',
    asked,
    everyone: invoices.values(),
    size: 'size',
  });
};

export const readInvoice: Handler = (world, call) => {
  const invoice = world.store.invoices.get(call.ids[0] ?? '');
  return invoice === undefined ? notFound(call.path, 'Invoice') : recordAnswer(world, invoice, 'companyId');
};

export const listInvoiceItems: Handler = (world, call) => {
  const [invoiceId = ''] = call.ids;
  if (!world.store.invoices.has(invoiceId)) return notFound(call.path, 'Invoice');
  const items = world.store.reference.invoiceItems;
  return listAnswer(world, call, {
    rows: items.filter((item) => item.invoiceId === invoiceId),
    view: invoiceItemView,
    owner: 'companyId',
    ownerName: 'companyName',
    asked: '',
    everyone: items,
    size: 'size',
  });
};

/** Of this month (`monthOffset=0`) or the next, which is the default. They have no ids. */
export const listDraftItems: Handler = (world, call) => {
  const { query } = call;
  const offset = query.has('monthOffset') ? query.text('monthOffset') : '1';
  if (offset !== '0' && offset !== '1') return refuse(call.path, 422, 'monthOffset must be 0 or 1');
  const asked = askedCompany(world, call, '404');
  if (typeof asked !== 'string') return asked;
  const items = world.store.reference.draftItems;
  return listAnswer(world, call, {
    rows: items.filter((item) => String(item.monthOffset) === offset && (asked === '' || item.companyId === asked)),
    view: draftItemView,
    owner: 'companyId',
    ownerName: 'companyName',
    asked,
    everyone: items,
    size: 'size',
  });
};

export function invoiceItemView({ invoiceId: _path, ...item }: Pax8InvoiceItem): View {
  return item;
}

export function draftItemView({ monthOffset: _file, ...item }: Pax8DraftItem): View {
  return item;
}

function isInRange(query: Query, date: string): boolean {
  const [start, end] = [query.text('invoiceDateRangeStart'), query.text('invoiceDateRangeEnd')];
  return (start === '' || date >= start) && (end === '' || date <= end);
}

function isOf({ store, faults }: World, invoice: Pax8Invoice, companyId: string): boolean {
  if (invoice.companyId === companyId) return true;
  if (faults.invoicesOfCompany === 'billed') return false;
  return store.reference.invoiceItems.some((item) => item.invoiceId === invoice.id && item.companyId === companyId);
}
