// A conversation, a proxy or a model replays what once worked. After a switch none of it works any more.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';
import { mcpClient } from '../flows/mcp.ts';

const attacked = attackedApp();
const recorded = [
  goodCall({ customer: 'MERI-7' }, 'customer_get'),
  goodCall({ customer: 'MERI-7' }, 'ticket_list'),
  goodCall({ customer: 'MERI-7', status: 'all' }, 'ticket_list'),
  goodCall({ customer: 'MERI-7', text: 'printer' }, 'ticket_search'),
  goodCall({ customer: 'MERI-7' }, 'asset_list'),
];
const contents = async () =>
  Promise.all(recorded.map(async (body) => (await attacked.post(body)).message?.result?.['structuredContent']));

describe('a request from before a switch', () => {
  it('is denied after it, in every state the client app can be in, also when the old customer comes back', async () => {
    const { operator } = attacked.app;
    for (const content of await contents()) expect(content).toMatchObject({ customer: 'MERI-7' });

    await operator.bindCustomer({ customer: 'FERN-2' });
    await attacked.vendor();
    const before = await lastEntry(attacked);
    for (const content of await contents()) expect(content).toMatchObject({ denied: true, code: 'CLIENT_SUSPENDED' });

    await operator.armClient({ name: 'attacker', customer: 'FERN-2' });
    for (const content of await contents()) expect(content).toMatchObject({ denied: true, code: 'CUSTOMER_MISMATCH' });

    await operator.releaseCustomer(undefined);
    for (const content of await contents()) expect(content).toMatchObject({ denied: true, code: 'NO_CUSTOMER' });

    await operator.bindCustomer({ customer: 'MERI-7' });
    for (const content of await contents()) expect(content).toMatchObject({ denied: true, code: 'CLIENT_SUSPENDED' });

    expect(await attacked.vendor()).toEqual([]);
    const denials = (await attacked.since(before)).filter(({ kind }) => kind === 'call.denied');
    expect(denials).toHaveLength(4 * recorded.length);
  });

  it('brings no page of the old customer: where a list went on is nothing to the new one', async () => {
    const { operator } = attacked.app;
    await operator.armClient({ name: 'attacker', customer: null });
    const first = await attacked.mcp.call('ticket_list', { customer: 'MERI-7', status: 'all' });
    const next = (first.content['page'] as { next: string } | undefined)?.next;
    expect(next).toBeTypeOf('string');
    await operator.bindCustomer({ customer: 'FERN-2' });
    await operator.armClient({ name: 'attacker', customer: 'FERN-2' });
    const { content } = await attacked.mcp.call('ticket_list', { customer: 'FERN-2', status: 'all', page: next });
    const records = (content['records'] ?? []) as { id: number }[];
    const old = (first.content['records'] as { id: number }[]).map(({ id }) => id);
    expect(records.filter(({ id }) => old.includes(id))).toEqual([]);
  });

  it('is refused from the moment its app is revoked', async () => {
    const { operator, ready } = attacked.app;
    await operator.bindCustomer({ customer: 'MERI-7' });
    const { token } = await operator.addClient({ name: 'leaver', pin: 'MERI-7' });
    const mcp = mcpClient(ready.mcpUrl, token);
    expect((await mcp.call('customer_get', { customer: 'MERI-7' })).isError).toBe(false);
    await operator.revokeClient({ name: 'leaver' });
    expect((await mcp.request('tools/call', { name: 'customer_get', arguments: { customer: 'MERI-7' } })).status).toBe(
      401,
    );
  });
});
