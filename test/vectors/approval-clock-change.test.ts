// The clock of the machine is set: back, so that an approval lives longer, or forward, so that a "no" is over sooner. Or the
// machine sleeps with an approved call on it, and its monotonic clock sleeps too.
import { describe, expect, it } from 'vitest';
import { attackedDesk, minute } from './approval-world.ts';

const day = 24 * 60 * minute;

describe('a clock that is set', () => {
  it('back keeps nothing alive: neither what waits nor what is approved, nor for a while', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [seen] = desk.waiting();
    await desk.call({ id: 2 });
    await desk.approve('ben', desk.waiting()[1], { minutes: 15, uses: 50, fixed: ['id'] });
    desk.world.now -= 0.5 * day;
    desk.world.clock += 5 * minute;
    await expect(desk.approve('ben', seen)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    desk.world.clock += 10 * minute;
    expect(await desk.call({ id: 2 })).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(desk.ran()).toBe(0);
  });

  it('back shows people the time that is left, and not the hour it was', async () => {
    const desk = await attackedDesk();
    await desk.call();
    desk.world.now -= 0.5 * day;
    const [seen] = desk.waiting();
    expect(Date.parse(seen?.expiresAt ?? '') - desk.world.now).toBe(5 * minute);
  });

  it('forward makes no "no" shorter', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.deny('ben');
    desk.world.now += 0.5 * day;
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_DENIED' });
  });

  it('forward, as after a night’s sleep, lets nothing run that was approved in the evening', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    desk.world.now += 0.5 * day;
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(desk.ran()).toBe(0);
  });
});
