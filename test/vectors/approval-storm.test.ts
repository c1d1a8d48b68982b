// An AI asks so much that people approve without looking, that the one question that matters is not seen, or that the
// gateway has no memory left.
import { describe, expect, it } from 'vitest';
import { attackedDesk, minute } from './approval-world.ts';

describe('a storm of calls', () => {
  it('asks about fifty and no more, of this client app; another is still heard', async () => {
    const desk = await attackedDesk();
    const answers = await Promise.all(Array.from({ length: 300 }, (_, id) => desk.call({ id })));
    expect(new Set(answers.map((answer) => 'code' in answer && answer.code))).toEqual(new Set(['APPROVAL_PENDING']));
    expect(desk.waiting()).toHaveLength(50);
    expect(answers.filter((answer) => 'approval' in answer)).toHaveLength(50);
    expect(await desk.call({ id: 900 }, { other: true })).toMatchObject({ approval: expect.stringMatching(/^ap-/) });
    expect(desk.ran()).toBe(0);
  });

  it('is one card when it is one call', async () => {
    const desk = await attackedDesk();
    await Promise.all(Array.from({ length: 100 }, () => desk.call()));
    expect(desk.waiting()).toMatchObject([{ repeats: 99 }]);
    expect(desk.world.entries.filter(({ kind }) => kind === 'approval.asked')).toHaveLength(1);
  });

  it('wears nobody down: a denied call is not asked about again, and one nobody answers three times an hour', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.deny('ben');
    for (let again = 0; again < 50; again += 1) expect(await desk.call()).toMatchObject({ code: 'APPROVAL_DENIED' });
    for (let minutes = 0; minutes < 55; minutes += 1) {
      await desk.call({ id: 2 });
      desk.pass(minute);
    }
    const asked = desk.world.entries.filter(({ kind, body }) => {
      const args = body?.content['arguments'] as { id?: number } | undefined;
      return kind === 'approval.asked' && args?.id === 2;
    });
    expect(asked).toHaveLength(3);
    expect(desk.ran()).toBe(0);
  });

  it('ends for good when people deny it all: two hundred times, and nobody is asked', async () => {
    const desk = await attackedDesk();
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(Array.from({ length: 50 }, (_, id) => desk.call({ id: round * 50 + id })));
      await Promise.all(desk.waiting().map((approval) => desk.deny('ben', approval)));
    }
    const asked = desk.world.entries.filter(({ kind }) => kind === 'approval.asked');
    expect(asked.length).toBeLessThan(250);
    const last = await desk.call({ id: 9999 });
    expect(last).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(last).not.toHaveProperty('approval');
  });

  it('fills no memory: what is held has a size, and what nobody can read is not asked about', async () => {
    const desk = await attackedDesk();
    expect(await desk.call({ note: 'x'.repeat(200_000) })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    const note = 'x'.repeat(60_000);
    for (let id = 0; id < 100; id += 1) await desk.call({ id, note }, { other: id % 2 === 0 });
    const held = JSON.stringify(desk.world.approvals.desk()).length;
    expect(held).toBeLessThan(2 * 512 * 1024);
  });

  it('of one app takes nothing from another, however long its calls are', async () => {
    const desk = await attackedDesk();
    for (let id = 0; id < 100; id += 1) await desk.call({ id, note: 'x'.repeat(60_000) });
    for (let id = 0; id < 100; id += 1) await desk.call({ id, note: 'x'.repeat(1000) });
    expect(await desk.call({ note: 'y'.repeat(60_000) }, { other: true })).toMatchObject({
      code: 'APPROVAL_PENDING',
      approval: expect.anything(),
    });
  });
});
