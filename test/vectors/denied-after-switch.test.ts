// The technician switches while a call is still being judged. What was asked of one customer must not be recorded under the next
// one, nor sealed with a key that the first one's erasure leaves alive.
import { describe, expect, it } from 'vitest';
import { attackedDesk } from './approval-world.ts';
import { msp } from '../gateway/given.ts';

describe('a call denied after a switch', () => {
  it.each([
    ['to another customer', 'zenith' as const],
    ['to nobody', null],
  ])('%s is recorded under whom it was judged for', async (_, next) => {
    const desk = await attackedDesk();
    desk.world.onAppend = async ({ kind }) => {
      if (kind !== 'approval.asked') return;
      if (next) await desk.bind(next, 2);
      else await desk.world.scope.replace(msp, [...desk.world.scope.clients()], null);
    };
    expect(await desk.call({ note: 'of Acme alone' })).toMatchObject({ denied: true });
    expect(desk.world.entries.findLast(({ kind }) => kind === 'call.denied')).toMatchObject({
      customer: 'ACME-1',
      body: { under: 'acme', content: { params: { note: 'of Acme alone' } } },
    });
  });
});
