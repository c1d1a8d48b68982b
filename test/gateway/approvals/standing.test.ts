import { beforeEach, describe, expect, it } from 'vitest';
import { hold } from '../../../src-gateway/approvals/held-call.ts';
import { StandingApprovals, type StandingEnd } from '../../../src-gateway/approvals/standing-approvals.ts';
import type { StandingTerms } from '../../../src-shared/model/approval.ts';
import { bindingTo } from '../given.ts';
import { type Desk, makeDesk, minute, other } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
});
const claim = (...given: Parameters<Desk['call']>) => desk.approvals.claim(desk.call(...given));
const terms = (change: Partial<StandingTerms> = {}): StandingTerms => ({
  minutes: 15,
  uses: 2,
  fixed: ['id'],
  ...change,
});
const standing = () => desk.approvals.desk().standing;

async function runs(...given: Parameters<Desk['call']>): Promise<boolean> {
  const claimed = await claim(...given);
  return 'use' in claimed && claimed.use();
}

/** A call approved for a while, and made. */
async function given(change: Partial<StandingTerms> = {}): Promise<void> {
  await claim();
  await desk.approve('ben', undefined, terms(change));
  expect(await runs()).toBe(true);
}

describe('a standing approval', () => {
  it('lets calls like the approved one run, as often as it says and no more', async () => {
    await given();
    expect(standing()).toEqual([
      {
        id: 'st-0000000000000002',
        approval: 'ap-0000000000000001',
        customer: { id: 'acme', code: 'ACME-1', name: 'Acme Ltd' },
        epoch: 1,
        client: 'assistant',
        tool: 'note_add',
        title: 'note_add',
        risk: 'write',
        fixed: { id: 1 },
        free: ['customer', 'note'],
        usesLeft: 2,
        givenBy: { id: 'ben', name: 'BEN' },
        givenAt: '2026-11-21T12:00:00.000Z',
        expiresAt: '2026-11-21T12:15:00.000Z',
      },
    ]);
    expect(await claim({}, { note: 'another' })).toMatchObject({ state: 'standing', standing: 'st-0000000000000002' });
    expect(await runs({}, { note: 'another' })).toBe(true);
    expect(await runs()).toBe(true);
    expect(await runs()).toBe(false);
    expect(standing()).toEqual([]);
    expect(desk.entries.map(({ params }) => [params?.['outcome'], params?.['standing']])).toEqual([
      [undefined, undefined],
      ['approved', { id: 'st-0000000000000002', ...terms() }],
      ['expired', 'st-0000000000000002'],
      [undefined, undefined],
    ]);
  });

  it.each([
    ['the fixed argument', {}, { id: 2 }],
    ['the type of the fixed argument', {}, { id: '1' }],
    ['the client app', { app: other }, {}],
    ['the customer', { binding: bindingTo('zenith') }, {}],
    ['the epoch', { binding: bindingTo('acme', 2) }, {}],
    ['the risk', { risk: 'external' as const }, {}],
    ['that two persons are needed', { needed: 2 as const }, {}],
    ['that there is an argument more', {}, { more: 1 }],
  ])('covers no call in which %s differs', async (_, change, args) => {
    await given();
    expect((await claim(change, args)).state).toBe('pending');
  });

  it('covers no call that leaves a fixed argument out', async () => {
    await given({ fixed: ['note'] });
    expect((await claim({ arguments: { customer: 'ACME-1', id: 1 } })).state).toBe('pending');
  });

  it('covers whatever the arguments are when none is fixed', async () => {
    await given({ fixed: [] });
    expect(await runs({}, { id: 2, note: 'another' })).toBe(true);
  });

  it('covers no call that differs in one of two fixed arguments', async () => {
    await given({ fixed: ['id', 'note'] });
    expect((await claim({}, { note: 'another' })).state).toBe('pending');
    expect((await claim({ arguments: { customer: 'ACME-1', id: 1 } })).state).toBe('pending');
  });

  it('covers no call of another company, whatever else is the same', () => {
    const ends: StandingEnd[] = [];
    const all = new StandingApprovals((end) => ends.push(end));
    const moment = { at: desk.time.clock, now: desk.time.now };
    const held = hold(
      desk.call(),
      { id: 'ap-0000000000000001' as never, fingerprint: 'a'.repeat(64), ranAt: null },
      moment,
    );
    const given = { id: 'st-0000000000000002' as never, terms: terms(), by: { id: 'ben', name: 'BEN' } };
    all.give(held, given, [], moment);
    const covering = (asked = desk.call()) => all.covering(asked, 'a'.repeat(64), moment);
    expect(covering()?.id).toBe('st-0000000000000002');
    expect(covering(desk.call({ binding: bindingTo('acme', 1, 'another') }))).toBeUndefined();
    expect(ends).toEqual([]);
  });

  it('covers no other tool, and nothing under another policy version', async () => {
    await given();
    const definition = desk.session.tools.get('secret_get')?.definition;
    if (!definition) throw new Error('the fixture changed');
    expect((await claim({ definition })).state).toBe('pending');
    const { bundle } = desk.session;
    desk.session = { ...desk.session, bundle: { ...bundle, version: 4 } };
    expect((await claim()).state).toBe('pending');
  });

  it('ends with its time, also for a call that was let pass before', async () => {
    await given();
    const late = await claim();
    desk.pass(15 * minute);
    expect('use' in late && late.use()).toBe(false);
    expect((await claim()).state).toBe('pending');
    expect(standing()).toEqual([]);
    await desk.approvals.sweep();
    expect(desk.entries.filter(({ params }) => params?.['standing'] === 'st-0000000000000002')).toMatchObject([
      { principal: { kind: 'system' }, params: { outcome: 'expired', usesLeft: 2 } },
    ]);
  });

  it('lets the very call that waits run once, and nobody is asked about it any more', async () => {
    await claim({}, { note: 'another' });
    const waiting = desk.waiting();
    await claim();
    const covering = desk.approvals.desk().approvals.find(({ id }) => id !== waiting.id);
    await desk.approve('ben', covering, terms());
    expect(await runs({}, { note: 'another' })).toBe(true);
    expect(desk.approvals.desk().approvals.find(({ id }) => id === waiting.id)).toMatchObject({ state: 'withdrawn' });
    await expect(desk.approve('ben', waiting)).rejects.toThrow(expect.objectContaining({ code: 'APPROVAL_OVER' }));
    await desk.approvals.sweep();
    expect(desk.entries.at(-1)).toMatchObject({ params: { approval: waiting.id, outcome: 'withdrawn' } });
  });

  it('ends when a person withdraws it, also for a call that was let pass before', async () => {
    await given();
    const late = await claim();
    const [one] = standing();
    desk.approvals.withdrawStanding(one?.id as never);
    expect('use' in late && late.use()).toBe(false);
    expect(standing()).toEqual([]);
    await desk.approvals.sweep();
    expect(desk.entries.at(-1)).toMatchObject({
      kind: 'approval.decided',
      principal: { kind: 'system' },
      params: { standing: 'st-0000000000000002', outcome: 'withdrawn', usesLeft: 2 },
    });
    expect(() => desk.approvals.withdrawStanding(one?.id as never)).toThrow(
      expect.objectContaining({ code: 'STANDING_UNKNOWN' }),
    );
  });

  it('ends with its binding, also when that comes back', async () => {
    await given();
    const late = await claim();
    desk.ended = () => 'Another customer is bound now.';
    expect('use' in late && late.use()).toBe(false);
    void desk.approvals.sweep();
    desk.ended = () => undefined;
    expect((await claim()).state).toBe('pending');
  });

  it('does not outvote a person who denied the very call', async () => {
    await claim({}, { note: 'never this' });
    await desk.deny('ben');
    await given();
    expect((await claim({}, { note: 'never this' })).state).toBe('denied');
    expect(await runs({}, { note: 'something else' })).toBe(true);
  });

  it('does not outvote a "no" to the very call that comes after it was let pass and before it is made', async () => {
    await claim({}, { note: 'never this' });
    const never = desk.waiting();
    await claim();
    const covering = desk.approvals.desk().approvals.find(({ id }) => id !== never.id);
    await desk.approve('ben', covering, terms());
    const late = await claim({}, { note: 'never this' });
    await desk.deny('cleo', never);
    expect(late.state === 'standing' && late.use()).toBe(false);
    expect(standing()).toMatchObject([{ usesLeft: 2 }]);
  });

  it('ends with a "no" to the call it was given with, and only that one does', async () => {
    await claim();
    const first = await desk.approve('ben', undefined, terms());
    await claim({}, { id: 2 });
    await desk.approve('ben', undefined, terms());
    const late = await claim({}, { note: 'another' });
    await desk.deny('cleo', first, 'Not to them.');
    expect(late.state === 'standing' && late.use()).toBe(false);
    expect(standing()).toMatchObject([{ fixed: { id: 2 } }]);
    await desk.approvals.sweep();
    expect(desk.entries.at(-1)).toMatchObject({
      principal: { kind: 'technician', id: 'cleo' },
      params: { approval: first.id, outcome: 'withdrawn', reason: 'Not to them.', desk: 'amy', usesLeft: 2 },
    });
  });

  it('is ended by a "no" to its call after that ran, which cannot be denied any more', async () => {
    await given();
    const [ran] = desk.approvals.desk().approvals;
    await expect(desk.deny('', ran)).rejects.toMatchObject({ code: 'IDENTITY_INVALID' });
    desk.may = () => false;
    await expect(desk.deny('cleo', ran)).rejects.toMatchObject({ code: 'NOT_YOURS' });
    expect(standing()).toHaveLength(1);
    desk.may = () => true;
    await expect(desk.deny('cleo', ran)).rejects.toMatchObject({ code: 'STANDING_ENDED' });
    await expect(desk.approve('cleo', ran)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    expect(standing()).toEqual([]);
    expect(desk.approvals.desk().approvals[0]).toMatchObject({ state: 'approved', isUsed: true });
    await desk.approvals.sweep();
    expect(desk.entries.at(-1)?.params).toMatchObject({ reason: 'The approval it was given with was taken back.' });
  });

  it('takes with it the very call that is asked about anew, when a "no" ends it', async () => {
    await given();
    const [ran] = desk.approvals.desk().approvals;
    await claim({ needed: 2 });
    const anew = desk.waiting();
    await expect(desk.deny('cleo', ran)).rejects.toMatchObject({ code: 'STANDING_ENDED' });
    await expect(desk.approve('ben', anew)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    expect(await claim({ needed: 2 })).toEqual({ state: 'denied', approval: ran?.id });
  });

  it('is refused for what destroys, where two persons are needed, and for arguments the call does not have', async () => {
    const refused = expect.objectContaining({ code: 'STANDING_REFUSED' });
    await claim({ risk: 'destructive' });
    expect(desk.waiting().mayStand).toBe(false);
    await expect(desk.approve('ben', undefined, terms())).rejects.toThrow(refused);
    await desk.deny('ben');
    await claim({ needed: 2 }, { id: 2 });
    expect(desk.waiting().mayStand).toBe(false);
    await expect(desk.approve('ben', undefined, terms())).rejects.toThrow(refused);
    await desk.deny('ben');
    await claim({}, { id: 3 });
    await expect(desk.approve('ben', undefined, terms({ fixed: ['colour'] }))).rejects.toThrow(refused);
    await expect(desk.approve('ben', undefined, terms({ fixed: ['constructor'] }))).rejects.toThrow(refused);
    expect(desk.waiting().approvedBy).toEqual([]);
    expect(standing()).toEqual([]);
  });

  it('is refused with what is in the way, and with no more of a name than a person reads', async () => {
    const refused = async (...call: Parameters<Desk['call']>): Promise<string> => {
      await claim(...call);
      const refusal = await desk
        .approve('ben', undefined, terms({ fixed: ['x'.repeat(80)] }))
        .catch((no: unknown) => no);
      await desk.deny('ben');
      return refusal instanceof Error ? refusal.message : '';
    };
    expect(await refused({ risk: 'destructive' })).toContain('destroys');
    expect(await refused({ needed: 2 }, { id: 2 })).toContain('Two persons');
    expect(await refused({}, { id: 3 })).toMatch(/[^x]x{40}[^x]/);
  });

  it('is refused for a secret, which nobody sees and nothing keeps', async () => {
    const known = desk.session.tools.get('note_add');
    if (!known) throw new Error('the fixture changed');
    const tools = new Map(desk.session.tools).set('note_add', { ...known, secrets: new Set(['note']) });
    desk.session = { ...desk.session, tools };
    await claim();
    await expect(desk.approve('ben', undefined, terms({ fixed: ['note'] }))).rejects.toThrow(
      expect.objectContaining({ code: 'STANDING_REFUSED' }),
    );
  });

  it('is refused to whom policy lets approve one call only', async () => {
    desk.may = (right) => right === 'approve';
    await claim();
    expect(desk.waiting().mayStand).toBe(false);
    await expect(desk.approve('ben', undefined, terms())).rejects.toThrow(
      expect.objectContaining({ code: 'NOT_YOURS' }),
    );
    expect((await desk.approve('ben')).state).toBe('approved');
  });

  it('is refused while fifty of them hold', async () => {
    for (let id = 1; id <= 50; id += 1) {
      await claim({}, { id });
      await desk.approve('ben', undefined, terms());
      expect(await runs({}, { id })).toBe(true);
    }
    await claim({}, { id: 51 });
    await expect(desk.approve('ben', undefined, terms())).rejects.toThrow(
      expect.objectContaining({ code: 'STANDING_REFUSED' }),
    );
  });
});
