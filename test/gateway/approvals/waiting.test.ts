import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Claim } from '../../../src-gateway/approvals/claim.ts';
import { settle } from '../given.ts';
import { assistant, type Desk, makeDesk, minute, other } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
});
const claim = (...given: Parameters<Desk['call']>): Promise<Claim> => desk.approvals.claim(desk.call(...given));

/** Whether a call runs now: people have approved it, and its use is still to be had. */
async function runs(...given: Parameters<Desk['call']>): Promise<boolean> {
  const claimed = await claim(...given);
  return 'use' in claimed && claimed.use();
}

describe('look', () => {
  const look = async (...given: Parameters<Desk['call']>) => desk.approvals.look.claim(desk.call(...given));

  it('answers as a claim would, and asks, counts and records nothing', async () => {
    expect(await look()).toEqual({ state: 'pending' });
    expect([desk.entries, desk.told, desk.approvals.desk().approvals]).toEqual([[], [], []]);
    await claim();
    expect(await look()).toEqual({ state: 'pending', approval: 'ap-0000000000000001' });
    expect(desk.waiting().repeats).toBe(0);
    await desk.deny('ben');
    expect(await look()).toEqual({ state: 'denied', approval: 'ap-0000000000000001' });
  });

  it('says that the session or the binding is not the current one', async () => {
    const before = desk.session;
    desk.session = { ...before };
    expect(await look({ session: before })).toEqual({ state: 'changed' });
    desk.ended = () => 'Another customer is bound now.';
    expect(await look()).toEqual({ state: 'changed' });
  });

  it('says that a call waits which one person has approved, where two are needed by now', async () => {
    await claim();
    const { id } = await desk.approve('ben');
    expect(await look({ needed: 2 })).toEqual({ state: 'pending', approval: id });
    expect((await look()).state).toBe('approved');
  });

  it('says that a call is approved without using that up', async () => {
    await claim();
    await desk.approve('ben');
    expect((await look()).state).toBe('approved');
    expect(await runs()).toBe(true);
  });
});

describe('settled', () => {
  const { signal } = new AbortController();
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  /** What is answered of the call that waits once `then` has happened, and whether anything was before. */
  async function answers(then: () => unknown, until: AbortSignal = signal): Promise<readonly unknown[]> {
    let answer: boolean | undefined;
    void desk.approvals.settled(desk.waiting().id, until, 60_000).then((isWaiting) => (answer = isWaiting));
    await settle();
    const before = answer;
    await then();
    await settle();
    return [before, answer];
  }

  it.each([
    ['approved', () => desk.approve('ben')],
    ['denied', () => desk.deny('ben')],
    ['withdrawn', () => desk.approvals.withdrawAll('msp' as never, 'The policy changed.')],
  ])('waits until the call is %s, and leaves no timer behind', async (_, decide) => {
    await claim();
    expect(await answers(decide)).toEqual([undefined, false]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits on while one of two persons has approved', async () => {
    await claim({ needed: 2 });
    expect(await answers(() => desk.approve('ben'))).toEqual([undefined, undefined]);
  });

  it('answers at once for what is decided, and for what never was', async () => {
    await claim();
    const { id } = await desk.deny('ben');
    expect(await desk.approvals.settled(id, signal, 60_000)).toBe(false);
    expect(await desk.approvals.settled('ap-ffffffffffffffff' as never, signal, 60_000)).toBe(false);
  });

  it('says that it still waits when the time is over', async () => {
    await claim();
    expect(await answers(() => vi.advanceTimersByTime(59_999))).toEqual([undefined, undefined]);
    expect(await answers(() => vi.advanceTimersByTime(60_000))).toEqual([undefined, true]);
  });

  it('says so when its caller goes away, or has gone', async () => {
    await claim();
    const leaving = new AbortController();
    expect(await answers(() => leaving.abort(), leaving.signal)).toEqual([undefined, true]);
    expect(await answers(() => {}, leaving.signal)).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('ran', () => {
  it('asks nobody any more about a call that policy let run by then, and about no other', async () => {
    await claim();
    await claim({}, { id: 2 });
    const before = desk.approvals.desk().approvals;
    desk.approvals.ran(desk.call());
    expect(desk.waiting().id).toBe(before[1]?.id);
    expect(desk.told.at(-1)).toBe(1);
    desk.approvals.ran(desk.call({}, { id: 3 }));
    await desk.approvals.sweep();
    expect(desk.entries.slice(2)).toMatchObject([
      { principal: { kind: 'system' }, params: { approval: before[0]?.id, outcome: 'withdrawn' } },
    ]);
  });

  it('leaves no approval for a second time', async () => {
    await claim();
    await desk.approve('ben');
    const late = await claim();
    desk.approvals.ran(desk.call());
    expect('use' in late && late.use()).toBe(false);
    expect(await runs()).toBe(false);
  });
});

describe('changed', () => {
  /** How many waited, each time it was told in that. */
  async function told(during: () => unknown): Promise<readonly number[]> {
    desk.told.length = 0;
    await during();
    return desk.told;
  }

  it('is told at every step of a call how many wait', async () => {
    expect(await told(() => claim())).toEqual([1]);
    expect(await told(() => claim({}, { id: 2 }))).toEqual([2]);
    const [first] = desk.approvals.desk().approvals;
    if (!first) throw new Error('nobody was asked');
    expect(await told(() => desk.extend('ben', first))).toEqual([2]);
    expect(await told(() => desk.approve('ben', first, { minutes: 15, uses: 2, fixed: [] }))).toEqual([1]);
    expect(await told(() => runs())).toEqual([1]);
    expect(await told(() => runs())).toEqual([1]);
    const [standing] = desk.approvals.desk().standing;
    expect(await told(() => desk.approvals.withdrawStanding(standing?.id as never))).toEqual([1]);
    expect(await told(() => desk.deny('ben'))).toEqual([0]);
  });
});

describe('sweep', () => {
  it('ends what nobody decided in time, tells it, and records that nobody did', async () => {
    await claim();
    desk.pass(5 * minute - 1);
    await desk.approvals.sweep();
    expect(desk.waiting().state).toBe('pending');
    desk.pass(1);
    await desk.approvals.sweep();
    expect(desk.told.at(-1)).toBe(0);
    const [approval] = desk.approvals.desk().approvals;
    expect(approval).toMatchObject({
      state: 'expired',
      decided: { by: null, reason: 'Nobody decided in time.', at: '2026-11-21T12:05:00.000Z' },
    });
    expect(desk.entries.at(-1)).toEqual({
      kind: 'approval.decided',
      principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'bulkhead' },
      customer: 'ACME-1',
      tool: 'note_add',
      connector: 'halopsa',
      risk: 'write',
      policyVersion: 3,
      params: {
        approval: 'ap-0000000000000001',
        outcome: 'expired',
        reason: 'Nobody decided in time.',
        fingerprint: approval?.fingerprint,
        needed: 1,
        have: 0,
      },
    });
  });

  it('withdraws what waits, what is approved and what stands when its binding is dead', async () => {
    await claim();
    await desk.approve('ben', undefined, { minutes: 15, uses: 5, fixed: ['id'] });
    await claim({}, { id: 2 });
    await claim({ app: other }, { id: 2 });
    desk.ended = (caller) => (caller === assistant.id ? 'The client app was suspended.' : undefined);
    await desk.approvals.sweep();
    const { approvals, standing } = desk.approvals.desk();
    expect(approvals.map(({ client, state: its }) => [client, its])).toEqual([
      ['assistant', 'withdrawn'],
      ['assistant', 'withdrawn'],
      ['other', 'pending'],
    ]);
    expect(standing).toEqual([]);
    const ends = desk.entries.filter(({ params }) => params?.['outcome'] === 'withdrawn');
    expect(ends.map(({ params }) => params?.['reason'])).toEqual(Array(3).fill('The client app was suspended.'));
    desk.ended = () => undefined;
    expect(await runs()).toBe(false);
  });

  it('withdraws what the operator asked when the customer is not bound any more', async () => {
    await claim({ app: 'operator' });
    await claim();
    desk.ended = (caller) => (caller === 'operator' ? 'The customer is not bound any more.' : undefined);
    await desk.approvals.sweep();
    expect(desk.approvals.desk().approvals.map(({ client, state }) => [client, state])).toEqual([
      ['operator', 'withdrawn'],
      ['assistant', 'pending'],
    ]);
  });

  it('keeps no more of what is over than a million bytes', async () => {
    for (let id = 1; id <= 20; id += 1) {
      await claim({}, { id, note: 'x'.repeat(60_000) });
      await desk.deny('ben');
    }
    expect(desk.approvals.desk().approvals).toHaveLength(17);
  });

  it('forgets what is over after fifteen minutes, and shows the last fifty of it', async () => {
    for (let id = 1; id <= 51; id += 1) {
      await claim({}, { id });
      await desk.deny('ben');
    }
    expect(desk.approvals.desk().approvals).toHaveLength(50);
    desk.pass(15 * minute);
    expect(desk.approvals.desk().approvals).toEqual([]);
  });

  it('records an end later when it cannot be recorded now', async () => {
    await claim();
    desk.record = async () => false;
    desk.pass(5 * minute);
    await desk.approvals.sweep();
    expect(desk.entries).toHaveLength(1);
    desk.record = async () => true;
    await desk.approvals.sweep();
    await desk.approvals.sweep();
    expect(desk.entries.map(({ params }) => params?.['outcome'])).toEqual([undefined, 'expired']);
  });
});

describe('extend', () => {
  it('gives the whole time once more, ten times', async () => {
    await claim();
    for (let time = 1; time <= 10; time += 1) {
      desk.pass(4 * minute);
      expect(await desk.extend('ben')).toMatchObject({ extensions: time });
    }
    expect(desk.waiting().expiresAt).toBe('2026-11-21T12:45:00.000Z');
    await expect(desk.extend('ben')).rejects.toMatchObject({ code: 'EXTENDED_ENOUGH' });
  });

  it('gives nothing to who may not decide the call, or cannot say who they are', async () => {
    await claim();
    const asked: unknown[] = [];
    desk.may = (right, { person, isOwn }) => (asked.push([right, person.id, isOwn]), person.id !== 'amy');
    await expect(desk.extend('amy')).rejects.toMatchObject({ code: 'NOT_YOURS' });
    await expect(desk.extend('')).rejects.toMatchObject({ code: 'IDENTITY_INVALID' });
    expect(desk.waiting().extensions).toBe(0);
    await desk.extend('ben');
    expect(desk.waiting().extensions).toBe(1);
    expect(asked).toEqual([
      ['approve', 'amy', true],
      ['approve', 'ben', false],
    ]);
  });

  it('gives the first of two persons time for the second', async () => {
    await claim({ needed: 2 });
    await desk.approve('ben');
    expect(await desk.extend('ben')).toMatchObject({ extensions: 1, state: 'pending' });
  });

  it('is said with every word that follows, and not where there was none', async () => {
    await claim();
    await desk.extend('ben');
    await desk.extend('ben');
    await desk.approve('ben');
    desk.pass(5 * minute);
    await desk.approvals.sweep();
    await claim({}, { id: 2 });
    await desk.deny('ben');
    const decided = desk.entries.filter(({ kind }) => kind === 'approval.decided');
    expect(decided.map(({ params }) => [params?.['outcome'], params?.['extensions']])).toEqual([
      ['approved', 2],
      ['expired', 2],
      ['denied', undefined],
    ]);
  });

  it('refuses what is over and what there never was', async () => {
    await claim();
    const seen = desk.waiting();
    const late = desk.extend('ben', seen).catch((refused: unknown) => refused);
    desk.pass(5 * minute);
    expect(await late).toMatchObject({ code: 'APPROVAL_OVER' }); // It ended while they said who they are.
    await expect(desk.extend('ben', seen)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    const unknown = { ...seen, id: 'ap-ffffffffffffffff' as never };
    await expect(desk.extend('ben', unknown)).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' });
  });

  it('refuses what is approved, and what is of no company any more', async () => {
    await claim();
    const seen = desk.waiting();
    desk.session = undefined as never;
    await expect(desk.extend('ben', seen)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    desk.session = makeDesk().session;
    await claim({}, { id: 2 });
    const approved = await desk.approve('ben', desk.approvals.desk().approvals[1]);
    await expect(desk.extend('ben', approved)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
  });
});

describe('withdrawAll', () => {
  it('ends everything of a tenant whose enrolment changed, and of no other', async () => {
    await claim();
    await desk.approve('ben', undefined, { minutes: 15, uses: 5, fixed: ['id'] });
    await claim({}, { id: 2 });
    await desk.approvals.withdrawAll('another' as never, 'The policy changed.');
    expect(desk.approvals.desk().standing).toHaveLength(1);
    expect(desk.approvals.desk().approvals.map((each) => each.state)).toEqual(['approved', 'pending']);
    await desk.approvals.withdrawAll('msp' as never, 'The policy changed.');
    expect(desk.approvals.desk().standing).toEqual([]);
    expect(desk.approvals.desk().approvals.map((each) => each.state)).toEqual(['withdrawn', 'withdrawn']);
    expect(await runs()).toBe(false);
  });
});
