// A gateway that was taken over, or hangs, ignores that the customer was switched. The supervisor does not take its word:
// one that does not confirm in time is ended, and the next one starts with the new binding.
import { describe, expect, it } from 'vitest';
import { isAlive, until } from '../flows/running-app.ts';
import { attackedApp } from './attacked-app.ts';

const attacked = attackedApp();

describe('a gateway that does not answer a switch', () => {
  it('is ended before the next customer is bound, and nothing of the old one is served after', async () => {
    const { operator } = attacked.app;
    const { gateway } = await attacked.app.pids();
    process.kill(gateway ?? 0, 'SIGSTOP');
    expect(await operator.bindCustomer({ customer: 'FERN-2' })).toMatchObject({ code: 'FERN-2' });
    expect(isAlive(gateway ?? 0)).toBe(false);

    const isBack = async () => (await attacked.mcp.request('tools/list').catch(() => undefined))?.status === 200;
    await until('the gateway is back', isBack);
    for (const customer of ['MERI-7', 'FERN-2']) {
      const { content } = await attacked.mcp.call('customer_get', { customer });
      expect(content).toMatchObject({ denied: true, code: 'CLIENT_SUSPENDED' });
    }
  });
});
