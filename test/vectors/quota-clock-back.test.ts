// Whoever may set the machine's clock could have every limit begin anew, as often as they like, by going back and forth.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { testNow } from '../gateway/enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { issuer, makeWorld } from '../gateway/world.ts';

const hour = 3_600_000;

describe('a clock that is set back and forth', () => {
  it.each(['minute', 'day', 'period'] as const)('opens no %s anew', async (window) => {
    const limits: CallLimit[] = [{ per: 'client', of: null, calls: 2, window }];
    const bundle = { quota: { includedCalls: 100, overage: 'block', limits } };
    const world = await makeWorld({ enrolment: await issuer.enrol({ bundle }) });
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    const call = async () => {
      const answer = await callTool(callOf('ticket_list'), world.powers, never);
      return 'code' in answer ? answer.code : 'ran';
    };
    expect([await call(), await call(), await call()]).toEqual(['ran', 'ran', 'QUOTA_EXCEEDED']);
    for (const hours of [-1, 0, -12, -13, 0, -24 * 30, -24 * 365, 0, 1, 0]) {
      world.now = testNow + hours * hour;
      expect(await call(), `${hours} hours`).toBe('QUOTA_EXCEEDED');
    }
  });
});
