// Approval and the end of its time meet: whoever is late by however little is late, and silence is never a yes.
import { describe, expect, it } from 'vitest';
import { attackedDesk, minute } from './approval-world.ts';

describe('the end of a call’s time', () => {
  it('is a no: nothing runs because nobody said anything', async () => {
    const desk = await attackedDesk();
    await desk.call();
    desk.pass(5 * minute);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(desk.ran()).toBe(0);
  });

  it('beats an approval at that very moment, and one a moment before it is in time', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [seen] = desk.waiting();
    desk.pass(5 * minute);
    await expect(desk.approve('ben', seen)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
    await desk.call({ id: 2 });
    desk.pass(5 * minute - 1);
    expect(await desk.approve('ben')).toMatchObject({ state: 'approved' });
    expect(await desk.call({ id: 2 })).toMatchObject({ records: [{ id: 1 }] });
  });

  it('beats an approval that is not on the disk by then, and the ledger ends with the truth', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const begun = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    desk.world.onAppend = () => (begun.resolve(), writing.promise);
    const approving = desk.approve('ben').catch((fault: unknown) => fault);
    await begun.promise;
    desk.pass(5 * minute);
    writing.resolve();
    expect(await approving).toMatchObject({ code: 'APPROVAL_OVER' });
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    const outcomes = desk.world.entries.flatMap(({ params }) => params?.['outcome'] ?? []);
    expect(outcomes).toEqual(['approved', 'expired']);
    expect(desk.ran()).toBe(0);
  });

  it('ends an approval that the AI kept for later', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    desk.pass(5 * minute);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(desk.ran()).toBe(0);
  });
});
