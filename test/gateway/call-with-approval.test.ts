import { beforeEach, describe, expect, it } from 'vitest';
import { type Attacked, attackedDesk } from '../vectors/approval-world.ts';

let desk: Attacked;
beforeEach(async () => {
  desk = await attackedDesk();
});
const kinds = () => desk.world.entries.map(({ kind }) => kind);
const entry = (kind: string) => desk.world.entries.findLast((each) => each.kind === kind);

describe('callTool, of a call that asks for people', () => {
  it('names the rules and the approval in every entry about it', async () => {
    const asked = await desk.call();
    expect(asked).toEqual({
      denied: true,
      gate: 'policy',
      code: 'APPROVAL_PENDING',
      reason: 'This call waits for a person.',
      remedy: 'Ask the technician to decide in Bulkhead, then call again.',
      auditRef: '2',
      approval: 'ap-0000000000000001',
    });
    expect(kinds()).toEqual(['approval.asked', 'call.denied']);
    const decision = { policies: ['writes-ask'], approval: 'ap-0000000000000001' };
    expect(entry('call.denied')).toMatchObject({ decision, result: { status: 'APPROVAL_PENDING' } });
    expect(entry('call.denied')?.gates).toContainEqual({ gate: 'policy', ok: false, code: 'APPROVAL_PENDING', ms: 0 });
    await desk.approve('ben');
    await desk.call();
    expect(kinds().slice(2)).toEqual(['approval.decided', 'call.intent', 'call.outcome']);
    expect(entry('call.intent')?.decision).toEqual(decision);
    expect(entry('call.outcome')?.decision).toEqual(decision);
  });

  it('names the standing approval where it rests on one', async () => {
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 15, uses: 3, fixed: ['id'] });
    await desk.call({ note: 'another' });
    expect(entry('call.intent')?.decision).toEqual({ policies: ['writes-ask'], standing: 'st-0000000000000002' });
  });

  it('uses no approval while another gate says no', async () => {
    await desk.call();
    await desk.approve('ben');
    const { quota } = desk.world.session;
    const take = quota.take.bind(quota);
    quota.take = () => ({ ok: false, error: { limit: 'included', wait: null } }) as never;
    expect(await desk.call()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    quota.take = take;
    expect(await desk.call()).toMatchObject({ records: [{ id: 1 }] });
  });

  it('gives the quota back, and says at the gate of the policy that its approval was gone', async () => {
    await desk.call();
    await desk.approve('ben');
    const answers = await Promise.all([desk.call(), desk.call()]);
    expect(answers.filter((answer) => 'records' in answer)).toHaveLength(1);
    const late = answers.find((answer) => 'denied' in answer);
    expect(late).toMatchObject({
      code: 'APPROVAL_EXPIRED',
      gate: 'policy',
      approval: 'ap-0000000000000001',
      reason: 'The approval of this call is used up or over.',
    });
    const denied = entry('call.denied');
    expect(denied?.gates?.map(({ gate, ok }) => [gate, ok])).toEqual([
      ['principal', true],
      ['tenant', true],
      ['customer', true],
      ['entitlement', true],
      ['policy', false],
      ['audit', true],
    ]);
    expect(denied?.decision).toEqual({ policies: ['writes-ask'], approval: 'ap-0000000000000001' });
    expect(desk.world.session.quota.usage().calls).toBe(1);
  });

  it('asks nobody when that cannot be recorded', async () => {
    desk.world.refuses = ({ kind }) => kind === 'approval.asked';
    expect(await desk.call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE', gate: 'audit' });
    expect(desk.waiting()).toEqual([]);
  });

  it('is recorded in the class the company puts it in', async () => {
    await desk.call();
    expect(entry('approval.asked')?.risk).toBe('write');
  });
});
