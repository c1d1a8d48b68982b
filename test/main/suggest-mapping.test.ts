import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { type MappingQuestion, plainName, suggestMapping } from '../../src-main/app/suggest-mapping.ts';
import type { VendorCustomer } from '../../src-shared/contract/worker.ts';
import { Customer } from '../../src-shared/model/customer.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import { fastest } from '../fastest.ts';

const ours = (id: string, name: string, more: { domain?: string; aliases?: string[] } = {}): Customer =>
  Customer.parse({ id, code: 'ACME-1', name, domain: '', aliases: [], ...more });
const theirs = (id: string, name: string, more: Partial<VendorCustomer> = {}): VendorCustomer => ({
  id,
  name,
  domains: [],
  otherIds: [],
  isInactive: false,
  ...more,
});

function suggest(
  customers: readonly Customer[],
  vendorCustomers: readonly VendorCustomer[],
  more: { taken?: string[]; knownIds?: Record<string, string[]> } = {},
) {
  const knownIds = new Map(Object.entries(more.knownIds ?? {}) as [CustomerId, string[]][]);
  const found = suggestMapping({ customers, vendorCustomers, taken: new Set(more.taken), knownIds });
  return Object.fromEntries(found);
}
const none = { suggestion: null, candidates: [] };
const choose = (...candidates: string[]) => ({ suggestion: null, candidates });
const take = (owner: string, ...because: string[]) => ({ suggestion: { owner, because }, candidates: [] });

describe('plainName', () => {
  it.each([
    ['Acme Ltd', 'acme'],
    ['ACME, L.L.C.', 'acme'],
    ['The Acme Company, Inc.', 'acme'],
    ['Acmé  Limited', 'acme'],
    ['Smith & Co.', 'smith'],
    ['Smith and Sons', 'smith and sons'],
    ['O’Brien Dental', "O'Brien Dental PLC"],
    ['Blue-Sky GmbH & Co. KG', 'blue sky'],
    ['Ørsted A/S Straße', 'Orsted a/s Strasse'],
    ['Привет ООО', 'привет ооо'],
    ['株式会社 東京', '株式会社 東京'],
  ])('reads %s like %s', (one, other) => {
    expect(plainName(one)).toBe(plainName(other));
    expect(plainName(one)).not.toBe('');
  });

  it('keeps apart what is not the same', () => {
    const names = ['Acme', 'Acme Dental', 'Acme 2', 'Theacme', 'Acmeco', 'Ltd', 'The'];
    expect(new Set(names.map(plainName)).size).toBe(names.length);
  });

  it('finds nothing in what has no letter', () => {
    expect(['', '  ', '—', '...', '\u200b'].map(plainName)).toEqual(['', '', '', '', '']);
  });
});

describe('suggestMapping', () => {
  it('suggests by name, by an alias, by domain and by an id another vendor has', () => {
    const customers = [
      ours('acme', 'Acme Ltd'),
      ours('zen', 'Zenith Group', { aliases: ['Zenith Holdings'] }),
      ours('fern', 'Fernhill', { domain: 'fernhill.example' }),
      ours('meri', 'Meridian'),
      ours('lone', 'Nobody knows'),
    ];
    const vendor = [
      theirs('1', 'The ACME Company'),
      theirs('2', 'zenith holdings inc'),
      theirs('3', 'FH', { domains: ['https://www.fernhill.example/about'] }),
      theirs('4', 'MDP', { otherIds: ['12'] }),
      theirs('5', ''),
    ];
    expect(suggest(customers, vendor, { knownIds: { meri: ['12'], lone: ['99'] } })).toEqual({
      acme: take('1', 'name'),
      zen: take('2', 'name'),
      fern: take('3', 'domain'),
      meri: take('4', 'id'),
      lone: none,
    });
  });

  it('takes the one of two for which more speaks, and leaves two alike to a person', () => {
    const acme = ours('acme', 'Acme', { domain: 'acme.example' });
    const vendor = [theirs('1', 'Acme', { domains: ['acme.example'] }), theirs('2', 'Acme Inc')];
    expect(suggest([acme], vendor)).toEqual({ acme: take('1', 'domain', 'name') });
    expect(suggest([acme], [theirs('2', 'Acme Ltd'), theirs('1', 'Acme')])).toEqual({ acme: choose('1', '2') });
  });

  it('leaves it to a person when one thing speaks for one and another for another, however many', () => {
    const acme = ours('acme', 'Acme', { domain: 'acme.example' });
    const vendor = [theirs('1', 'Acme', { domains: ['acme.example'] }), theirs('2', 'Other', { otherIds: ['7'] })];
    expect(suggest([acme], vendor, { knownIds: { acme: ['7'] } })).toEqual({ acme: choose('1', '2') });
  });

  it('suggests nothing that fits another of ours as well', () => {
    const customers = [ours('one', 'Acme'), ours('two', 'ACME Ltd')];
    expect(suggest(customers, [theirs('1', 'Acme')])).toEqual({ one: choose('1'), two: choose('1') });
    const better = [ours('one', 'Acme', { domain: 'acme.example' }), ours('two', 'ACME Ltd')];
    expect(suggest(better, [theirs('1', 'Acme', { domains: ['acme.example'] })])).toEqual({
      one: take('1', 'domain', 'name'),
      two: choose('1'),
    });
  });

  it('suggests none that is mapped already or inactive, and offers no mapped one', () => {
    const customers = [ours('acme', 'Acme'), ours('zen', 'Zenith')];
    const vendor = [theirs('1', 'Acme'), theirs('2', 'Zenith', { isInactive: true })];
    expect(suggest(customers, vendor, { taken: ['1'] })).toEqual({ acme: none, zen: choose('2') });
  });

  it('does not turn to the second best when the best is mapped already: the mapping may be wrong', () => {
    const acme = ours('acme', 'Acme', { domain: 'acme.example' });
    const vendor = [theirs('1', 'Acme', { domains: ['acme.example'] }), theirs('2', 'Acme Inc')];
    expect(suggest([acme], vendor, { taken: ['1'] })).toEqual({ acme: choose('2') });
  });

  it('sees nothing in common in a mail domain of everybody', () => {
    const customers = [ours('acme', 'Acme', { domain: 'gmail.com' })];
    expect(suggest(customers, [theirs('1', 'Other', { domains: ['gmail.com'] })])).toEqual({ acme: none });
  });

  it('takes a customer the vendor lists twice for one', () => {
    const twice = [theirs('1', 'Acme'), theirs('1', 'Acme')];
    expect(suggest([ours('acme', 'Acme')], twice)).toEqual({ acme: take('1', 'name') });
    const split = [theirs('1', 'Acme'), theirs('1', 'Zenith', { isInactive: true })];
    expect(suggest([ours('acme', 'Acme')], split)).toEqual({ acme: choose('1') });
  });

  it('offers at most twenty, and suggests nothing where a vendor gives very many the same name', () => {
    const many = Array.from({ length: 5000 }, (_, at) => theirs(String(at), 'Acme'));
    const { acme } = suggest([ours('acme', 'Acme')], many);
    expect(acme?.suggestion).toBeNull();
    expect(acme?.candidates.length).toBe(20);
    // Two alike, of which only one is among the twenty that are looked at.
    const twoBetter = ['00', 'zz'].map((id) => theirs(id, 'Acme', { domains: ['acme.example'] }));
    const crowded = suggest([ours('acme', 'Acme', { domain: 'acme.example' })], [...many, ...twoBetter]);
    expect(crowded['acme']?.suggestion).toBeNull();
  });

  it('is not confused by names every object has', () => {
    const customers = [ours('constructor', '__proto__'), ours('acme', 'constructor')];
    const vendor = [theirs('__proto__', 'constructor'), theirs('constructor', '__proto__')];
    expect(suggest(customers, vendor)).toEqual({
      constructor: take('constructor', 'name'),
      acme: take('__proto__', 'name'),
    });
  });
});

const name = fc.constantFrom('Acme', 'Acme Ltd', 'Zenith', 'The Zenith', 'Fernhill', 'Meridian', '');
const domain = fc.constantFrom('', 'acme.example', 'zen.example', 'gmail.com', 'www.acme.example');
const id = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8');
const question: fc.Arbitrary<MappingQuestion> = fc
  .record({
    customers: fc.array(
      fc.record({
        name,
        domain,
        aliases: fc.array(
          name.filter((text) => text !== ''),
          { maxLength: 2 },
        ),
      }),
      {
        maxLength: 8,
      },
    ),
    vendorCustomers: fc.array(
      fc.record({
        id,
        name,
        domains: fc.array(domain, { maxLength: 2 }),
        otherIds: fc.array(id, { maxLength: 2 }),
        isInactive: fc.boolean(),
      }),
      { maxLength: 10 },
    ),
    taken: fc.array(id, { maxLength: 2 }),
    known: fc.array(fc.array(id, { maxLength: 1 }), { maxLength: 8 }),
  })
  .map(({ customers, vendorCustomers, taken, known }) => ({
    customers: customers.map((each, at) =>
      ours(`c${at}`, each.name || 'Nameless', { domain: each.domain, aliases: each.aliases }),
    ),
    vendorCustomers,
    taken: new Set(taken),
    knownIds: new Map(known.map((ids, at) => [`c${at}` as CustomerId, ids])),
  }));

describe('suggestMapping, whatever it is given', () => {
  const suggestions = (asked: MappingQuestion): [string, string][] =>
    [...suggestMapping(asked)].flatMap(([customer, { suggestion }]): [string, string][] =>
      suggestion ? [[customer, suggestion.owner]] : [],
    );

  it('suggests no id twice, none that is taken, inactive or not the vendor’s', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const owners = suggestions(asked).map(([, owner]) => owner);
        expect(new Set(owners).size).toBe(owners.length);
        for (const owner of owners) {
          expect(asked.taken.has(owner)).toBe(false);
          const rows = asked.vendorCustomers.filter((each) => each.id === owner);
          expect([rows.length > 0, rows.some(({ isInactive }) => isInactive)]).toEqual([true, false]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does not mind in which order it is given', () => {
    const shuffled = (asked: MappingQuestion): fc.Arbitrary<MappingQuestion> =>
      fc
        .tuple(
          fc.shuffledSubarray([...asked.customers], { minLength: asked.customers.length }),
          fc.shuffledSubarray([...asked.vendorCustomers], { minLength: asked.vendorCustomers.length }),
        )
        .map(([customers, vendorCustomers]) => ({ ...asked, customers, vendorCustomers }));
    const both = question.chain((asked) => fc.tuple(fc.constant(asked), shuffled(asked)));
    fc.assert(
      fc.property(both, ([asked, again]) => {
        expect(Object.fromEntries(suggestMapping(again))).toEqual(Object.fromEntries(suggestMapping(asked)));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads two lists of two thousand in no time', () => {
    const customers = Array.from({ length: 2000 }, (_, at) =>
      ours(`c${at}`, `Company ${at} Ltd`, { domain: `company${at}.example`, aliases: [`C${at}`, 'Shared alias'] }),
    );
    const vendorCustomers = Array.from({ length: 2000 }, (_, at) =>
      theirs(String(at), `The Company ${at}`, { domains: [`company${at}.example`], otherIds: [`o${at}`] }),
    );
    const question = { customers, vendorCustomers, taken: new Set<string>(), knownIds: new Map() };
    expect(fastest(() => suggestMapping(question))).toBeLessThan(2000);
    const found = suggestMapping(question);
    expect([...found.values()].filter(({ suggestion }) => suggestion).length).toBe(2000);
  });
});
