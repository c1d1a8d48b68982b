import { describe, expect, it } from 'vitest';
import { decidedOrder, nextWaiting, queueGroups } from '../../src-renderer/screens/approvals/queue.ts';
import { fixtureCustomers } from '../e2e/window-fixture-data.ts';
import { FixtureDesk } from '../e2e/window-fixture-desk.ts';

const looking = { kept: null, bound: null };

function desk(): FixtureDesk {
  return new FixtureDesk(fixtureCustomers(5), () => undefined);
}

const shape = (groups: ReturnType<typeof queueGroups>) =>
  groups.map(({ customer, risk, isFirst, members }) => [customer.code, risk, isFirst, members.map(({ id }) => id)]);

describe('queueGroups', () => {
  it('puts what could hurt most first within a customer, and customers by name', () => {
    const msp = desk();
    const note = msp.ask({ customer: 'meridian-dental', risk: 'write' });
    const reply = msp.ask({ customer: 'fern-legal', risk: 'external' });
    const cancel = msp.ask({ customer: 'meridian-dental', risk: 'destructive' });
    const order = msp.ask({ customer: 'meridian-dental', risk: 'spend' });
    expect(shape(queueGroups(msp.approvals, looking))).toEqual([
      ['FERN-2', 'external', true, [reply.id]],
      ['MERI-7', 'destructive', true, [cancel.id]],
      ['MERI-7', 'spend', false, [order.id]],
      ['MERI-7', 'write', false, [note.id]],
    ]);
  });

  it('puts the bound customer first', () => {
    const msp = desk();
    msp.ask({ customer: 'fern-legal' });
    msp.ask({ customer: 'meridian-dental' });
    const groups = queueGroups(msp.approvals, { kept: null, bound: 'meridian-dental' });
    expect(groups.map(({ customer }) => customer.code)).toEqual(['MERI-7', 'FERN-2']);
  });

  it('does not move a row when its time is extended, or the AI calls again', () => {
    const msp = desk();
    const first = msp.ask({ askedAgo: 60 });
    const second = msp.ask({ askedAgo: 30 });
    msp.change(first.id, { expiresAt: new Date(Date.now() + 3_600_000).toISOString(), repeats: 9, extensions: 2 });
    expect(shape(queueGroups(msp.approvals, looking))).toEqual([['MERI-7', 'write', true, [first.id, second.id]]]);
  });

  it('keeps the one on the card in its place when it ends, and no other', () => {
    const msp = desk();
    const [one, two, three] = [msp.ask({ askedAgo: 9 }), msp.ask({ askedAgo: 8 }), msp.ask({ askedAgo: 7 })];
    msp.end(one.id, 'expired');
    msp.end(two.id, 'withdrawn');
    expect(shape(queueGroups(msp.approvals, { kept: two.id, bound: null }))).toEqual([
      ['MERI-7', 'write', true, [two.id, three.id]],
    ]);
  });
});

describe('nextWaiting', () => {
  it('is the one below, then the first again, and never the same', () => {
    const msp = desk();
    const ids = [9, 8, 7].map((askedAgo) => msp.ask({ askedAgo }).id);
    const next = (id: string) => nextWaiting(queueGroups(msp.approvals, { kept: id, bound: null }), id)?.id ?? null;
    expect(ids.map(next)).toEqual([ids[1], ids[2], ids[0]]);
    msp.end(ids[1] ?? '', 'denied');
    expect(next(ids[1] ?? '')).toBe(ids[2]);
    msp.end(ids[2] ?? '', 'denied');
    msp.end(ids[0] ?? '', 'denied');
    expect(ids.map(next)).toEqual([null, null, null]);
  });
});

describe('decidedOrder', () => {
  it('has what ended, newest first', () => {
    const msp = desk();
    const [old, young, waits] = [msp.ask(), msp.ask(), msp.ask()];
    msp.end(old.id, 'approved');
    msp.end(young.id, 'denied');
    const early = { by: null, reason: '', at: '2026-11-22T08:00:00.000Z' };
    msp.change(old.id, { decided: early });
    msp.change(young.id, { decided: { ...early, at: '2026-11-22T09:00:00.000Z' } });
    expect(decidedOrder(msp.approvals).map(({ id }) => id)).toEqual([young.id, old.id]);
    expect(decidedOrder(msp.approvals)).not.toContain(waits);
  });
});
