/** Which customers the list shows, and in which order. The order is that of the saved mapping when the vendor was asked: rows do not move while a person works. */
import type { CustomerView } from '../../../src-shared/contract/ui.ts';
import type { VendorCustomer } from '../../../src-shared/contract/worker.ts';
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { findable, type Findable, rankOf, typedWords } from '../../switcher/match-customers.ts';
import { type Draft, type MappingRow, ownerOf, type Standing, standingOf } from './draft.ts';

export const filters = ['all', 'unmapped', 'suggested', 'ambiguous', 'mapped', 'changed'] as const;
export type Filter = (typeof filters)[number];

/** A customer of the MSP in the list. */
export interface Named extends Findable {
  readonly customer: Pick<CustomerView, 'id' | 'name' | 'code' | 'domain'>;
}

/** A vendor's customer, findable by what can be seen of it. */
export interface Counterpart extends Findable {
  readonly vendor: VendorCustomer;
}

export function indexCounterparts(vendors: readonly VendorCustomer[]): ReadonlyMap<string, Counterpart> {
  return new Map(
    vendors.map((vendor) => {
      const others = [vendor.id, ...vendor.domains, ...vendor.otherIds].map(plainLine);
      return [vendor.id, { vendor, ...findable(plainLine(vendor.name), others) }];
    }),
  );
}

/** Unmapped first, then those between which a person must choose, then mapped; by name within each. */
export function orderRows(rows: readonly MappingRow[], customers: readonly CustomerView[]): readonly Named[] {
  const known = new Map<string, CustomerView>(customers.map((customer) => [customer.id, customer]));
  const named = rows.map((row) => {
    const customer = known.get(row.customer) ?? {
      id: row.customer,
      name: row.customer,
      code: '',
      domain: '',
      aliases: [],
    };
    return {
      rank: rankOfRow(row),
      customer,
      ...findable(customer.name, [customer.code, customer.domain, ...customer.aliases]),
    };
  });
  return named.sort((one, other) => one.rank - other.rank || (one.name < other.name ? -1 : 1));
}

/** How many rows each filter would show. */
export function countRows(draft: Draft): Readonly<Record<Filter, number>> {
  const counts = {
    all: draft.rows.size,
    unmapped: 0,
    suggested: 0,
    ambiguous: 0,
    mapped: 0,
    changed: draft.changes.size,
  };
  for (const customer of draft.rows.keys()) {
    const standing = standingOf(draft, customer);
    counts[standing]++;
    if (standing === 'suggested' || standing === 'ambiguous') counts.unmapped++;
  }
  return counts;
}

/**
 * The rows a filter and a text leave. `kept` are rows that stay although the filter would hide them now: they were
 * changed while it was on, and a row must not vanish under the hand.
 */
export function filterRows(
  ordered: readonly Named[],
  {
    filter,
    query,
    draft,
    counterparts,
    kept,
  }: {
    readonly filter: Filter;
    readonly query: string;
    readonly draft: Draft;
    readonly counterparts: ReadonlyMap<string, Counterpart>;
    readonly kept: ReadonlySet<CustomerId>;
  },
): readonly Named[] {
  const words = typedWords(query);
  return ordered.filter((named) => {
    const { id } = named.customer;
    if (!kept.has(id) && !fits(filter, standingOf(draft, id), draft.changes.has(id))) return false;
    if (words.length === 0) return true;
    const shown = ownerOf(draft, id) ?? draft.rows.get(id)?.suggestion?.owner;
    const text = `${named.text}${counterparts.get(shown ?? '')?.text ?? ''}`;
    return rankOf({ name: named.name, text }, words) !== null;
  });
}

function fits(filter: Filter, standing: Standing, isChanged: boolean): boolean {
  if (filter === 'all') return true;
  if (filter === 'changed') return isChanged;
  return filter === 'unmapped' ? standing !== 'mapped' : standing === filter;
}

function rankOfRow({ owner, suggestion, candidates }: MappingRow): number {
  if (owner !== null) return 2;
  return suggestion === null && candidates.length > 0 ? 1 : 0;
}
