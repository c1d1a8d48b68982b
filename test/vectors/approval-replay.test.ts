// An AI that was allowed to do something once does it again: the same bytes, at once or later, many at the same time.
import { describe, expect, it } from 'vitest';
import { attackedDesk } from './approval-world.ts';

describe('an approved call', () => {
  it('runs once, whatever is sent again', async () => {
    const desk = await attackedDesk();
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING', approval: 'ap-0000000000000001' });
    await desk.approve('ben');
    expect(await desk.call()).toMatchObject({ records: [{ id: 1 }] });
    for (let again = 0; again < 5; again += 1) expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(1);
  });

  it('runs once of twenty that come at the same moment', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.call()));
    expect(answers.filter((answer) => 'records' in answer)).toHaveLength(1);
    expect(desk.ran()).toBe(1);
    const used = desk.world.session.quota.usage().calls;
    expect(used).toBe(1); // Those that came too late gave back what they had taken.
  });

  it('does not run again when its vendor failed: whether it was done nobody knows', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    desk.world.worker = async () => ({ status: 'denied', code: 'TIMED_OUT' });
    expect(await desk.call()).toMatchObject({ code: 'TIMED_OUT' });
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(1);
  });
});
