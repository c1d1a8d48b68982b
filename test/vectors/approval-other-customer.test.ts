// What was approved for one customer is used for another: by naming the other, or after the technician has switched.
import { describe, expect, it } from 'vitest';
import type { AskedCall } from '../../src-gateway/approvals/asked-call.ts';
import type { Claims } from '../../src-gateway/approvals/claim.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { bindingTo, msp } from '../gateway/given.ts';
import { attackedDesk } from './approval-world.ts';

describe('an approval for one customer', () => {
  it('lets nothing run for another: neither by its name nor when it is bound', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    expect(await desk.call({ customer: 'ZEN-2' })).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    await desk.bind('zenith', 2);
    expect(await desk.call()).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    expect(await desk.call({ customer: 'ZEN-2' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });

  it('lets nothing run for another at the very same epoch, as if epochs were ever shared', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    await desk.bind('zenith', 1);
    expect(await desk.call({ customer: 'ZEN-2' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });

  it('lets nothing run for another even if gate 3 were fooled by the same code', async () => {
    const desk = await attackedDesk();
    const { powers } = desk.world;
    const { approvals } = powers;
    let seen: AskedCall | undefined;
    const watched: Claims = { ...approvals.look, claim: (asked) => approvals.claim((seen = asked)) };
    Object.assign(powers, { approvals: watched });
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    if (!seen) throw new Error('nobody was asked');
    expect((await desk.world.approvals.claim(seen)).state).toBe('approved');
    await desk.world.scope.replace(msp, [seen.app as ClientApp], bindingTo('zenith', 1));
    const fooled = { ...seen, binding: bindingTo('zenith', 1) };
    expect((await desk.world.approvals.claim(fooled)).state).toBe('pending');
  });
});
