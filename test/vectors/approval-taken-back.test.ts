// A "yes" is taken back while its call is being made, or after: either the call ran and the "no" is refused, or the "no" counts and
// the call does not run.
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { attackedDesk } from './approval-world.ts';

describe('taking an approval back', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10])('and making the call: one of the two happens (%i)', async (lead) => {
    const desk = await attackedDesk();
    await desk.call();
    const [waiting] = desk.waiting();
    await desk.approve('ben', waiting);
    desk.world.onAppend = async () => {
      for (let wait = 3; wait > 0; wait -= 1) await tick();
    };
    const back = desk.deny('ben', waiting).then(
      () => true,
      () => false,
    );
    for (let wait = lead; wait > 0; wait -= 1) await tick();
    await desk.call();
    expect([await back, desk.ran()]).toEqual((await back) ? [true, 0] : [false, 1]);
  });

  it('is refused once the call was made', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [waiting] = desk.waiting();
    await desk.approve('ben', waiting);
    await desk.call();
    await expect(desk.deny('ben', waiting)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    await expect(desk.approve('ben', waiting)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
  });

  it('gives no second use by approving an approved call again', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [waiting] = desk.waiting();
    await desk.approve('ben', waiting);
    await expect(desk.approve('cleo', waiting, { minutes: 15, uses: 5, fixed: [] })).rejects.toMatchObject({
      code: 'APPROVAL_OVER',
    });
    await desk.call();
    await desk.call();
    expect(desk.ran()).toBe(1);
  });
});
