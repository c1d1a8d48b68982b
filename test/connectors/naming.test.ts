import { describe, expect, it } from 'vitest';
import { hangingNamingOf, labelOf, namingOf } from '../../src-connectors/naming.ts';
import { Naming } from '../../src-shared/model/label.ts';
import { nobodys, ownedBy } from './labelled.ts';

const selector = { owner: 'client_id', also: ['site.client_id'], within: ['client_id', 'client.id'] };
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

describe('namingOf', () => {
  it('tells every owner a row names, own or not, each once', () => {
    expect(namingOf({ client_id: 12, site: { client_id: 17 } }, selector)).toEqual({
      by: 'owner',
      owners: ['12', '17'],
      nested: ['17'],
    });
    expect(namingOf({ client_id: 12, site: { client_id: 12 } }, selector)).toMatchObject({ owners: ['12'] });
  });

  it.each([
    ['none', {}],
    ['text', { client_id: '12' }],
    ['0', { client_id: 0 }],
    ['an object', { client_id: { id: 12 } }],
  ])('tells %s where an owner must stand as one that is no id', (_, row) => {
    expect(namingOf(row, selector).owners).toEqual([null]);
  });

  it('tells an odd owner beside a good one', () => {
    expect(namingOf({ client_id: 12, site: { client_id: '12' } }, selector).owners).toEqual(['12', null]);
  });

  it('tells whoever is named inside, at any depth, lists and all, and what is odd there', () => {
    const row = { client_id: 12, a: [[{ b: { client_id: 17 } }]], c: { client: { id: 31 } }, d: { client_id: [] } };
    expect(namingOf(row, selector).nested).toEqual(['17', '31', null]);
  });

  it('tells what lies deeper than anyone looks as odd', () => {
    const deep = (depth: number): unknown => (depth === 0 ? {} : { in: deep(depth - 1) });
    expect(namingOf({ client_id: 12, in: deep(39) }, selector).nested).toEqual([]);
    expect(namingOf({ client_id: 12, in: deep(40) }, selector).nested).toEqual([null]);
  });

  it('tells more owners than fit as one that is none, and of readers the first', () => {
    const list = times(12, (at) => ({ client_id: at + 1 }));
    const naming = namingOf({ client_id: 12, list }, selector);
    expect(naming.nested).toEqual([...times(9, (at) => String(at + 1)), null]);
    const readers = times(6000, (at) => ({ client_id: at + 1 }));
    const released = namingOf({ readers }, { sharedWith: { list: 'readers', member: 'client_id' } });
    expect(released.owners).toHaveLength(5000);
    expect([naming, released].every((one) => Naming.safeParse(one).success)).toBe(true);
  });

  it('tells of a row that is nobody’s whom it names after all', () => {
    const catalogue = { catalogue: { mustLack: ['company', 'client_id'] } };
    expect(namingOf({ name: 'Backup', client_id: null }, catalogue)).toEqual(nobodys);
    expect(namingOf({ company: {}, client_id: 12 }, catalogue).owners).toEqual([null, '12']);
  });
});

describe('hangingNamingOf', () => {
  const parent = { id: '5', naming: ownedBy('17'), selector };

  it('tells what the row refers to and what the record says, whether they agree or not', () => {
    expect(
      hangingNamingOf({ ticket_id: 6, client: { id: 12 } }, { reference: 'ticket_id', isNumberedWithin: true }, parent),
    ).toEqual({
      by: 'parent',
      owners: ['12'],
      nested: [],
      refersTo: { id: '6' },
      parent: { id: '5', naming: ownedBy('17') },
    });
  });

  it('tells the kind where ids count anew in each', () => {
    const hanging = { reference: 'of', kind: { member: 'kind', is: 'Asset' }, isNumberedWithin: false };
    expect(hangingNamingOf({ of: '5', kind: 7 }, hanging, parent)).toMatchObject({
      refersTo: { id: null, kind: null },
      parent: { id: '5', kind: 'Asset' },
    });
  });
});

describe('labelOf', () => {
  it('has the own row first, and equal namings once', () => {
    expect(labelOf(ownedBy('12'), [nobodys, ownedBy('12'), nobodys, ownedBy('17')])).toEqual([
      ownedBy('12'),
      nobodys,
      ownedBy('17'),
    ]);
  });

  it('is nobody’s to take when there are more namings than fit', () => {
    const others = times(30, (at) => ownedBy(String(at + 100)));
    expect(labelOf(ownedBy('12'), others.slice(1))).toHaveLength(30);
    expect(labelOf(ownedBy('12'), others)).toEqual([ownedBy(null)]);
  });
});
