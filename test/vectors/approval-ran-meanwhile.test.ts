// A call waits, runs otherwise, and its card goes on waiting: approved, the very same call would run a second time, though nobody
// was told that it ran.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { bundleOf } from '../gateway/enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { issuer, makeWorld, okAnswer } from '../gateway/world.ts';
import { attackedDesk, minute } from './approval-world.ts';

describe('a waiting call that ran by a standing approval', () => {
  it('does not wait for a yes any more', async () => {
    const desk = await attackedDesk();
    await desk.call({ note: 'send it' });
    await desk.call({ note: 'like it' });
    const [first, second] = desk.waiting();
    await desk.approve('ben', second, { minutes: 15, uses: 2, fixed: [] });
    expect(await desk.call({ note: 'send it' })).toMatchObject({ records: [{ id: 1 }] });
    expect(desk.waiting()).toEqual([]);
    expect(desk.world.approvals.desk().approvals.find(({ id }) => id === first?.id)).toMatchObject({
      state: 'withdrawn',
      decided: { by: null, reason: 'The call ran by a standing approval.' },
    });
    await expect(desk.approve('ben', first)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
  });

  it('runs once for one standing approval of one use', async () => {
    const desk = await attackedDesk();
    await desk.call({ note: 'send it' });
    await desk.call({ note: 'like it' });
    const [first, second] = desk.waiting();
    await desk.approve('ben', second, { minutes: 15, uses: 1, fixed: [] });
    await desk.call({ note: 'send it' });
    await desk.approve('ben', first).catch(() => {});
    await desk.call({ note: 'send it' });
    expect(desk.ran()).toBe(1);
  });
});

describe('a waiting call that policy lets run by now', () => {
  it('does not wait for a yes any more', async () => {
    const policies = {
      'by-day': `permit (principal, action == Bulkhead::Action::"write", resource)
        when { context.approvals >= 1 || context.minute >= 721 };`,
    };
    const world = await makeWorld({ enrolment: await issuer.enrol({ bundle: bundleOf({ policy: { policies } }) }) });
    world.worker = async (call) => okAnswer([call.owner, 1]);
    await world.scope.replace(msp, [clientOf()], bindingTo('acme', 1));
    const call = () => callTool(callOf('note_add', { id: 1, note: 'send it' }), world.powers, never);
    expect(await call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    world.now += minute;
    world.clock += minute;
    expect(await call()).toMatchObject({ records: [{ id: 1 }] });
    expect(world.approvals.desk().approvals).toMatchObject([
      { state: 'withdrawn', decided: { by: null, reason: 'Policy let the call run by then.' } },
    ]);
  });
});

describe('a call that ran by a person’s word and is asked about again', () => {
  it('says when it ran, for an hour', async () => {
    const desk = await attackedDesk();
    await desk.call();
    expect(desk.waiting()).toMatchObject([{ ranAt: null }]);
    await desk.approve('ben');
    await desk.call();
    desk.pass(10 * minute);
    await desk.call();
    expect(desk.waiting()).toMatchObject([{ ranAt: '2026-11-21T12:00:00.000Z' }]);
    await desk.call({ note: 'another' });
    expect(desk.waiting()).toMatchObject([{}, { ranAt: null }]);
    desk.pass(51 * minute);
    await desk.call(); // Hears that nobody decided.
    await desk.call();
    expect(desk.waiting()).toMatchObject([{ ranAt: null }]);
  });
});
