import { describe, expect, it } from 'vitest';
import { addEntries, type CallFeed, emptyFeed } from '../../src-renderer/screens/activity/call-feed.ts';
import { type CallRow, gateCells } from '../../src-renderer/screens/activity/call-row.ts';
import { gateWords } from '../../src-renderer/parts/gate-strip.tsx';
import { type DenialCode, type GateName, gateNames } from '../../src-shared/model/denial.ts';
import type { CallResult, Entry } from '../../src-shared/model/entry.ts';
import { TenantId } from '../../src-shared/model/ids.ts';

const entry = (seq: number, kind: Entry['kind'], rest: Partial<Entry> = {}): Entry => ({
  v: 1,
  seq,
  at: '2026-11-21T14:02:11.482Z',
  tenant: TenantId.parse('northway'),
  device: 'test',
  kind,
  principal: { kind: 'technician', id: 'amy', name: 'Amy', client: 'Cursor' },
  customer: 'MERI-7',
  prev: '0'.repeat(64),
  leaf: 'a'.repeat(64),
  ...rest,
});
const stoppedAt = (code: DenialCode, gate: 'customer' | 'policy') => ({
  gates: [
    { gate: 'principal' as const, ok: true, ms: 1 },
    { gate, ok: false, code, ms: 1 },
  ],
});
const verdicts = (feed: CallFeed): (readonly [number, string])[] => feed.rows.map(({ key, verdict }) => [key, verdict]);

describe('addEntries', () => {
  it('makes one row of an intent and its outcome', () => {
    const running = addEntries(emptyFeed, [entry(1, 'call.intent')]);
    expect(verdicts(running)).toEqual([[1, 'running']]);
    expect(verdicts(addEntries(running, [entry(2, 'call.outcome', { ref: 1 })]))).toEqual([[1, 'allowed']]);
  });
  it('keeps the place of a call whose outcome comes late', () => {
    const feed = addEntries(emptyFeed, [
      entry(1, 'call.intent'),
      entry(2, 'call.intent'),
      entry(3, 'call.outcome', { ref: 1 }),
    ]);
    expect(verdicts(feed)).toEqual([
      [1, 'allowed'],
      [2, 'running'],
    ]);
  });
  it('shows a denial without an intent as its own row', () => {
    const feed = addEntries(emptyFeed, [entry(1, 'call.denied', stoppedAt('CUSTOMER_MISMATCH', 'customer'))]);
    expect(verdicts(feed)).toEqual([[1, 'denied']]);
  });
  it('denies a running call when its denial comes', () => {
    const feed = addEntries(emptyFeed, [entry(1, 'call.intent'), entry(2, 'call.denied', { ref: 1 })]);
    expect(verdicts(feed)).toEqual([[1, 'denied']]);
  });
  it('says that a call waits for a person', () => {
    const feed = addEntries(emptyFeed, [entry(1, 'call.denied', stoppedAt('APPROVAL_PENDING', 'policy'))]);
    expect(verdicts(feed)).toEqual([[1, 'asked']]);
  });
  it('denies a call of which nobody was asked because too many wait already', () => {
    const unasked = { ...stoppedAt('APPROVAL_PENDING', 'policy'), decision: { policies: ['writes-need-a-person'] } };
    const row = rowOf(entry(1, 'call.denied', unasked));
    expect([row.verdict, gateCells(row)[4]]).toEqual(['denied', 'stopped']);
    const asked = { ...unasked, decision: { policies: [], approval: 'ap-0000000000000001' } };
    expect(rowOf(entry(1, 'call.denied', asked)).verdict).toBe('asked');
  });
  it('shows a call without an outcome as interrupted after the next start, also when the start is known first', () => {
    const start = entry(5, 'app.started');
    expect(verdicts(addEntries(emptyFeed, [entry(1, 'call.intent'), start]))).toEqual([[1, 'interrupted']]);
    const later = addEntries(addEntries(emptyFeed, [start, entry(6, 'call.intent')]), [entry(1, 'call.intent')]);
    expect(verdicts(later)).toEqual([
      [1, 'interrupted'],
      [6, 'running'],
    ]);
  });
  it('joins an older page with the outcome it already has', () => {
    const newest = addEntries(emptyFeed, [entry(4, 'call.outcome', { ref: 2 })]);
    const joined = addEntries(newest, [entry(1, 'call.denied'), entry(2, 'call.intent')]);
    expect(verdicts(joined)).toEqual([
      [1, 'denied'],
      [2, 'allowed'],
    ]);
    expect(joined.rows[1]?.intent?.seq).toBe(2);
    expect([joined.firstSeq, joined.lastSeq]).toEqual([1, 4]);
  });
  it('changes nothing when entries come twice', () => {
    const entries = [entry(1, 'call.intent'), entry(2, 'call.outcome', { ref: 1 })];
    const once = addEntries(emptyFeed, entries);
    expect(addEntries(once, entries)).toEqual(once);
  });
});

const rowOf = (...entries: Entry[]): CallRow => {
  const row = addEntries(emptyFeed, entries).rows[0];
  if (row === undefined) throw new Error('no row');
  return row;
};
const passed = (...names: GateName[]) => names.map((gate) => ({ gate, ok: true, ms: 1 }));
const ended = (part: Partial<CallResult>): CallResult => ({
  status: 'ok',
  records: 0,
  dropped: 0,
  redacted: 0,
  bytes: 0,
  ms: 1,
  ...part,
});

describe('gateCells', () => {
  it('stops at the denying gate, leaves the rest ahead, and takes none before it for passed that is not recorded', () => {
    const cells = gateCells(rowOf(entry(1, 'call.denied', stoppedAt('POLICY_DENIED', 'policy'))));
    expect(cells).toEqual([
      'passed',
      'unrecorded',
      'unrecorded',
      'unrecorded',
      'stopped',
      'ahead',
      'ahead',
      'unrecorded',
    ]);
    expect(gateWords(cells)).toBe('Stopped at gate 5 of 8, Policy');
  });

  it('shows as passed what is recorded as passed, and nothing else', () => {
    const whole = entry(1, 'call.outcome', {
      customer: null,
      cross: 'CROSS-1',
      connector: 'halopsa',
      policyVersion: 1,
      gates: passed('principal', 'tenant', 'customer', 'audit'),
      result: ended({ records: 4 }),
    });
    const cells = gateCells(rowOf(whole));
    expect(cells).toEqual([
      'passed',
      'passed',
      'passed',
      'unrecorded',
      'unrecorded',
      'unrecorded',
      'unrecorded',
      'passed',
    ]);
    expect(gateWords(cells)).toBe('4 of 8 gates recorded as passed');
    expect(gateCells(rowOf(entry(1, 'call.outcome'))).every((cell) => cell === 'unrecorded')).toBe(true);
    expect(gateWords(gateCells(rowOf(entry(1, 'call.outcome', { gates: passed(...gateNames) }))))).toBe(
      'Passed all 8 gates',
    );
  });

  it('does not know how far a call came that was cut short', () => {
    const intent = entry(1, 'call.intent', { gates: passed(...gateNames.slice(0, 6)) });
    const running = gateCells(rowOf(intent));
    expect([running.slice(5), gateWords(running)]).toEqual([
      ['passed', 'ahead', 'ahead'],
      '6 of 8 gates passed so far',
    ]);
    const cut = gateCells(
      rowOf(intent, entry(2, 'call.outcome', { ref: 1, result: ended({ status: 'interrupted' }) })),
    );
    expect([cut.slice(5), gateWords(cut)]).toEqual([
      ['passed', 'unrecorded', 'unrecorded'],
      '6 of 8 gates recorded as passed',
    ]);
  });
});

describe('callRow', () => {
  it('calls an end that is not ok failed, where no gate said no', () => {
    expect(rowOf(entry(1, 'call.outcome', { result: ended({ status: 'VENDOR_SAID_NO' }) })).verdict).toBe('faulted');
  });
});
