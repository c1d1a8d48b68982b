// What once worked on several customers is replayed when the scope is closed, and when there is another one.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall } from './attacked-app.ts';

const attacked = attackedApp({ demoAs: 'helen.strand' });
const open = async (): Promise<string> => {
  const asked = { client: 'attacker', customers: ['MERI-7', 'FERN-2'], reason: 'Compare who has backups', minutes: 30 };
  return (await attacked.app.operator.openCross(asked)).code;
};
const contentOf = async (customer: string) =>
  (await attacked.post(goodCall({ customer }, 'ticket_list'))).message?.result?.['structuredContent'];

describe('a call of a scope that has ended', () => {
  it('is denied, for the scope and for each of its members', async () => {
    const code = await open();
    expect(await contentOf(code)).toMatchObject({ customer: code, withheld: [] });
    await attacked.app.operator.closeCross({ code });
    await attacked.vendor();
    for (const customer of [code, 'MERI-7', 'FERN-2']) {
      expect(await contentOf(customer), customer).toMatchObject({ denied: true, code: 'CLIENT_SUSPENDED' });
    }
    expect((await attacked.mcp.call('bulkhead_context')).content).toMatchObject({ customer: null, tools: [] });
    expect(await attacked.vendor()).toEqual([]);
  });

  it('is denied in a scope that was opened later: its code is another', async () => {
    const code = await open();
    await attacked.app.operator.closeCross({ code });
    const later = await open();
    expect(later).not.toBe(code);
    await attacked.vendor();
    expect(await contentOf(code)).toMatchObject({ denied: true, code: 'CUSTOMER_MISMATCH' });
    expect(await attacked.vendor()).toEqual([]);
    await attacked.app.operator.suspendClient({ name: 'attacker' });
    expect((await attacked.app.operator.state(undefined)).crosses).toEqual([]);
    expect(await contentOf(later)).toMatchObject({ denied: true, code: 'CLIENT_SUSPENDED' });
  });
});
