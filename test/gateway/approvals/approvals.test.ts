import { beforeEach, describe, expect, it } from 'vitest';
import type { Claim } from '../../../src-gateway/approvals/claim.ts';
import { bindingTo, settle } from '../given.ts';
import { assistant, type Desk, gate, makeDesk, minute, other } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
});
const claim = (...given: Parameters<Desk['call']>): Promise<Claim> => desk.approvals.claim(desk.call(...given));
const state = async (...given: Parameters<Desk['call']>) => (await claim(...given)).state;

/** Whether a call runs now: people have approved it, and its use is still to be had. */
async function runs(...given: Parameters<Desk['call']>): Promise<boolean> {
  const claimed = await claim(...given);
  return 'use' in claimed && claimed.use();
}

describe('claim', () => {
  it('asks people, records that before anyone can see it, and answers with a reference', async () => {
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const claimed = claim();
    await settle();
    expect(desk.approvals.desk().approvals).toEqual([]);
    expect(desk.told).toEqual([]);
    writing.resolve(true);
    expect(await claimed).toEqual({ state: 'pending', approval: 'ap-0000000000000001' });
    expect(desk.told).toEqual([1]);
    expect(desk.waiting()).toEqual({
      id: 'ap-0000000000000001',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      customer: { id: 'acme', code: 'ACME-1', name: 'Acme Ltd' },
      epoch: 1,
      client: 'assistant',
      technician: { id: 'amy', name: 'Amy Kowalski' },
      tool: 'note_add',
      title: 'note_add',
      connector: 'halopsa',
      risk: 'write',
      arguments: { customer: 'ACME-1', id: 1, note: 'hello' },
      secrets: [],
      subjects: null,
      because: [{ id: 'writes-ask', says: 'A person approves what is written.' }],
      policyVersion: 3,
      needed: 1,
      approvedBy: [],
      askedAt: '2026-11-21T12:00:00.000Z',
      expiresAt: '2026-11-21T12:05:00.000Z',
      extensions: 0,
      repeats: 0,
      ranAt: null,
      mayStand: true,
      state: 'pending',
      isUsed: false,
      decided: null,
    });
  });

  it('records who asks for what, and the rules that ask', async () => {
    await claim();
    const { fingerprint } = desk.waiting();
    expect(desk.entries).toEqual([
      {
        kind: 'approval.asked',
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'assistant' },
        customer: 'ACME-1',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        policyVersion: 3,
        params: {
          approval: 'ap-0000000000000001',
          fingerprint,
          needed: 1,
          have: 0,
        },
        body: { under: 'acme', content: { arguments: { customer: 'ACME-1', id: 1, note: 'hello' } } },
        decision: { policies: ['writes-ask'], approval: 'ap-0000000000000001' },
      },
    ]);
  });

  it('records fifty of the rules at most, and no cross-customer scope where there is none', async () => {
    const because = Array.from({ length: 51 }, (_, rule) => ({ id: `rule-${rule}`, says: '' }));
    await claim({ because });
    expect(desk.entries[0]?.decision?.policies).toEqual(because.slice(0, 50).map(({ id }) => id));
    expect(desk.entries[0]).not.toHaveProperty('cross');
  });

  it('records the cross-customer scope that the call is part of, with every word on it', async () => {
    await claim({ cross: 'CROSS-3' });
    await desk.deny('ben');
    expect(desk.entries.map(({ kind, cross }) => [kind, cross])).toEqual([
      ['approval.asked', 'CROSS-3'],
      ['approval.decided', 'CROSS-3'],
    ]);
  });

  it('asks nobody when that cannot be recorded, neither for the call nor for its twin', async () => {
    desk.record = async () => false;
    expect(await Promise.all([state(), state()])).toEqual(['unrecorded', 'unrecorded']);
    expect([desk.approvals.desk().approvals, desk.told.at(-1) ?? 0]).toEqual([[], 0]);
    await settle();
    desk.record = async () => true;
    await desk.approvals.sweep();
    expect(await state()).toBe('pending');
  });

  it('says of what it could not record that nobody was asked: it may be recorded all the same', async () => {
    desk.record = async () => false;
    await claim();
    await settle();
    desk.record = async () => true;
    await desk.approvals.sweep();
    expect(desk.entries.map(({ kind, principal, params }) => [kind, principal.kind, params])).toEqual([
      [
        'approval.decided',
        'system',
        expect.objectContaining({
          approval: 'ap-0000000000000001',
          outcome: 'withdrawn',
          reason: 'It could not be recorded that people are asked.',
        }),
      ],
    ]);
  });

  it('asks nobody while something is left to be recorded, so that nobody can have it forgotten', async () => {
    const asked: string[] = [];
    await claim();
    desk.record = async ({ kind }) => (asked.push(kind), false);
    await desk.deny('ben');
    expect(await state({}, { id: 2 })).toBe('unrecorded');
    expect((await desk.approvals.look.claim(desk.call({}, { id: 2 }))).state).toBe('unrecorded');
    expect(asked).toEqual(['approval.decided']);
    desk.record = async () => true;
    await desk.approvals.sweep();
    expect(await state({}, { id: 2 })).toBe('pending');
  });

  it('keeps one card for one call, and counts how often the AI repeats it', async () => {
    const answers = await Promise.all([claim(), claim(), claim()]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"state":"pending","approval":"ap-0000000000000001"}']),
    );
    expect(desk.waiting()).toMatchObject({ repeats: 2 });
    expect(desk.entries).toHaveLength(1);
  });

  it('lets an approved call run once, and asks anew for the next', async () => {
    await claim();
    await desk.approve('ben');
    expect(await runs()).toBe(true);
    expect(await state()).toBe('pending');
    expect(desk.waiting().id).not.toBe('ap-0000000000000001');
  });

  it('lets the first of two racing calls run and not the second', async () => {
    await claim();
    await desk.approve('ben');
    const [first, second] = await Promise.all([claim(), claim()]);
    expect([first, second].map((each) => each.state)).toEqual(['approved', 'approved']);
    expect('use' in first && first.use()).toBe(true);
    expect('use' in second && second.use()).toBe(false);
    expect('use' in first && first.use()).toBe(false);
  });

  it.each([
    ['an argument', {}, { note: 'hello ' }],
    ['an argument more', {}, { more: 1 }],
    ['an argument of another type', {}, { id: '1' }],
    ['the customer', { binding: bindingTo('zenith') }, {}],
    ['the epoch', { binding: bindingTo('acme', 2) }, {}],
    ['the client app', { app: other }, {}],
    ['who calls: the operator', { app: 'operator' as const }, {}],
  ])('takes an approval for another call when %s differs', async (_, change, args) => {
    await claim();
    await desk.approve('ben');
    expect(await state(change, args)).toBe('pending');
    expect(await runs()).toBe(true);
  });

  it('takes it for another call under another policy version, and under another tool', async () => {
    await claim();
    await desk.approve('ben');
    const tool = desk.session.tools.get('secret_get')?.definition;
    if (!tool) throw new Error('the fixture changed');
    expect(await state({ definition: tool })).toBe('pending');
    const { bundle } = desk.session;
    desk.session = { ...desk.session, bundle: { ...bundle, version: bundle.version + 1 } };
    expect(await state()).toBe('pending');
  });

  it('knows arguments whatever their order', async () => {
    await claim();
    await desk.approve('ben');
    expect(await runs({ arguments: { note: 'hello', id: 1, customer: 'ACME-1' } })).toBe(true);
  });

  it('answers a denied call with a no for fifteen minutes, and asks nobody', async () => {
    await claim();
    await desk.deny('ben', undefined, 'not today');
    desk.pass(15 * minute - 1);
    expect(await claim()).toEqual({ state: 'denied', approval: 'ap-0000000000000001' });
    expect(desk.entries.filter(({ kind }) => kind === 'approval.asked')).toHaveLength(1);
    desk.pass(1);
    expect(await state()).toBe('pending');
  });

  it('tells once that nobody decided in time, then asks anew, three times an hour at most', async () => {
    for (let round = 1; round <= 3; round += 1) {
      expect(await state()).toBe('pending');
      desk.pass(5 * minute);
      expect(await claim()).toMatchObject({ state: 'expired', isFinal: round === 3 });
    }
    expect(await claim()).toMatchObject({ state: 'expired', isFinal: true });
    desk.pass(50 * minute);
    expect(await state()).toBe('pending');
    expect(desk.entries.filter(({ kind }) => kind === 'approval.asked')).toHaveLength(4);
  });

  it('lets what was approved and not called in time expire', async () => {
    await claim();
    desk.pass(4 * minute);
    await desk.approve('ben');
    desk.pass(5 * minute - 1);
    const late = await claim();
    expect(late.state).toBe('approved');
    desk.pass(1);
    expect('use' in late && late.use()).toBe(false);
    expect(await state()).toBe('expired');
    expect(desk.entries.at(-1)).toMatchObject({
      kind: 'approval.decided',
      principal: { kind: 'system' },
      params: { outcome: 'expired', reason: 'It was not called again in time.' },
    });
  });

  it('lets nothing that was approved run once its binding is dead', async () => {
    await claim();
    await desk.approve('ben');
    const late = await claim();
    desk.ended = () => 'Another customer is bound now.';
    expect('use' in late && late.use()).toBe(false);
    desk.ended = () => undefined;
    expect('use' in late && late.use()).toBe(false);
  });

  it('gives people the whole time, however long it took to record that they are asked', async () => {
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const claimed = claim();
    await settle();
    desk.pass(6 * minute);
    void desk.approvals.sweep();
    writing.resolve(true);
    expect((await claimed).state).toBe('pending');
    expect(desk.waiting().expiresAt).toBe('2026-11-21T12:11:00.000Z');
  });

  it('tells people when the very same call ran, by one approval or by one for a while', async () => {
    await claim();
    await desk.approve('ben', undefined, { minutes: 15, uses: 1, fixed: [] });
    desk.pass(minute);
    expect(await runs()).toBe(true);
    expect(await runs({}, { id: 2 })).toBe(true);
    desk.pass(minute);
    for (const id of [1, 2, 3]) await claim({}, { id });
    const waiting = desk.approvals.desk().approvals.filter((each) => each.state === 'pending');
    expect(waiting.map(({ ranAt }) => ranAt)).toEqual(['2026-11-21T12:01:00.000Z', '2026-11-21T12:01:00.000Z', null]);
  });

  it('asks about no more than fifty calls of one client app at a time', async () => {
    for (let id = 1; id <= 50; id += 1) expect(await state({}, { id })).toBe('pending');
    expect(await claim({}, { id: 51 })).toEqual({ state: 'full' });
    expect(await state({ app: other }, { id: 51 })).toBe('pending');
    expect(desk.told.at(-1)).toBe(51);
  });

  it('asks nobody for an app whose calls were refused two hundred times', async () => {
    for (let id = 1; id <= 200; id += 1) {
      await claim({}, { id });
      await desk.deny('ben');
    }
    expect(await claim({}, { id: 201 })).toEqual({ state: 'full' });
    expect(await state({ app: other }, { id: 201 })).toBe('pending');
    desk.pass(15 * minute);
    void desk.approvals.desk();
    expect(await state({}, { id: 201 })).toBe('pending');
  });

  it('holds half a million bytes of one client app, whatever another’s calls take', async () => {
    const held = async (app: typeof other): Promise<number> => {
      let count = 0;
      for (let id = 0; id < 12; id += 1)
        if ((await state({ app }, { note: 'x'.repeat(60_000), id })) === 'pending') count += 1;
      return count;
    };
    expect([await held(assistant), await held(other)]).toEqual([8, 8]);
  });

  it('is told what changed when the session or the binding is not the current one', async () => {
    const before = desk.session;
    desk.session = { ...before };
    expect(await claim({ session: before })).toEqual({ state: 'changed' });
    desk.ended = () => 'Another customer is bound now.';
    expect(await claim()).toEqual({ state: 'changed' });
    expect(desk.entries).toEqual([]);
  });

  it('is told the same when that happens while it is recorded that people are asked', async () => {
    const writing = gate<boolean>();
    desk.record = () => writing.promise;
    const claimed = Promise.all([claim(), claim()]);
    await settle();
    desk.ended = () => 'Another customer is bound now.';
    void desk.approvals.sweep();
    writing.resolve(true);
    expect(await claimed).toEqual([{ state: 'changed' }, { state: 'changed' }]);
    expect(desk.told.every((pending) => pending === 0)).toBe(true);
  });

  it('asks anew when policy asks for two persons by now, whatever one has approved', async () => {
    await claim();
    const { id } = await desk.approve('ben');
    expect(await state({ needed: 2 })).toBe('pending');
    expect(desk.approvals.desk().approvals.find((each) => each.id === id)?.state).toBe('withdrawn');
    await desk.approve('ben');
    expect(await runs({ needed: 2 })).toBe(false);
    await desk.approve('cleo');
    expect(await runs({ needed: 2 })).toBe(true);
  });

  it('keeps no secret: neither in what people see nor in what is recorded', async () => {
    const known = desk.session.tools.get('note_add');
    if (!known) throw new Error('the fixture changed');
    const tools = new Map(desk.session.tools).set('note_add', { ...known, secrets: new Set(['note']) });
    desk.session = { ...desk.session, tools };
    await claim({}, { note: 'hunter2' });
    expect(desk.waiting().arguments).toEqual({ customer: 'ACME-1', id: 1, note: '[not recorded]' });
    expect(desk.waiting().secrets).toEqual(['note']);
    expect(JSON.stringify(desk.entries)).not.toContain('hunter2');
    await desk.approve('ben');
    expect(await runs({}, { note: 'hunter3' })).toBe(false);
    expect(await runs({}, { note: 'hunter2' })).toBe(true);
  });
});
