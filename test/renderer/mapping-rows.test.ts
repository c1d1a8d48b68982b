import { describe, expect, it } from 'vitest';
import { acceptAll, choose, type MappingRow, startDraft } from '../../src-renderer/screens/mapping/draft.ts';
import { offeredVendors } from '../../src-renderer/screens/mapping/offered-vendors.ts';
import { countRows, filterRows, indexCounterparts, orderRows } from '../../src-renderer/screens/mapping/shown-rows.ts';
import { plainLine } from '../../src-renderer/parts/vendor-text.tsx';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import type { VendorCustomer } from '../../src-shared/contract/worker.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';

const customer = (id: string, name: string): CustomerView => ({
  id: CustomerId.parse(id),
  code: `${id.slice(0, 4).toUpperCase()}-1`,
  name,
  domain: `${id}.example`,
  aliases: [],
  vendors: {},
  mayBind: true,
  mayCross: true,
});
const vendor = (id: string, name: string, part: Partial<VendorCustomer> = {}): VendorCustomer => ({
  id,
  name,
  domains: [],
  otherIds: [],
  isInactive: false,
  ...part,
});
const row = (id: string, part: Partial<MappingRow> = {}): MappingRow => ({
  customer: CustomerId.parse(id),
  owner: null,
  suggestion: null,
  candidates: [],
  ...part,
});

const customers = [
  customer('amber', 'Amber Farm'),
  customer('birch', 'Birch Legal'),
  customer('cedar', 'Cedar Café'),
  customer('dogwood', 'Dogwood Dental'),
];
const rows = [
  row('amber', { owner: '1' }),
  row('cedar', { candidates: ['3', '4'] }),
  row('dogwood'),
  row('birch', { suggestion: { owner: '2', because: ['name'] } }),
];
const counterparts = indexCounterparts([
  vendor('1', 'Amber Agriculture'),
  vendor('2', 'Birch Legal', { domains: ['birchlaw.example'] }),
  vendor('3', 'Cedar Cafe'),
  vendor('4', 'Cedar Cafe (old)', { isInactive: true }),
]);
const draft = startDraft(rows);
const ordered = orderRows(rows, customers);
const ids = (named: readonly { customer: { id: string } }[]): string[] => named.map((each) => each.customer.id);
const all = { filter: 'all', query: '', draft, counterparts, kept: new Set<CustomerId>() } as const;

describe('orderRows', () => {
  it('puts the unmapped first, then those to choose, then the mapped, by name within each', () => {
    expect(ids(ordered)).toEqual(['birch', 'dogwood', 'cedar', 'amber']);
  });
  it('shows a customer that is not in the list by its id', () => {
    expect(orderRows([row('stray')], customers)[0]?.customer.name).toBe('stray');
  });
});

describe('countRows', () => {
  it('counts what is suggested and to be chosen as unmapped too', () => {
    expect(countRows(draft)).toEqual({ all: 4, unmapped: 3, suggested: 1, ambiguous: 1, mapped: 1, changed: 0 });
    expect(countRows(acceptAll(draft, [CustomerId.parse('birch')]))).toMatchObject({
      unmapped: 2,
      mapped: 2,
      changed: 1,
    });
  });
});

describe('filterRows', () => {
  it('filters by standing', () => {
    expect(ids(filterRows(ordered, { ...all, filter: 'unmapped' }))).toEqual(['birch', 'dogwood', 'cedar']);
    expect(ids(filterRows(ordered, { ...all, filter: 'suggested' }))).toEqual(['birch']);
    expect(ids(filterRows(ordered, { ...all, filter: 'changed' }))).toEqual([]);
  });
  it('finds by the customer and by its counterpart, accents aside', () => {
    expect(ids(filterRows(ordered, { ...all, query: 'cafe' }))).toEqual(['cedar']);
    expect(ids(filterRows(ordered, { ...all, query: 'agriculture' }))).toEqual(['amber']);
    expect(ids(filterRows(ordered, { ...all, query: 'birchlaw' }))).toEqual(['birch']);
  });
  it('keeps a row that was changed under the filter in sight', () => {
    const birch = CustomerId.parse('birch');
    const now = choose(draft, birch, '2');
    expect(ids(filterRows(ordered, { ...all, draft: now, filter: 'suggested' }))).toEqual([]);
    expect(ids(filterRows(ordered, { ...all, draft: now, filter: 'suggested', kept: new Set([birch]) }))).toEqual([
      'birch',
    ]);
  });
});

describe('offeredVendors', () => {
  const about = (query: string, id = 'cedar') => ({
    query,
    customer: CustomerId.parse(id),
    row: rows.find((each) => each.customer === id),
    current: null,
    takenBy: draft.takenBy,
  });
  const offered = (query: string, id?: string) =>
    offeredVendors([...counterparts.values()], about(query, id)).map((each) => [
      each.counterpart.vendor.id,
      each.tag,
      each.holder,
    ]);

  it('offers what may be it first, and shows what another customer has as taken', () => {
    expect(offered('')).toEqual([
      ['3', 'possible', null],
      ['4', 'possible', null],
      ['1', null, 'amber'],
      ['2', null, null],
    ]);
  });
  it('puts the inactive after the others, whatever they are called', () => {
    const pair = indexCounterparts([vendor('8', 'Elm', { isInactive: true }), vendor('9', 'Elm Legal')]);
    const shown = offeredVendors([...pair.values()], about('elm', 'dogwood'));
    expect(shown.map((each) => each.counterpart.vendor.id)).toEqual(['9', '8']);
  });
  it('wants every word in the name, a domain or an id, and guesses nothing', () => {
    expect(offered('legal birch', 'dogwood')).toEqual([['2', null, null]]);
    expect(offered('cedr')).toEqual([]);
  });
});

describe('plainLine', () => {
  it('leaves one line of what can be seen', () => {
    expect(plainLine('  Acme\n\tLtd\u0000 ')).toBe('Acme Ltd');
    expect(plainLine('a\u202eb\u200bc\u2066d\ufeff\u{e0041}')).toBe('abcd');
    expect(plainLine('\u200b\u202e\n')).toBe('');
    expect(plainLine('<b>Nørd & Søn</b> 東京')).toBe('<b>Nørd & Søn</b> 東京');
  });
});
