import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { narrow, narrowHanging } from '../../src-connectors/narrow.ts';
import type { Naming } from '../../src-shared/model/label.ts';
import { judgeFor, ownedBy } from './labelled.ts';

const selector = { owner: 'client_id', also: ['site.client_id'] };
const judge = judgeFor('95');
const kept = (rows: readonly unknown[]) => {
  const { proven, dropped } = narrow(rows, selector, judge);
  return { ids: proven.map(({ record }) => record['id']), dropped };
};

const rowsOf = (...owners: number[]) => owners.map((client_id, at) => ({ id: at + 1, client_id }));

describe('narrow', () => {
  it('keeps the rows of the bound owner with how they name it', () => {
    expect(
      narrow(
        [
          { id: 1, client_id: 95, site: { client_id: 95 } },
          { id: 2, client_id: 96 },
        ],
        selector,
        judge,
      ),
    ).toEqual({
      proven: [{ naming: ownedBy('95'), record: { id: 1, client_id: 95, site: { client_id: 95 } } }],
      dropped: 1,
      ids: new Set(['1', '2']),
    });
  });

  it('takes a JSON double for the whole number it is', () => {
    expect(kept([JSON.parse('{"id":1,"client_id":95.0}'), JSON.parse('{"id":2,"client_id":9.5e1}')])).toEqual({
      ids: [1, 2],
      dropped: 0,
    });
  });

  it.each([
    ['a missing owner', {}],
    ['null', { client_id: null }],
    ['0', { client_id: 0 }],
    ['a negative number', { client_id: -95 }],
    ['a fraction', { client_id: 95.5 }],
    ['NaN', { client_id: Number.NaN }],
    ['text', { client_id: '95' }],
    ['text with a space', { client_id: '95 ' }],
    ['text of a double', { client_id: '95.0' }],
    ['text of an exponent', { client_id: '9.5e1' }],
    ['an array', { client_id: [95] }],
    ['an object', { client_id: { id: 95 } }],
    ['true', { client_id: true }],
    ['another owner', { client_id: 96 }],
    ['an inherited owner', Object.create({ client_id: 95 })],
    ['a second owner that differs', { client_id: 95, site: { client_id: 96 } }],
    ['a second owner of a wrong type', { client_id: 95, site: { client_id: '95' } }],
    ['a member in another case', { Client_Id: 95 }],
  ])('drops a row with %s', (_, members) => {
    const row = Object.assign(members, { id: 1 });
    expect(kept([row])).toEqual({ ids: [], dropped: 1 });
  });

  it.each([
    ['null', null],
    ['a number', 95],
    ['an array', [{ id: 1, client_id: 95 }]],
    ['a row without id', { client_id: 95 }],
    ['an id of 0', { id: 0, client_id: 95 }],
    ['an id of text', { id: '1', client_id: 95 }],
  ])('drops %s', (_, row) => expect(kept([row])).toEqual({ ids: [], dropped: 1 }));

  it('lets an absent, null or zero second owner say nothing', () => {
    expect(
      kept([
        { id: 1, client_id: 95, site: {} },
        { id: 2, client_id: 95, site: { client_id: 0 } },
        { id: 3, client_id: 95, site: null },
      ]),
    ).toEqual({
      ids: [1, 2, 3],
      dropped: 0,
    });
  });

  it('counts a repeated id once, kept or dropped', () => {
    expect(
      kept([
        { id: 1, client_id: 95 },
        { id: 1, client_id: 95 },
        { id: 2, client_id: 9 },
        { id: 2, client_id: 9 },
      ]),
    ).toEqual({ ids: [1], dropped: 1 });
  });

  it.each([
    ['first', [95, 96]],
    ['last', [96, 95]],
  ])("drops an id that comes as the owner's %s and as another's", (_, owners) => {
    expect(kept(owners.map((client_id) => ({ id: 1, client_id })))).toEqual({ ids: [], dropped: 1 });
  });

  it('takes the same id below two records for two where ids count within them', () => {
    const parent = { id: '5', naming: ownedBy('95'), selector };
    const rows = [6, 5, 7, 5].map((ticket_id) => ({ id: 1, ticket_id }));
    const hanging = { reference: 'ticket_id', isNumberedWithin: true, parent };
    const { proven, dropped } = narrowHanging(rows, hanging, judge);
    expect([proven.map(({ record }) => record), dropped]).toEqual([[{ id: 1, ticket_id: 5 }], 2]);
  });

  it('tells how each kept row names its owner, and of no other row', () => {
    const told: Naming[] = [];
    narrow(rowsOf(95, 96, 95), selector, { ...judge, kept: { add: (naming) => told.push(naming) } });
    expect(told).toEqual([ownedBy('95'), ownedBy('95')]);
  });

  it('keeps by the judgement it is given', () => {
    const { proven } = narrow(rowsOf(95, 96), selector, { ...judge, keep: () => 'whole' });
    expect(proven.map(({ naming }) => naming)).toEqual([ownedBy('95'), ownedBy('96')]);
  });

  it('never keeps a row whose owner is not exactly the number, whatever the vendor sends', () => {
    const row = fc.record(
      {
        id: fc.oneof(fc.integer(), fc.jsonValue()),
        client_id: fc.oneof(fc.constantFrom<unknown>(95, '95', 96), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.jsonValue())), (rows) => {
        for (const { record, naming } of narrow(rows, selector, judge).proven) {
          expect(record['client_id']).toBe(95);
          expect(naming).toEqual(ownedBy('95'));
        }
      }),
      { numRuns: 300 },
    );
  });
});
