// The technician switches away and back while a call waits, or just before an approved one is made. The conversation, and
// what the person at the screen meant, belong to the binding before.
import { describe, expect, it } from 'vitest';
import { attackedDesk } from './approval-world.ts';

describe('a switch, also to another customer and back', () => {
  it('withdraws what waits: it can be approved no more', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [seen] = desk.waiting();
    await desk.bind('zenith', 2);
    await desk.bind('acme', 3);
    expect(desk.waiting()).toEqual([]);
    await expect(desk.approve('ben', seen)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING', approval: 'ap-0000000000000002' });
    const ends = desk.world.entries.filter(({ kind }) => kind === 'approval.decided');
    expect(ends.map(({ params, principal }) => [principal.kind, params?.['outcome'], params?.['reason']])).toEqual([
      ['system', 'withdrawn', 'The customer is not bound any more.'],
    ]);
    expect(desk.ran()).toBe(0);
  });

  it('withdraws what is approved and what is approved for a while', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    await desk.bind('zenith', 2);
    await desk.bind('acme', 3);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.world.approvals.desk().standing).toEqual([]);
    expect(desk.ran()).toBe(0);
  });

  it('wins against an approval that is being recorded', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const begun = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    desk.world.onAppend = () => (begun.resolve(), writing.promise);
    const approving = desk.approve('ben').catch((fault: unknown) => fault);
    await begun.promise;
    await desk.bind('zenith', 2);
    writing.resolve();
    expect(await approving).toMatchObject({ code: 'APPROVAL_OVER' });
    await desk.bind('acme', 1); // Even if the old epoch came back.
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });

  it('wins against a call that an approval has let pass, before it is made', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    const { approvals } = desk.world.powers;
    const powers = {
      ...desk.world.powers,
      approvals: {
        ...approvals,
        claim: async (asked: Parameters<typeof approvals.claim>[0]) => {
          const claim = await desk.world.approvals.claim(asked);
          await desk.bind('zenith', 2);
          return claim;
        },
      },
    };
    Object.assign(desk.world.powers, powers);
    expect(await desk.call()).toMatchObject({ denied: true, code: 'APPROVAL_EXPIRED' });
    expect(desk.ran()).toBe(0);
  });
});
