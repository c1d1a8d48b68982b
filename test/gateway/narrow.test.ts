import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { narrow } from '../../src-gateway/narrow.ts';
import { LabelledRecord } from '../../src-shared/contract/worker.ts';
import type { Label, Naming } from '../../src-shared/model/label.ts';
import { nobodys, ownedBy } from '../connectors/labelled.ts';

const answerOf = (labels: readonly Label[], dropped = 0) =>
  ({ status: 'ok', records: labels.map((label, at) => ({ label, record: { id: at } })), dropped }) as const;
const ofCustomer = { records: 'customer' } as const;
/** Whether a record with this label leaves, for a tool whose records are a customer's. */
const leaves = (label: Label, records: 'customer' | 'catalogue' = 'customer'): boolean =>
  narrow(answerOf([label]), '12', { records }).records.length === 1;

const below = (changed: object = {}): Naming => ({
  by: 'parent',
  owners: [],
  nested: [],
  refersTo: { id: '5' },
  parent: { id: '5', naming: { by: 'owner', owners: ['12'], nested: [] } },
  ...changed,
});
const parentOf = (naming: Naming, more: object = {}) => ({ parent: { id: '5', naming, ...more } });

describe('narrow', () => {
  it('keeps the records that are the mapped customer’s and counts the others', () => {
    const labels = [[ownedBy('12')], [ownedBy('17')], [ownedBy('12'), ownedBy('12')]];
    expect(narrow(answerOf(labels, 5), '12', ofCustomer)).toEqual({ records: [{ id: 0 }, { id: 2 }], dropped: 6 });
  });

  it('lets a record of nobody out for a catalogue alone, and nothing else for that', () => {
    expect([leaves([nobodys], 'catalogue'), leaves([nobodys])]).toEqual([true, false]);
    expect([leaves([ownedBy('12')], 'catalogue'), leaves([nobodys, ownedBy('12')], 'catalogue')]).toEqual([
      false,
      false,
    ]);
    expect(leaves([{ ...nobodys, owners: ['12'] }], 'catalogue')).toBe(false);
    expect(leaves([{ ...nobodys, owners: [null] }], 'catalogue')).toBe(false);
  });

  it('lets what is nobody’s into a customer’s record, but not be one', () => {
    expect(leaves([ownedBy('12'), nobodys])).toBe(true);
    expect(leaves([nobodys, ownedBy('12')])).toBe(false);
  });

  it.each([
    ['no owner', []],
    ['another', ['17']],
    ['one beside ours', ['12', '17']],
    ['ours beside one', ['17', '12']],
    ['an odd one', [null]],
    ['an odd one beside ours', ['12', null]],
    ['empty text', ['']],
    ['ours with a space', ['12 ']],
    ['ours with a zero', ['012']],
    ['a part of ours', ['1']],
    ['more than ours', ['120']],
  ])('drops a record that names %s', (_, owners) => {
    expect(leaves([ownedBy(...owners)])).toBe(false);
    expect(leaves([ownedBy('12'), ownedBy(...owners)])).toBe(false);
    expect(leaves([below(parentOf(ownedBy(...owners)))])).toBe(false);
  });

  it.each([['17'], [null]])('drops a record with %s nested anywhere in it', (named) => {
    expect(leaves([{ ...ownedBy('12'), nested: ['12', named] }])).toBe(false);
    expect(leaves([ownedBy('12'), { ...nobodys, nested: [named] }])).toBe(false);
    expect(leaves([below({ nested: [named] })])).toBe(false);
    expect(leaves([{ ...ownedBy('12'), nested: ['12'] }])).toBe(true);
  });

  it('takes a reader’s record whoever else reads it, and no one else’s', () => {
    const released = (...owners: string[]): Naming => ({ by: 'readers', owners, nested: [] });
    expect([leaves([released('17', '12')]), leaves([released('17')]), leaves([released()])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('takes a row that hangs on a record of ours', () => {
    expect(leaves([below()])).toBe(true);
    expect(leaves([below({ owners: ['12'] })])).toBe(true);
    const asset = { refersTo: { kind: 'Asset', id: '5' }, ...parentOf(ownedBy('12'), { kind: 'Asset' }) };
    expect(leaves([below(asset)])).toBe(true);
  });

  it.each([
    ['hangs on another record', { refersTo: { id: '6' } }],
    ['hangs on none', { refersTo: { id: null } }],
    ['hangs on none, as does the record', { refersTo: { id: null }, ...parentOf(ownedBy('12'), { id: null }) }],
    ['names another owner', { owners: ['17'] }],
    ['names an odd one', { owners: [null] }],
    ['is below another customer’s record', parentOf(ownedBy('17'))],
    ['is below a record of nobody', parentOf(nobodys)],
    [
      'is below a record of another kind',
      { refersTo: { kind: 'Article', id: '5' }, ...parentOf(ownedBy('12'), { kind: 'Asset' }) },
    ],
    ['tells no kind', parentOf(ownedBy('12'), { kind: 'Asset' })],
    ['tells a kind that was not asked for', { refersTo: { kind: 'Asset', id: '5' } }],
    ['tells an odd kind', { refersTo: { kind: null, id: '5' }, ...parentOf(ownedBy('12'), { kind: null }) }],
  ])('drops a row that %s', (_, changed) => {
    expect(leaves([below(changed)])).toBe(false);
  });

  it.each([
    ['an empty label', []],
    ['a naming that is unknown', [{ by: 'trust', owners: ['12'], nested: [] }]],
  ])('drops a record with %s', (_, label) => {
    expect(leaves(label as unknown as Label)).toBe(false);
  });

  it('never lets a record out that names anyone but ours, and loses none from the count', () => {
    const owners = fc.array(fc.constantFrom('12', '17', null, '12 '), { maxLength: 3 });
    const naming = fc.record({ by: fc.constantFrom('owner', 'nobody'), owners, nested: owners });
    fc.assert(
      fc.property(fc.array(fc.array(naming, { maxLength: 3 })), (labels) => {
        const { records, dropped } = narrow(answerOf(labels), '12', ofCustomer);
        const named = records
          .flatMap(({ id }) => labels[Number(id)] ?? [])
          .flatMap((one) => [...one.owners, ...one.nested]);
        expect(named.filter((owner) => owner !== '12')).toEqual([]);
        expect(records.length + dropped).toBe(labels.length);
      }),
    );
  });
});

describe('the label on the wire', () => {
  const fits = (label: unknown): boolean => LabelledRecord.safeParse({ label, record: {} }).success;

  it('is one that can be judged', () => {
    expect([fits([ownedBy('12')]), fits([below(), nobodys])]).toEqual([true, true]);
  });

  it.each([
    ['missing', undefined],
    ['empty', []],
    ['no list', ownedBy('12')],
    ['of more rows than anyone looks at', Array.from({ length: 31 }, () => ownedBy('12'))],
    ['of more owners', [ownedBy(...Array.from({ length: 11 }, () => '12'))]],
    ['of an unknown kind', [{ by: 'trust', owners: ['12'], nested: [] }]],
    ['silent about what is nested', [{ by: 'owner', owners: ['12'] }]],
    ['of numbers', [{ by: 'owner', owners: [12], nested: [] }]],
    ['of more than is known', [{ ...ownedBy('12'), isOurs: true }]],
    ['below a record that itself hangs', [below(parentOf(below()))]],
    ['below no record', [below({ parent: undefined })]],
  ])('is refused when it is %s', (_, label) => expect(fits(label)).toBe(false));
});
