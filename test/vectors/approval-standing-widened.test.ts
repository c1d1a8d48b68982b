// Calls like one are approved for a while with every argument of it fixed, and the AI adds one that it had left out: an article is
// then replaced and not added to, the same is bought once more.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { callOf, never } from '../gateway/given.ts';
import { attackedDesk } from './approval-world.ts';

describe('a standing approval', () => {
  it.each([
    ['everything fixed', ['customer', 'id']],
    ['nothing fixed', []],
  ])('with %s covers no call with an argument that the approved one did not have', async (_, fixed) => {
    const desk = await attackedDesk();
    const call = (args: object) => callTool(callOf('note_add', { id: 1, ...args }), desk.world.powers, never);
    await call({});
    const [waiting] = desk.waiting();
    await desk.approve('ben', waiting, { minutes: 15, uses: 5, fixed });
    expect(await call({ note: 'something nobody saw' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });
});
