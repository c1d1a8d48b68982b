import { beforeEach, describe, expect, it } from 'vitest';
import type { DecideQuestion } from '../../../src-gateway/policy/policy.ts';
import { settle } from '../given.ts';
import { type Desk, gate, makeDesk, minute } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
});
const claim = (...given: Parameters<Desk['call']>) => desk.approvals.claim(desk.call(...given));
const fault = (code: string): Error => expect.objectContaining({ code }) as Error;
const forAWhile = { minutes: 15 as const, uses: 2, fixed: [] };
/** The end of what was approved for a while with an approval that did not count. */
const notGiven = (approval: string) => ({
  standing: expect.stringMatching(/^st-/) as string,
  approval,
  outcome: 'withdrawn',
  reason: 'It was not given: the call was not approved after all.',
  usesLeft: 2,
});
const decided = () => desk.entries.filter(({ kind }) => kind === 'approval.decided');

async function runs(...given: Parameters<Desk['call']>): Promise<boolean> {
  const claimed = await claim(...given);
  return 'use' in claimed && claimed.use();
}

describe('decide', () => {
  it('counts an approval once it is recorded, in the name of who gave it', async () => {
    await claim();
    const { fingerprint } = desk.waiting();
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const approved = desk.approve('ben');
    await settle();
    expect(await runs()).toBe(false);
    writing.resolve(true);
    expect(await approved).toMatchObject({
      state: 'approved',
      approvedBy: [{ id: 'ben', name: 'BEN', at: '2026-11-21T12:00:00.000Z' }],
      decided: { by: { id: 'ben', name: 'BEN' }, reason: '', at: '2026-11-21T12:00:00.000Z' },
    });
    expect(decided()).toEqual([
      {
        kind: 'approval.decided',
        principal: { kind: 'technician', id: 'ben', name: 'BEN', client: 'operator' },
        customer: 'ACME-1',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        policyVersion: 3,
        params: {
          approval: 'ap-0000000000000001',
          outcome: 'approved',
          reason: '',
          fingerprint,
          needed: 1,
          have: 1,
          desk: 'amy',
        },
        decision: { policies: ['may-approve'], approval: 'ap-0000000000000001' },
      },
    ]);
    expect(await runs()).toBe(true);
  });

  it('names no desk where whoever is signed in decides', async () => {
    await claim();
    await desk.approve('amy');
    expect(decided()[0]?.params).not.toHaveProperty('desk');
  });

  it('counts no approval that cannot be recorded, and withdraws the call: it may be recorded all the same', async () => {
    await claim();
    const seen = desk.waiting();
    desk.record = async () => false;
    await expect(desk.approve('ben', seen, forAWhile)).rejects.toThrow(fault('LEDGER_UNWRITABLE'));
    const reason = 'It could not be recorded that it was approved.';
    expect(desk.approvals.desk()).toMatchObject({
      approvals: [{ state: 'withdrawn', approvedBy: [], decided: { by: null, reason } }],
      standing: [],
    });
    await expect(desk.approve('ben', seen)).rejects.toThrow(fault('APPROVAL_OVER'));
    await settle();
    desk.record = async () => true;
    await desk.approvals.sweep();
    expect(decided().map(({ params }) => params)).toEqual([
      expect.objectContaining({ approval: seen.id, outcome: 'withdrawn', reason, have: 0 }),
      notGiven(seen.id),
    ]);
    expect((await claim()).state).toBe('pending');
    expect(await runs()).toBe(false);
  });

  it('counts a denial that cannot be recorded, and records it later', async () => {
    await claim();
    const seen = desk.waiting();
    await desk.approve('ben');
    desk.record = async () => false;
    expect(await desk.deny('cleo', seen, 'not this one')).toMatchObject({
      state: 'denied',
      decided: { by: { id: 'cleo' }, reason: 'not this one' },
    });
    expect((await claim()).state).toBe('denied');
    desk.record = async () => true;
    await desk.approvals.sweep();
    expect(decided().map(({ principal, params }) => [principal.id, params?.['outcome'], params?.['have']])).toEqual([
      ['ben', 'approved', 1],
      ['cleo', 'denied', 1],
    ]);
  });

  it('lets a denial count while an approval is being recorded, which then gives nothing', async () => {
    await claim();
    const seen = desk.waiting();
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const approved = desk.approve('ben', seen, forAWhile).catch((refused: unknown) => refused);
    await settle();
    const denied = desk.deny('cleo', seen);
    await settle();
    expect(desk.approvals.desk().approvals).toMatchObject([{ state: 'denied', decided: { by: { id: 'cleo' } } }]);
    writing.resolve(true);
    expect(await approved).toMatchObject({ code: 'APPROVAL_OVER' });
    expect(await denied).toMatchObject({ state: 'denied' });
    await desk.approvals.sweep();
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['approved', 'denied', 'withdrawn']);
    expect(decided().at(-1)?.params).toEqual(notGiven(seen.id));
    expect(desk.approvals.desk().standing).toEqual([]);
    expect((await claim()).state).toBe('denied');
  });

  it('ends a call once that was denied while an approval could not be recorded', async () => {
    await claim();
    const seen = desk.waiting();
    const writing = gate<boolean>();
    desk.record = ({ params }) => (params?.['outcome'] === 'approved' ? writing.promise : Promise.resolve(true));
    const approved = desk.approve('ben', seen).catch((refused: unknown) => refused);
    await settle();
    const denied = desk.deny('cleo', seen);
    writing.resolve(false);
    expect([await approved, await denied]).toMatchObject([{ code: 'APPROVAL_OVER' }, { state: 'denied' }]);
    await desk.approvals.sweep();
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['denied']);
  });

  it('asks policy about exactly this call and this person, and whether the AI acts in their name', async () => {
    await claim();
    const asked: [string, DecideQuestion][] = [];
    desk.may = (right, question) => asked.push([right, question]) > 0;
    await desk.approve('amy', undefined, { minutes: 15, uses: 1, fixed: [] });
    const question = {
      person: { id: 'amy', roles: ['technician'] },
      customer: 'acme',
      tool: 'note_add',
      connector: 'halopsa',
      risk: 'write',
      client: 'assistant',
      isOwn: true,
      now: desk.time.now,
    };
    expect(asked).toEqual([
      ['approve', question],
      ['stand', question],
    ]);
  });

  it('takes neither word from who may not approve it, and so not from whom it would be their own', async () => {
    await claim();
    desk.may = (_, { isOwn }) => !isOwn;
    await expect(desk.approve('amy')).rejects.toThrow(fault('NOT_YOURS'));
    await expect(desk.deny('amy')).rejects.toThrow(fault('NOT_YOURS'));
    expect(decided()).toEqual([]);
    expect((await desk.approve('ben')).state).toBe('approved');
  });

  it('takes nothing from who cannot prove themselves', async () => {
    await claim();
    await expect(desk.approve('')).rejects.toThrow(fault('IDENTITY_INVALID'));
  });

  it('refuses what was not the call on the screen', async () => {
    await claim();
    const seen = desk.waiting();
    await expect(desk.approve('ben', { ...seen, fingerprint: 'f'.repeat(64) })).rejects.toThrow(
      fault('APPROVAL_CHANGED'),
    );
    await expect(desk.approve('ben', { ...seen, fingerprint: '' })).rejects.toThrow(fault('APPROVAL_CHANGED'));
    expect(desk.waiting().approvedBy).toEqual([]);
  });

  it('refuses what never was, what is decided, and what has expired', async () => {
    await claim();
    const seen = desk.waiting();
    await expect(desk.approve('ben', { ...seen, id: 'ap-ffffffffffffffff' as never })).rejects.toThrow(
      fault('APPROVAL_UNKNOWN'),
    );
    desk.pass(5 * minute);
    await expect(desk.approve('ben', seen)).rejects.toThrow(fault('APPROVAL_OVER'));
    await claim();
    await claim();
    const again = desk.waiting();
    await desk.deny('ben');
    await expect(desk.approve('cleo', again)).rejects.toThrow(fault('APPROVAL_OVER'));
  });

  it('knows no call before it is on the disk that people are asked', async () => {
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const claimed = claim();
    await settle();
    const unseen = { id: 'ap-0000000000000001', fingerprint: 'f'.repeat(64) } as never;
    await expect(desk.approve('ben', unseen)).rejects.toThrow(fault('APPROVAL_UNKNOWN'));
    await expect(desk.deny('ben', unseen)).rejects.toThrow(fault('APPROVAL_UNKNOWN'));
    writing.resolve(true);
    expect((await claimed).state).toBe('pending');
  });

  it('refuses what lost its binding or its company just now', async () => {
    await claim();
    const seen = desk.waiting();
    desk.session = undefined as never;
    await expect(desk.approve('ben', seen)).rejects.toThrow(fault('APPROVAL_OVER'));
    desk.ended = () => 'Another customer is bound now.';
    await expect(desk.approve('ben', seen)).rejects.toThrow(fault('APPROVAL_OVER'));
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['withdrawn']);
  });

  it('records the word of the first of two persons at once, and not the second’s who came too late', async () => {
    await claim();
    const seen = desk.waiting();
    const both = await Promise.allSettled([desk.deny('ben', seen), desk.approve('cleo', seen)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(decided().map(({ principal }) => principal.id)).toEqual(['ben']);
  });

  it('names the rules that let a person approve for a while, and those that let them approve', async () => {
    await claim();
    await desk.approve('ben', undefined, { minutes: 15, uses: 1, fixed: [] });
    expect(decided()[0]?.decision?.policies).toEqual(['may-approve', 'may-stand']);
  });

  it('takes a no whatever terms come with it, and gives nothing for a while', async () => {
    await claim({ risk: 'destructive' });
    const { id, fingerprint } = desk.waiting();
    const standing = { minutes: 15 as const, uses: 1, fixed: ['colour'] };
    const no = { id, fingerprint, identity: 'ben', decision: 'deny' as const, reason: '', standing };
    expect((await desk.approvals.decide(no)).state).toBe('denied');
    expect(decided()[0]?.params).not.toHaveProperty('standing');
    expect(desk.approvals.desk().standing).toEqual([]);
  });

  it('does not count an approval whose call expired while it was recorded, and says so after it', async () => {
    await claim();
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const approved = desk.approve('ben').catch((refused: unknown) => refused);
    await settle();
    desk.pass(5 * minute);
    void desk.approvals.sweep();
    await settle();
    writing.resolve(true);
    expect(await approved).toMatchObject({ code: 'APPROVAL_OVER' });
    await desk.approvals.sweep();
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['approved', 'expired']);
    expect(await runs()).toBe(false);
  });

  it('does not count one whose binding died while it was recorded, and says so after it', async () => {
    await claim();
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const approved = desk.approve('ben').catch((refused: unknown) => refused);
    await settle();
    desk.ended = () => 'Another customer is bound now.';
    const swept = desk.approvals.sweep();
    writing.resolve(true);
    expect(await approved).toMatchObject({ code: 'APPROVAL_OVER' });
    await swept;
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['approved', 'withdrawn']);
    desk.ended = () => undefined;
    expect(await runs()).toBe(false);
  });

  it('keeps a denial and its reason for people, who denied it included', async () => {
    await claim();
    expect(await desk.deny('ben', undefined, 'ask the customer first')).toMatchObject({
      state: 'denied',
      decided: { by: { id: 'ben', name: 'BEN' }, reason: 'ask the customer first' },
    });
    expect(decided()[0]?.params).toMatchObject({ outcome: 'denied', reason: 'ask the customer first', have: 0 });
    expect(desk.entries).toHaveLength(2);
  });

  it('takes an approval back until the call runs, and no longer', async () => {
    await claim();
    const seen = desk.waiting();
    await desk.approve('ben');
    const passed = await claim();
    expect(await desk.deny('cleo', seen)).toMatchObject({
      state: 'denied',
      isUsed: false,
      decided: { by: { id: 'cleo' } },
    });
    expect('use' in passed && passed.use()).toBe(false);
    expect((await claim()).state).toBe('denied');
    expect(decided().map(({ params }) => params?.['outcome'])).toEqual(['approved', 'denied']);

    await claim({}, { id: 2 });
    const other = desk.waiting();
    await desk.approve('ben');
    await expect(desk.approve('cleo', other)).rejects.toThrow(fault('APPROVAL_OVER'));
    expect(await runs({}, { id: 2 })).toBe(true);
    await expect(desk.deny('cleo', other)).rejects.toThrow(fault('APPROVAL_OVER'));
    expect(desk.approvals.desk().approvals.find(({ id }) => id === other.id)).toMatchObject({
      state: 'approved',
      isUsed: true,
    });
  });

  it('lets no call run on what is being taken back', async () => {
    await claim();
    const seen = desk.waiting();
    await desk.approve('ben');
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const denied = desk.deny('ben', seen);
    await settle();
    expect(await runs()).toBe(false);
    writing.resolve(true);
    expect(await denied).toMatchObject({ state: 'denied' });
  });

  describe('where two persons are needed', () => {
    const two = { needed: 2 as const };

    it('lets it run when both have approved, and not before', async () => {
      await claim(two);
      expect(await desk.approve('ben')).toMatchObject({ state: 'pending', approvedBy: [{ id: 'ben' }], decided: null });
      expect(await runs(two)).toBe(false);
      expect(await desk.approve('cleo')).toMatchObject({ state: 'approved', decided: { by: { id: 'cleo' } } });
      expect(await runs(two)).toBe(true);
      expect(decided().map(({ params }) => params?.['have'])).toEqual([1, 2]);
    });

    it('takes no one twice, also not at the same moment', async () => {
      await claim(two);
      const seen = desk.waiting();
      const both = await Promise.allSettled([desk.approve('ben', seen), desk.approve('ben', seen)]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      await expect(desk.approve('ben')).rejects.toThrow(fault('SAME_PERSON'));
      expect(await runs(two)).toBe(false);
    });

    it('counts the operator who makes the call as one of them, and only as one', async () => {
      const own = { ...two, app: 'operator' as const, present: { id: 'amy', name: 'Amy Kowalski' } };
      await claim(own);
      expect(desk.waiting().approvedBy).toMatchObject([{ id: 'amy' }]);
      await expect(desk.approve('amy')).rejects.toThrow(fault('SAME_PERSON'));
      await desk.approve('ben');
      expect(await runs(own)).toBe(true);
    });

    it('lets either deny it, the first who approved included', async () => {
      await claim(two);
      await desk.approve('ben');
      expect((await desk.deny('ben')).state).toBe('denied');
      expect(await runs(two)).toBe(false);
    });
  });
});

describe('whoMayApprove', () => {
  const people = ['amy', 'ben', 'cleo'].map((id) => ({ id, roles: [`role of ${id}`] }));

  it('asks policy of each as if they decided, and leaves out who approved already', async () => {
    await claim({ needed: 2 });
    const asked: unknown[] = [];
    desk.may = (right, { person, isOwn, customer }) => (asked.push([right, person, isOwn, customer]), !isOwn);
    expect(desk.approvals.whoMayApprove(desk.waiting().id, people)).toEqual(['ben', 'cleo']);
    expect(asked.slice(0, 2)).toEqual([
      ['approve', people[0], true, 'acme'],
      ['approve', people[1], false, 'acme'],
    ]);
    await desk.approve('ben');
    expect(desk.approvals.whoMayApprove(desk.waiting().id, people)).toEqual(['cleo']);
  });

  it('knows nobody for a call that waits no more', async () => {
    await claim();
    const { id } = desk.waiting();
    await desk.approve('ben');
    expect(() => desk.approvals.whoMayApprove(id, people)).toThrow(fault('APPROVAL_OVER'));
    expect(() => desk.approvals.whoMayApprove('ap-ffffffffffffffff' as never, people)).toThrow(
      fault('APPROVAL_UNKNOWN'),
    );
  });
});
