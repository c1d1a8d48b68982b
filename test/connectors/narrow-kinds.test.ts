import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import type { OwnerSelector } from '../../src-connectors/naming.ts';
import { narrow, narrowHanging } from '../../src-connectors/narrow.ts';
import { judgeFor, nobodys, ownedBy } from './labelled.ts';

const own = '2f6f7c1e-1d53-4c0e-9a55-0a1b2c3d4e5f';
const other = '99ee7c1e-1d53-4c0e-9a55-0a1b2c3d4e5f';
const thing = '0c8a7c1e-1d53-4c0e-9a55-0a1b2c3d4e5f';
const kept = (rows: readonly unknown[], selector: OwnerSelector, owner: string) => {
  const { proven, dropped } = narrow(rows, selector, judgeFor(owner));
  return { records: proven.map(({ record }) => record), dropped };
};

describe('narrow by UUID', () => {
  const selector = { owner: 'companyId', also: [], ids: 'uuid' } as const;

  it('takes upper and lower case for the same id', () => {
    const row = { id: thing, companyId: own.toUpperCase() };
    expect(kept([row], selector, own)).toEqual({ records: [row], dropped: 0 });
  });

  it.each([
    ['a number', 12],
    ['no dashes', own.replaceAll('-', '')],
    ['braces', `{${own}}`],
    ['space around it', ` ${own}`],
    ['a line break after it', `${own}\n`],
    ['the nil UUID', '00000000-0000-0000-0000-000000000000'],
    ['another', other],
    ['an array of it', [own]],
  ])('drops a row whose owner is %s', (_, companyId) => {
    expect(kept([{ id: thing, companyId }], selector, own)).toEqual({ records: [], dropped: 1 });
  });

  it('drops an id that comes in two cases under two owners', () => {
    const rows = [
      { id: thing, companyId: own },
      { id: thing.toUpperCase(), companyId: other },
    ];
    expect(kept(rows, selector, own)).toEqual({ records: [], dropped: 1 });
  });

  it('counts rows without ids one by one where a vendor gives them none', () => {
    const rows = [{ companyId: own }, { companyId: own }, { companyId: other }];
    expect(kept(rows, { ...selector, id: null }, own)).toEqual({ records: rows.slice(0, 2), dropped: 1 });
    expect(kept(rows, selector, own)).toEqual({ records: [], dropped: 3 });
  });
});

describe('narrow by readers', () => {
  const selector = { sharedWith: { list: 'access', member: 'client_id' } } as const;
  const article = (access: unknown) => ({ id: 7, access });

  it('keeps a row that was released to the owner, whoever else may read it', () => {
    const row = article([{ client_id: 17 }, { client_id: 12 }]);
    expect(narrow([row], selector, judgeFor('12')).proven).toEqual([
      { naming: { by: 'readers', owners: ['17', '12'], nested: [] }, record: row },
    ]);
  });

  it.each([
    ['no list', undefined],
    ['an empty one', []],
    ['others', [{ client_id: 17 }]],
    ['the owner as text', [{ client_id: '12' }]],
    ['bare numbers', [12]],
    ['an object', { client_id: 12 }],
    ['null in it', [null]],
  ])('drops a row with %s', (_, access) => {
    expect(kept([article(access)], selector, '12')).toEqual({ records: [], dropped: 1 });
  });
});

describe('narrow of a catalogue', () => {
  const selector = { catalogue: { mustLack: ['companyId', 'client.id'] }, ids: 'uuid' } as const;

  it('labels a row of nobody as such', () => {
    expect(narrow([{ id: thing, name: 'Backup' }], selector, judgeFor(own)).proven).toEqual([
      { naming: nobodys, record: { id: thing, name: 'Backup' } },
    ]);
  });

  it('drops a row that names any owner, the bound one included', () => {
    const rows = [
      { id: thing, companyId: own },
      { id: thing, companyId: other },
      { id: thing, client: { id: 'x' } },
    ];
    expect(kept(rows, selector, own).records).toEqual([]);
  });
});

describe('narrow inside a row', () => {
  const selector = { owner: 'client_id', also: [], within: ['client_id'] } as const;

  it('cuts out what names another owner at any depth, and counts it', () => {
    const row = {
      id: 1,
      client_id: 12,
      children: [{ id: 2, client_id: 17, note: 'theirs' }, { id: 3, client_id: 12 }, { id: 4 }],
      user: { client_id: 17, name: 'Theirs' },
      deep: { list: [{ more: { client_id: 17 } }] },
    };
    const { proven, dropped } = narrow([row], selector, judgeFor('12'));
    expect(proven.map(({ record }) => record)).toEqual([
      { id: 1, client_id: 12, children: [{ id: 3, client_id: 12 }, { id: 4 }], deep: { list: [{}] } },
    ]);
    expect(dropped).toBe(3);
  });

  it('returns a row in which nothing is cut as it was', () => {
    const row = { id: 1, client_id: 12, children: [{ client_id: 12 }], gone: null };
    expect(narrow([row], selector, judgeFor('12')).proven[0]?.record).toBe(row);
  });

  it('leaves nothing of another owner anywhere, whatever the shape', () => {
    const leaf = fc.oneof(fc.constant('own words'), fc.integer(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.record({ client_id: fc.constantFrom(12, 17, '12', 0), a: tie('tree'), b: tie('tree') }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(narrow([{ id: 1, client_id: 12, value }], selector, judgeFor('12')).proven);
        expect(text).not.toMatch(/"client_id":(?:17|"12")/);
      }),
    );
  });
});

describe('narrowHanging', () => {
  const selector = { owner: 'client_id', also: [], within: ['client_id'] } as const;
  const parent = { id: '5', naming: ownedBy('12'), selector };
  const hanging = { reference: 'ticket_id', isNumberedWithin: true, parent };

  it('tells of each row what it hangs on, by its own words and by the record’s', () => {
    const rows = [{ id: 1, ticket_id: 5 }, { id: 1, ticket_id: 6 }, { id: 2 }, { id: 3, ticket_id: '5' }];
    const refersTo = { id: '5' };
    expect(narrowHanging(rows, hanging, judgeFor('12'))).toMatchObject({
      proven: [
        {
          naming: { by: 'parent', owners: [], nested: [], refersTo, parent: { id: '5', naming: parent.naming } },
          record: { id: 1, ticket_id: 5 },
        },
      ],
      dropped: 3,
    });
  });

  it('does not believe a row that hangs on it and names another owner', () => {
    const rows = [
      { id: 1, ticket_id: 5, client_id: 17 },
      { id: 2, ticket_id: 5, client_id: 12, inside: { client_id: 17 } },
    ];
    expect(narrowHanging(rows, hanging, judgeFor('12'))).toMatchObject({
      proven: [{ naming: { owners: ['12'], nested: [] }, record: { id: 2, ticket_id: 5, client_id: 12 } }],
      dropped: 2,
    });
  });

  it('does not believe a row below a record of another customer', () => {
    const theirs = { ...parent, naming: ownedBy('17') };
    const rows = [{ id: 1, ticket_id: 5 }];
    expect(narrowHanging(rows, { ...hanging, parent: theirs }, judgeFor('12')).proven).toEqual([]);
  });

  it.each([['Article'], [null], [7], ['x'.repeat(81)]])('drops a row below a record of the kind %j', (kind) => {
    const below = { ...hanging, kind: { member: 'kind', is: 'Asset' } };
    const rows = [
      { id: 1, ticket_id: 5, kind },
      { id: 2, ticket_id: 5, kind: 'Asset' },
    ];
    const { proven } = narrowHanging(rows, below, judgeFor('12'));
    expect(proven.map(({ naming, record }) => [naming, record['id']])).toMatchObject([
      [{ refersTo: { kind: 'Asset', id: '5' }, parent: { kind: 'Asset', id: '5' } }, 2],
    ]);
  });
});
