import { describe, expect, it } from 'vitest';
import { CustomerId } from '../../../src-shared/model/ids.ts';
import { mark } from '../../../src-gateway/screen/records.ts';
import { screening } from './customers.ts';

const own = { id: 1, summary: 'Printer offline' };
const other = { id: 2, summary: 'Same as at Acme Group and at Vale' };
const deep = { id: 3, notes: [{ by: 'Sam', note: ['see acmegroup.example'] }, null, 4, true] };

describe('screenRecords', () => {
  it('only counts when the policy says flag', () => {
    const records = [own, other, deep];
    const screened = screening({ mode: 'flag' }).apply(records);
    expect(screened).toEqual({ records, flagged: 3, redacted: 0, withheld: 0 });
    expect(screened.records).toBe(records);
  });

  it('puts the mark in place when the policy says redact, however deep, and leaves the given records alone', () => {
    const before = structuredClone([own, other, deep]);
    const records = [own, other, deep];
    expect(screening().apply(records)).toEqual({
      records: [
        own,
        { id: 2, summary: `Same as at ${mark} and at ${mark}` },
        { id: 3, notes: [{ by: 'Sam', note: [`see ${mark}`] }, null, 4, true] },
      ],
      flagged: 0,
      redacted: 3,
      withheld: 0,
    });
    expect(records).toEqual(before);
  });

  it('withholds the whole record when the policy says block', () => {
    expect(screening({ mode: 'block' }).apply([own, other, deep])).toEqual({
      records: [own],
      flagged: 0,
      redacted: 0,
      withheld: 2,
    });
  });

  it('returns the very records when nothing is found', () => {
    const records = [own];
    expect(screening().apply(records).records).toBe(records);
  });

  it('withholds a record with a member named after another customer, for a name cannot be marked', () => {
    const records = [{ fields: { 'Acme Group': 'yes' } }, own];
    expect(screening().apply(records)).toEqual({ records: [own], flagged: 0, redacted: 0, withheld: 1 });
    expect(screening({ mode: 'flag' }).apply(records)).toEqual({ records, flagged: 1, redacted: 0, withheld: 0 });
  });

  it('withholds a record in which a text is nothing but another customer’s id, for a mark is no id', () => {
    const record = { companyId: '0b6c2f4e-1d3a-4c55-9e10-7a2b3c4d5e6f' };
    expect(screening().apply([record])).toEqual({ records: [], flagged: 0, redacted: 0, withheld: 1 });
    expect(screening().apply([record], 'acme-group').records).toEqual([record]);
  });

  it('withholds what is too deep to be read, whatever the policy', () => {
    let nested: unknown = 'fine';
    for (let depth = 0; depth < 80; depth += 1) nested = [nested];
    for (const mode of ['flag', 'redact', 'block'] as const) {
      expect(screening({ mode }).apply([{ nested }])).toEqual({ records: [], flagged: 0, redacted: 0, withheld: 1 });
    }
  });

  it('keeps a text within its member’s length, and no mark in half', () => {
    const { screen } = screening();
    const schema = {
      type: 'object',
      properties: {
        notes: { type: 'array', items: { type: 'object', properties: { note: { type: 'string', maxLength: 60 } } } },
      },
    };
    const screened = (note: string) => screen.apply([{ notes: [{ note }] }], CustomerId.parse('pub'), schema).records;
    expect(screened('MDG')).toEqual([{ notes: [{ note: mark }] }]);
    expect(screened('MDG, MDG, MDG and MDG')).toEqual([{ notes: [{ note: `${mark}, ${mark},  [cut]` }] }]);
    expect(screened(`${'x'.repeat(50)} MDG`)).toEqual([{ notes: [{ note: `${'x'.repeat(50)}  [cut]` }] }]);
  });

  it.each([{ maxLength: 17 }, { enum: ['as at MDG'] }, { format: 'email' }, { pattern: '.' }])(
    'withholds a record that a mark would not leave fitting %j',
    (place) => {
      const schema = { properties: { text: place } };
      const screened = screening().screen.apply([{ text: 'as at MDG' }, own], CustomerId.parse('pub'), schema);
      expect(screened).toEqual({ records: [own], flagged: 0, redacted: 0, withheld: 1 });
    },
  );

  it('reads a member called __proto__ as any other', () => {
    const record = JSON.parse('{"__proto__":{"note":"Acme Group"}}') as Record<string, unknown>;
    expect(JSON.stringify(screening().apply([record]).records)).toBe(`[{"__proto__":{"note":"${mark}"}}]`);
  });
});
