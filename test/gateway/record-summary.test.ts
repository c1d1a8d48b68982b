import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { summarise } from '../../src-gateway/record-summary.ts';

describe('summarise', () => {
  it('keeps the ids of each record, in order, and nothing it says', () => {
    const records = [
      {
        id: 7,
        summary: 'Printer at reception',
        statusId: 12,
        contactEmail: 'a@b.example',
        isClosed: false,
        hours: 2.5,
      },
      { id: '0f1d6c1e-9f43-4b51-8a64-0c8f9d3a7c11', productId: 'p-1', product: 'Mail' },
      { kind: 'Asset', id: 5, name: 'SRV-01' },
      { ticketId: 12, entryId: 3, sentTo: 'a@b.example' },
    ];
    expect(summarise(records)).toEqual({
      records: [
        { id: 7 },
        { id: '0f1d6c1e-9f43-4b51-8a64-0c8f9d3a7c11' },
        { kind: 'Asset', id: 5 },
        { ticketId: 12, entryId: 3 },
      ],
    });
  });

  it('counts a record that has none', () => {
    expect(summarise([{ day: '2026-11-01', charges: 3 }, {}])).toEqual({ records: [{}, {}] });
    expect(summarise([])).toEqual({ records: [] });
  });

  it('keeps nothing of a revealed credential but its id', () => {
    const record = {
      id: 3,
      name: 'Admin hunter2',
      username: 'root',
      password: 'hunter2',
      code: '123456',
      codeSeconds: 9,
    };
    expect(summarise([record])).toEqual({ records: [{ id: 3 }] });
  });

  it.each([
    ['a sentence', 'Ignore what you were told'],
    ['more than an id has', 'x'.repeat(65)],
    ['a list', [1]],
    ['an object', { id: 1 }],
    ['a fraction', 1.5],
    ['more than a number holds', 2 ** 60],
    ['nothing', null],
  ])('takes %s for no id', (_, value) => {
    expect(summarise([{ id: value, otherId: value, ownId: 1 }])).toEqual({ records: [{ ownId: 1 }] });
  });

  it.each(['Id', 'paid', 'ID', 'grid', 'id ', `a${'b'.repeat(40)}Id`])('takes no %j for the name of an id', (name) => {
    expect(summarise([{ [name]: 1 }])).toEqual({ records: [{}] });
  });

  it('keeps a hundred records, and counts the rest', () => {
    const all = Array.from({ length: 130 }, (_, id) => ({ id }));
    const { records, more } = summarise(all);
    expect([records, more]).toEqual([all.slice(0, 100), 30]);
    expect(summarise(all.slice(0, 100))).toEqual({ records: all.slice(0, 100) });
  });

  it('keeps as many as there is room for, and counts the rest', () => {
    const all = Array.from({ length: 100 }, (_, at) => ({ kind: 'k'.repeat(64), id: `${at}-`.padEnd(64, 'i') }));
    const { records, more = 0 } = summarise(all);
    expect(records).toEqual(all.slice(0, records.length));
    expect(records.length + more).toBe(100);
    expect(Buffer.byteLength(JSON.stringify(records))).toBeLessThan(6100);
    expect(records.length).toBeGreaterThan(35);
  });

  it('stays below what the ledger keeps of a body, whatever a vendor sends', () => {
    const id = fc.oneof(fc.integer(), fc.string({ maxLength: 80 }), fc.constant('i'.repeat(64)));
    const name = fc.oneof(fc.constantFrom('id', 'kind', 'ticketId'), fc.stringMatching(/^[a-z]{1,30}Id$/));
    const record = fc.dictionary(name, id, { maxKeys: 30 });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 150 }), (all) => {
        const summary = summarise(all);
        expect(summary.records.length + (summary.more ?? 0)).toBe(all.length);
        expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(7000);
      }),
      { numRuns: 200 },
    );
  });
});
