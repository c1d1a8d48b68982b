import { describe, expect, it } from 'vitest';
import { Entry } from '../../src-shared/model/entry.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import { Book } from './book.ts';
import { judge, type Told } from './judge.ts';
import { markAsked, markId, markRecorded, markText } from './marks.ts';
import { phaseOf } from './phases.ts';
import type { Call, Ended } from './traffic.ts';
import type { Asked } from './vendor-side.ts';

const noon = Date.parse('2026-11-20T12:00:00.000Z');
const leafOf = (seq: number): string => String(seq).padStart(64, '0');
const noBodies = { bodiesOf: async () => [] };

/** An entry `ms` after noon; the rest of it as a sound ledger has it. */
function entry(seq: number, ms: number, more: Partial<Entry>): Entry {
  return Entry.parse({
    v: 1,
    seq,
    at: new Date(noon + ms).toISOString(),
    tenant: 'northway',
    device: 'device',
    kind: 'call.intent',
    principal: { kind: 'technician', id: 'amy', name: 'Amy', client: 'first' },
    customer: 'MERI-7',
    connector: 'halopsa',
    prev: leafOf(seq - 1),
    leaf: leafOf(seq),
    ...more,
  });
}
const intent = (seq: number, ms: number, mark: number) => entry(seq, ms, { params: { text: markText(mark) } });
const outcome = (seq: number, ms: number, ref: number, status = 'ok') =>
  entry(seq, ms, {
    kind: 'call.outcome',
    ref,
    result: { status, records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 0 },
  });
const lookUp = (seq: number, ms: number, mark: number) => ({ ...intent(seq, ms, mark), tool: lookUpTool });
const asked = (ms: number, mark: number | null, method = 'GET'): Asked => ({
  connector: 'halopsa',
  method,
  path: '/api/Tickets',
  at: noon + ms,
  answeredAt: noon + ms + 5,
  mark,
});
const twice = [asked(20, 7, 'POST'), asked(30, 7, 'POST')];
const call = (mark: number, end: Partial<Ended>): Call => ({
  mark,
  client: 'first',
  kind: 'read',
  from: noon,
  end: { at: noon + 90, how: 'ok', code: '', auditRef: '', ...end },
});
async function bookOf(...entries: Entry[]): Promise<Book> {
  const book = new Book();
  await book.add(entries, noBodies);
  return book;
}
async function verdict(entries: Entry[], more: Partial<Told>): Promise<string[]> {
  return judge({ book: await bookOf(...entries), asked: [], calls: [], clockSlack: 0, ...more });
}

describe('judge', () => {
  const sound = [intent(1, 10, 7), outcome(2, 40, 1)];

  it('has nothing to say of a call that was recorded, asked, recorded and answered', async () => {
    const told = { asked: [asked(20, 7)], calls: [call(7, { auditRef: '2' })] };
    expect(await verdict(sound, told)).toEqual([]);
  });

  it.each<[string, Entry[], Partial<Told>]>([
    ['a request without an intent', [], { asked: [asked(20, 7)] }],
    ['a request of another call', sound, { asked: [asked(20, 8)] }],
    ['a request before its intent', sound, { asked: [asked(9, 7)] }],
    ['a request without a mark while no call is under way', sound, { asked: [asked(9, null)] }],
    ['one that comes long after the last call', sound, { asked: [asked(6000, null)] }],
    ['a change that was sent twice', sound, { asked: [asked(20, 7, 'POST'), asked(30, 7, 'POST')] }],
    ['a request of a call while only what it acts on was looked up', [lookUp(1, 10, 7)], { asked: [asked(20, 7)] }],
    ['a change sent twice beside a look-up', [lookUp(1, 5, 7), intent(2, 10, 7)], { asked: twice }],
    ['an answer that refers to nothing', sound, { calls: [call(7, { auditRef: '3' })] }],
    ['an answer without a reference', sound, { calls: [call(7, {})] }],
    ['an answer that refers to another call', sound, { calls: [call(8, { auditRef: '2' })] }],
    ['an answer that refers to its intent', sound, { calls: [call(7, { auditRef: '1' })] }],
    [
      'an answer to what is recorded as cut short',
      [intent(1, 10, 7), outcome(2, 40, 1, 'interrupted')],
      { calls: [call(7, { auditRef: '2' })] },
    ],
    [
      'a denial that is not recorded',
      sound,
      { calls: [call(7, { how: 'denied', code: 'VENDOR_ERROR', auditRef: '2' })] },
    ],
    ['a denial without a reference', sound, { calls: [call(7, { how: 'denied', code: 'VENDOR_ERROR' })] }],
    ['a call that is never answered', sound, { calls: [call(7, { how: 'hung' })] }],
    ['two outcomes of one call', [...sound, outcome(3, 50, 1)], {}],
    ['an outcome of no call', [outcome(1, 40, 5)], {}],
  ])('complains of %s', async (_, entries, told) => {
    expect(await verdict(entries, told)).toHaveLength(1);
  });

  it('takes a call that could not be recorded, or was lost, for what it is', async () => {
    const denied = { how: 'denied', code: 'AUDIT_UNAVAILABLE' } as const;
    const calls = [call(8, denied), call(7, { ...denied, auditRef: '1' }), call(9, { how: 'lost' })];
    expect(await verdict(sound, { calls })).toEqual([]);
  });

  it('allows an answer to be withheld after it was recorded, because its binding ended', async () => {
    const withheld = { how: 'denied', code: 'CUSTOMER_CONTEXT_CHANGED', auditRef: '2' } as const;
    expect(await verdict(sound, { calls: [call(7, withheld)] })).toEqual([]);
  });

  it('allows for a clock that was set', async () => {
    expect(await verdict(sound, { asked: [asked(9, 7)], clockSlack: 1 })).toEqual([]);
  });
});

describe('Book', () => {
  it('knows which intents have no outcome', async () => {
    expect((await bookOf(intent(1, 0, 7), intent(2, 1, 8), outcome(3, 2, 1))).open).toEqual([2]);
  });

  it('says when an entry does not follow the one before', async () => {
    const gone = await bookOf(intent(1, 0, 7), intent(3, 1, 8));
    expect(gone.flaws).toEqual(['entry 3 does not follow entry 1']);
    const changed = await bookOf(intent(1, 0, 7), { ...intent(2, 1, 8), prev: leafOf(9) });
    expect(changed.flaws).toEqual(['entry 2 does not follow entry 1']);
  });

  it('opens the bodies of intents, and says when one cannot be had', async () => {
    const body = { commitment: leafOf(1), salt: '0'.repeat(32) };
    const book = new Book();
    await book.add([entry(1, 0, { body }), entry(2, 0, { body })], {
      bodiesOf: async () => [
        { seq: 1, body: { params: { id: markId(7) } }, why: null },
        { seq: 2, body: null, why: 'damaged' },
      ],
    });
    expect(book.intentsOf(7).map(({ seq }) => seq)).toEqual([1]);
    expect(book.flaws).toEqual([
      'the body of entry 2 cannot be had: damaged',
      'the intent 2 does not say what was asked',
    ]);
  });
});

describe('phaseOf', () => {
  it('tells where a call was by what each side noted', async () => {
    const book = await bookOf(intent(1, 10, 7), outcome(2, 40, 1));
    const at = (ms: number) => phaseOf(noon + ms, call(7, {}), { book, asked: [asked(20, 7)] });
    expect([5, 15, 22, 30, 45].map(at)).toEqual([
      'before the intent',
      'before the vendor',
      'at the vendor',
      'before the outcome',
      'before the answer',
    ]);
  });
});

describe('a mark', () => {
  it('is found in a query, a path, a body and recorded arguments', () => {
    expect(markAsked('/api/Tickets', `search=${markText(12)}&page=1`, '')).toBe(12);
    expect(markAsked(`/api/Tickets/${markId(13)}`, '', '')).toBe(13);
    expect(markAsked('/api/Actions', `ticket_id=${markId(14)}`, '')).toBe(14);
    expect(markAsked('/api/Actions', '', `[{"note_html":"<p>Done. ${markText(15)}</p>"}]`)).toBe(15);
    expect(markAsked('/api/Tickets/2001', 'client_id=214', '{}')).toBeNull();
    expect([{ text: markText(16) }, { id: markId(17) }, { id: 2001 }, undefined].map(markRecorded)).toEqual([
      16,
      17,
      null,
      null,
    ]);
  });
});
