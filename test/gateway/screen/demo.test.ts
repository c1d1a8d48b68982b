// The demo MSP has forty customers with confusable names, and notes that mention others. The truth here is a plain search
// for every name, less what lies inside the customer's own names or is a part of one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mark } from '../../../src-gateway/screen/records.ts';
import { makeScreen } from '../../../src-gateway/screen/screen.ts';
import type { Customer } from '../../../src-shared/model/customer.ts';

interface Demo {
  readonly customers: readonly (Customer & { readonly vendors: { readonly halopsa: number } })[];
  readonly vendors: {
    readonly halopsa: Readonly<Record<'tickets' | 'actions' | 'attachments' | 'sites' | 'users' | 'assets', Row[]>>;
  };
}
type Row = Readonly<Record<string, unknown>>;

const { customers, vendors } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../demo/northway.json'), 'utf8'),
) as Demo;
const { tickets, actions, attachments, sites, users, assets } = vendors.halopsa;

/** Every record of an owner, with whom it belongs to. */
function owned(): { readonly owner: number; readonly record: Row }[] {
  const owners = new Map(tickets.map((ticket) => [ticket['id'], ticket['client_id'] as number]));
  const direct = [...tickets, ...sites, ...users, ...assets].map((record) => ({
    owner: record['client_id'] as number,
    record,
  }));
  const linked = [...actions, ...attachments].map((record) => ({
    owner: owners.get(record['ticket_id']) ?? 0,
    record,
  }));
  return [...direct, ...linked];
}

function namesOf({ name, code, domain, aliases }: Customer): string[] {
  return [name, code, domain, ...aliases].toSorted((one, other) => other.length - one.length);
}

const searches = new Map(
  customers.map((each) => [
    each.id,
    namesOf(each).map((name) => new RegExp(`(?<![a-z0-9])${name.replaceAll('.', '\\.')}(?![a-z0-9])`, 'gi')),
  ]),
);

/** Where a customer is named in a text. */
function placesOf({ id }: Customer, text: string): { from: number; to: number }[] {
  return (searches.get(id) ?? []).flatMap((search) =>
    [...text.matchAll(search)].map(({ index, 0: found }) => ({ from: index, to: index + found.length })),
  );
}

/** Any name at all, to look closer only where there is one. */
const anyName = new RegExp(customers.flatMap(namesOf).join('|').replaceAll('.', '\\.'), 'i');

function namesAnother(text: string, own: Customer): boolean {
  if (!anyName.test(text)) return /client_ids?[ =]87/.test(text);
  const ownPlaces = placesOf(own, text);
  const ownNames = namesOf(own).join('\n').toLowerCase();
  const isNamed = customers.some(
    (each) =>
      each.id !== own.id &&
      placesOf(each, text).some(
        ({ from, to }) =>
          !ownPlaces.some((place) => place.from <= from && to <= place.to) &&
          !ownNames.includes(text.slice(from, to).toLowerCase()),
      ),
  );
  return isNamed || /client_ids?[ =]87/.test(text);
}

const screen = makeScreen({
  customers,
  instances: [{ mapping: Object.fromEntries(customers.map(({ id, vendors: { halopsa } }) => [id, String(halopsa)])) }],
  policy: { mode: 'redact', never: [] },
});

describe('makeScreen', () => {
  it.each(customers)('leaves $name all its own names', (customer) => {
    const text = `${namesOf(customer).join(', ')}; jo@${customer.domain}, client ${customer.vendors.halopsa}`;
    expect(screen.apply([{ text }], customer.id).records).toEqual([{ text }]);
  });

  it('finds every mention in the demo’s records, and nothing where there is none', () => {
    const [missed, wrong]: [string[], string[]] = [[], []];
    let [texts, named] = [0, 0];
    for (const { owner, record } of owned()) {
      const own = customers.find((each) => each.vendors.halopsa === owner);
      if (own === undefined) continue;
      for (const text of Object.values(record)) {
        if (typeof text !== 'string') continue;
        texts += 1;
        const isNamed = namesAnother(text, own);
        const left = screen.apply([{ text }], own.id).records[0]?.['text'];
        if (isNamed) named += 1;
        if (isNamed && !String(left).includes(mark)) missed.push(text);
        if (!isNamed && left !== text) wrong.push(text);
      }
    }
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
    expect(texts).toBeGreaterThan(30_000);
    expect(named).toBeGreaterThan(170);
  });
});
