import { describe, expect, it } from 'vitest';
import { indexCustomers, marks, matchCustomers } from '../../src-renderer/switcher/match-customers.ts';
import { fixtureCustomers } from '../e2e/window-fixture-data.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';

const customer = (name: string, code: string, domain = 'x.example', aliases: string[] = []) => ({
  id: CustomerId.parse(code.toLowerCase()),
  code,
  name,
  domain,
  aliases,
  vendors: {},
  mayBind: true,
  mayCross: true,
});
const index = indexCustomers([
  customer('Customer 12 Dental', 'CUST-12'),
  customer('Customer 77 Legal', 'CUST-77'),
  customer('Customer 777 Dental', 'CUST-777'),
  customer('Café Zürich', 'CAFE-3', 'cafezurich.example', ['Kaffeehaus']),
  customer('Meridian Dental Group', 'MERI-7', 'meridiandental.example', ['MDG']),
  customer('Denholm Construction', 'DENH-4'),
  customer('Golden Farm', 'GOLD-1'),
]);
const found = (query: string, recents: string[] = []): string[] =>
  matchCustomers(index, query, { recents, limit: 50 }).hits.map(({ code }) => code);

describe('matchCustomers', () => {
  it('wants every word, in any order', () => {
    expect(found('dental 12')).toEqual(['CUST-12']);
    expect(found('12 dental')).toEqual(['CUST-12']);
    expect(found('dental farm')).toEqual([]);
  });
  it('does not match scattered letters', () => {
    expect(found('Customer 777')).toEqual(['CUST-777']);
    expect(found('mrdn')).toEqual([]);
  });
  it('puts the beginning of a name before a word start, and that before the inside of a word', () => {
    expect(found('den')).toEqual(['DENH-4', 'CUST-12', 'CUST-777', 'MERI-7', 'GOLD-1']);
  });
  it('folds accents and case both ways', () => {
    expect(found('cafe zurich')).toEqual(['CAFE-3']);
    expect(found('CAFÉ ZÜRICH')).toEqual(['CAFE-3']);
  });
  it('finds by code, domain and alias', () => {
    expect(found('meri-7')).toEqual(['MERI-7']);
    expect(found('cafezurich.example')).toEqual(['CAFE-3']);
    expect(found('mdg')).toEqual(['MERI-7']);
  });
  it('puts recent customers first among equals, and first of all when nothing is typed', () => {
    expect(found('customer', ['cust-77'])[0]).toBe('CUST-77');
    expect(found('', ['gold-1', 'meri-7']).slice(0, 3)).toEqual(['GOLD-1', 'MERI-7', 'CAFE-3']);
  });
  it('gives at most the limit and counts the rest', () => {
    const many = indexCustomers(fixtureCustomers(2000));
    const { hits, more } = matchCustomers(many, '', { recents: [], limit: 50 });
    expect([hits.length, more]).toEqual([50, 1950]);
  });
});

describe('marks', () => {
  it('covers what was typed, accents aside, without overlaps', () => {
    expect(marks('Meridian Dental Group', 'gro den')).toEqual([
      [9, 12],
      [16, 19],
    ]);
    expect(marks('Dental', 'den d')).toEqual([[0, 3]]);
  });
  it('underlines nothing where folding changes the length', () => {
    expect(marks('ﬁne Bakery', 'bak')).toEqual([]);
  });
});
