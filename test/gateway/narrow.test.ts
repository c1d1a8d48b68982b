import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrow } from '../../src-gateway/narrow.ts';
import { catalogueOwner } from '../../src-shared/contract/worker.ts';

const ok = (records: { owners: string[]; record: Record<string, unknown> }[], dropped = 0) =>
  ({ status: 'ok', records, dropped }) as const;
const ofCustomer = { records: 'customer' } as const;

describe('narrow', () => {
  it('lets a record of nobody out for a catalogue alone, and nothing else for that', () => {
    const records = [
      { owners: [catalogueOwner], record: { id: 1 } },
      { owners: ['12'], record: { id: 2 } },
      { owners: [catalogueOwner, '12'], record: { id: 3 } },
      { owners: [], record: { id: 4 } },
    ];
    expect(narrow(ok(records), '12', { records: 'catalogue' })).toEqual({ records: [{ id: 1 }], dropped: 3 });
    expect(narrow(ok(records), '12', ofCustomer)).toEqual({ records: [{ id: 2 }], dropped: 3 });
  });

  it('keeps records whose every owner is the mapped one', () => {
    const records = [
      { owners: ['12'], record: { id: 1 } },
      { owners: ['12', '12'], record: { id: 2 } },
    ];
    expect(narrow(ok(records, 5), '12', ofCustomer)).toEqual({ records: [{ id: 1 }, { id: 2 }], dropped: 5 });
  });

  it('drops records with no owner, another, or one beside ours', () => {
    const records = [[], ['17'], ['12', '17'], ['17', '12'], [''], ['12 '], ['012'], ['1'], ['120']].map((owners) => ({
      owners,
      record: { id: 1 },
    }));
    expect(narrow(ok(records, 1), '12', ofCustomer)).toEqual({ records: [], dropped: records.length + 1 });
  });

  it('never lets a record out that names an owner other than ours, and loses none from the count', () => {
    const record = fc.record({
      owners: fc.array(fc.constantFrom('12', '17', '', '12 ')),
      record: fc.dictionary(fc.string(), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(record), (given) => {
        const { records, dropped } = narrow(ok(given), '12', ofCustomer);
        const ours = given.filter(({ owners }) => owners.length > 0 && !owners.some((owner) => owner !== '12'));
        expect(records).toEqual(ours.map((each) => each.record));
        expect(records.length + dropped).toBe(given.length);
      }),
    );
  });
});
