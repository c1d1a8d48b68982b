import { describe, expect, it } from 'vitest';
import { approvalEnds, approvalTrail, outcomeOf } from '../../src-renderer/screens/activity/approval-trail.ts';
import { addEntries, emptyFeed } from '../../src-renderer/screens/activity/call-feed.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { TenantId } from '../../src-shared/model/ids.ts';

const ap = 'ap-0000000000000001';
const st = 'st-0000000000000001';

const entry = (seq: number, params: Entry['params'], rest: Partial<Entry> = {}): Entry => ({
  v: 1,
  seq,
  at: '2026-11-22T10:00:00.000Z',
  tenant: TenantId.parse('northway'),
  device: 'test',
  kind: 'approval.decided',
  principal: { kind: 'technician', id: 'sam', name: 'Sam Ortiz', client: 'operator' },
  customer: 'MERI-7',
  ...(params === undefined ? {} : { params }),
  prev: '0'.repeat(64),
  leaf: 'a'.repeat(64),
  ...rest,
});
const words = (entries: readonly Entry[], id = ap) => approvalTrail(entries, id).map((step) => step.words);

describe('approvalTrail', () => {
  it('tells each step of one approval, and of no other', () => {
    expect(
      words([
        entry(1, { approval: ap, needed: 1, have: 0 }, { kind: 'approval.asked' }),
        entry(2, { approval: 'ap-0000000000000002', outcome: 'denied', reason: '' }),
        entry(3, { approval: ap, outcome: 'denied', reason: 'Use the vault.' }),
      ]),
    ).toEqual(['A person was asked', 'Denied by Sam Ortiz: Use the vault.']);
  });

  it('counts the persons where two are needed', () => {
    expect(
      words([
        entry(1, { approval: ap, needed: 2, have: 0 }, { kind: 'approval.asked' }),
        entry(2, { approval: ap, outcome: 'approved', reason: '', needed: 2, have: 1 }),
        entry(3, { approval: ap, outcome: 'approved', reason: '', needed: 2, have: 2 }),
      ]),
    ).toEqual(['Two persons were asked', 'Approved by Sam Ortiz, 1 of 2', 'Approved by Sam Ortiz, 2 of 2']);
  });

  it('tells of nobody where nobody decided', () => {
    expect(words([entry(1, { approval: ap, outcome: 'expired', reason: 'x', needed: 1, have: 0 })])).toEqual([
      'Expired, nobody decided in time',
    ]);
    expect(words([entry(1, { approval: ap, outcome: 'withdrawn', reason: 'The policy is another.' })])).toEqual([
      'Withdrawn: The policy is another.',
    ]);
  });

  it('does not say that nobody decided where somebody had approved', () => {
    expect(
      words([
        entry(1, { approval: ap, outcome: 'expired', reason: 'It was not called again in time.', needed: 1, have: 1 }),
      ]),
    ).toEqual(['Approved, but not called again in time']);
  });

  it('tells of a standing approval by its own id: who gave it, for how long, and its end', () => {
    const standing = { id: st, minutes: 15, uses: 5, fixed: ['note'] };
    expect(
      words(
        [
          entry(1, { approval: ap, outcome: 'approved', reason: '', needed: 1, have: 1, standing }),
          entry(2, {
            standing: st,
            approval: ap,
            outcome: 'withdrawn',
            reason: 'Withdrawn at this desk.',
            usesLeft: 3,
          }),
        ],
        st,
      ),
    ).toEqual(['Approved by Sam Ortiz, for 15 minutes', 'No longer approved for a while: Withdrawn at this desk.']);
  });
});

describe('approvalEnds', () => {
  it('has the last step of each approval, and no end of one that is only asked', () => {
    const ends = approvalEnds([
      entry(1, { approval: ap, needed: 1, have: 0 }, { kind: 'approval.asked' }),
      entry(2, { approval: 'ap-0000000000000002', needed: 1, have: 0 }, { kind: 'approval.asked' }),
      entry(3, { approval: ap, outcome: 'approved', reason: '', needed: 1, have: 1 }),
      entry(4, { approval: ap, outcome: 'denied', reason: '' }),
      entry(5, { standing: st, approval: ap, outcome: 'withdrawn', reason: 'Over.', usesLeft: 3 }),
    ]);
    expect([...ends]).toEqual([[ap, 'Denied by Sam Ortiz']]);
  });
});

describe('outcomeOf', () => {
  it('knows the four ends, the end of a standing approval, and nothing else', () => {
    const outcomes = ['approved', 'denied', 'expired', 'withdrawn', 'ran away', 7];
    expect(outcomes.map((outcome) => outcomeOf(entry(1, { approval: ap, outcome })))).toEqual([
      'approved',
      'denied',
      'expired',
      'withdrawn',
      null,
      null,
    ]);
    expect(outcomeOf(entry(1, { standing: st, outcome: 'expired' }))).toBe('standing');
    expect(outcomeOf(entry(1, { outcome: 'approved' }, { kind: 'call.denied' }))).toBe(null);
  });
});

describe('addEntries', () => {
  it('keeps what is told of approvals beside the calls, once each and in order', () => {
    const asked = entry(4, { approval: ap }, { kind: 'approval.asked' });
    const decided = entry(6, { approval: ap, outcome: 'approved' });
    const feed = addEntries(addEntries(addEntries(emptyFeed, [decided]), [asked, decided]), [asked]);
    expect([feed.approvals, feed.rows, feed.firstSeq, feed.lastSeq]).toEqual([[asked, decided], [], 4, 6]);
  });
});
