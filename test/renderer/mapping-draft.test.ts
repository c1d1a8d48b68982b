import { describe, expect, it } from 'vitest';
import {
  acceptAll,
  choose,
  discard,
  type MappingRow,
  openSuggestion,
  ownerOf,
  saved,
  standingOf,
  startDraft,
  undoLast,
  undoRow,
} from '../../src-renderer/screens/mapping/draft.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';

const [amber, birch, cedar, dogwood] = ['amber', 'birch', 'cedar', 'dogwood'].map((id) => CustomerId.parse(id)) as [
  CustomerId,
  CustomerId,
  CustomerId,
  CustomerId,
];
const row = (customer: CustomerId, part: Partial<MappingRow> = {}): MappingRow => ({
  customer,
  owner: null,
  suggestion: null,
  candidates: [],
  ...part,
});
const suggested = (owner: string): Partial<MappingRow> => ({ suggestion: { owner, because: ['name'] } });
const start = () =>
  startDraft([
    row(amber, { owner: '1' }),
    row(birch, suggested('2')),
    row(cedar, suggested('3')),
    row(dogwood, { candidates: ['4', '5'] }),
  ]);
const changesOf = (draft: ReturnType<typeof start>) => Object.fromEntries(draft.changes);

describe('standingOf', () => {
  it('says how a customer stands, changes included', () => {
    const draft = start();
    expect([amber, birch, dogwood].map((id) => standingOf(draft, id))).toEqual(['mapped', 'suggested', 'ambiguous']);
    expect(standingOf(choose(draft, amber, null), amber)).toBe('unmapped');
    expect(standingOf(choose(draft, dogwood, '5'), dogwood)).toBe('mapped');
  });
});

describe('choose', () => {
  it('gives a customer its counterpart', () => {
    const draft = choose(start(), dogwood, '4');
    expect([ownerOf(draft, dogwood), changesOf(draft)]).toEqual(['4', { dogwood: '4' }]);
  });
  it('never gives one counterpart to two customers, saved or not', () => {
    const draft = start();
    expect(choose(draft, birch, '1')).toBe(draft);
    const taken = choose(draft, birch, '2');
    expect(choose(taken, cedar, '2')).toBe(taken);
  });
  it('frees what a customer had, so that another may have it', () => {
    const draft = choose(choose(start(), amber, null), birch, '1');
    expect(changesOf(draft)).toEqual({ amber: null, birch: '1' });
  });
  it('is no change when it is what is saved', () => {
    expect(changesOf(choose(choose(start(), amber, '9'), amber, '1'))).toEqual({});
  });
  it('knows only the customers of the mapping', () => {
    const draft = start();
    expect(choose(draft, CustomerId.parse('elsewhere'), '7')).toBe(draft);
  });
});

describe('openSuggestion', () => {
  it('is closed once another customer has it', () => {
    expect(openSuggestion(start(), birch)).toBe('2');
    expect(openSuggestion(choose(start(), dogwood, '2'), birch)).toBeNull();
  });
});

describe('acceptAll', () => {
  it('takes every open suggestion of those shown in one step', () => {
    const draft = acceptAll(start(), [amber, birch, cedar, dogwood]);
    expect(changesOf(draft)).toEqual({ birch: '2', cedar: '3' });
    expect(changesOf(undoLast(draft) ?? draft)).toEqual({});
    expect(changesOf(acceptAll(start(), [cedar]))).toEqual({ cedar: '3' });
  });
  it('gives what two are suggested to the first only', () => {
    const draft = startDraft([row(birch, suggested('2')), row(cedar, suggested('2'))]);
    expect(changesOf(acceptAll(draft, [birch, cedar]))).toEqual({ birch: '2' });
  });
});

describe('undoRow', () => {
  it('goes back to what is saved, but not onto what another has by now', () => {
    const freed = choose(start(), amber, null);
    expect(changesOf(undoRow(freed, amber))).toEqual({});
    const taken = choose(freed, birch, '1');
    expect(undoRow(taken, amber)).toBe(taken);
  });
});

describe('undoLast', () => {
  it('goes back step by step, over a discard too, and then no further', () => {
    const draft = discard(choose(choose(start(), birch, '2'), cedar, '3'));
    const once = undoLast(draft);
    const twice = undoLast(once ?? draft);
    const thrice = undoLast(twice ?? draft);
    expect([once, twice, thrice].map((each) => each && changesOf(each))).toEqual([
      { birch: '2', cedar: '3' },
      { birch: '2' },
      {},
    ]);
    expect(undoLast(thrice ?? draft)).toBeNull();
  });
});

describe('saved', () => {
  it('takes what was sent as the mapping and keeps what changed since', () => {
    const draft = choose(choose(start(), birch, '2'), cedar, '3');
    const sent = draft.changes;
    const after = saved(choose(choose(draft, cedar, null), dogwood, '4'), sent);
    expect(changesOf(after)).toEqual({ cedar: null, dogwood: '4' });
    expect([ownerOf(after, birch), standingOf(after, birch)]).toEqual(['2', 'mapped']);
    expect(undoLast(after)).toBeNull();
  });
});
