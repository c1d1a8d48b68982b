// All AI work is stopped. An AI tries whatever is left to it, and with a shell also to be let on again.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';
import { mcpClient } from '../flows/mcp.ts';
import { connectOperator } from '../flows/running-app.ts';

const attacked = attackedApp();
const modern = (name: string) => ({
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': name,
});
const modernBody = (name: string, args: object) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name,
      arguments: args,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
const stopped = { denied: true, gate: 'customer', code: 'CLIENT_SUSPENDED' };

describe('while all AI work is stopped', () => {
  it('no call of any app runs, in any form, and each is recorded', async () => {
    const { operator, ready } = attacked.app;
    const pinned = mcpClient(ready.mcpUrl, (await operator.addClient({ name: 'pinned', pin: 'FERN-2' })).token);
    await operator.stopAi(undefined);
    await attacked.vendor();
    const before = await lastEntry(attacked);
    const answers = [
      (await attacked.mcp.call('ticket_list', { customer: 'MERI-7' })).content,
      (await attacked.mcp.call('ticket_note_add', { customer: 'MERI-7' })).content,
      (await attacked.mcp.call('nothing', {})).content,
      (await pinned.call('ticket_list', { customer: 'FERN-2' })).content,
      (await attacked.post(goodCall())).message?.result?.['structuredContent'],
      (await attacked.post(modernBody('customer_get', { customer: 'MERI-7' }), modern('customer_get'))).message
        ?.result?.['structuredContent'],
    ];
    expect(answers).toMatchObject(answers.map(() => stopped));
    expect(await attacked.vendor()).toEqual([]);
    expect((await attacked.since(before)).map(({ kind }) => kind)).toEqual(answers.map(() => 'call.denied'));
  });

  it('a new app, an armed one and a switch change nothing', async () => {
    const { operator, ready } = attacked.app;
    await operator.stopAi(undefined);
    const late = mcpClient(ready.mcpUrl, (await operator.addClient({ name: 'late', pin: null })).token);
    await operator.bindCustomer({ customer: 'FERN-2' });
    await operator.armClient({ name: 'late', customer: 'FERN-2' });
    expect((await late.call('customer_get', { customer: 'FERN-2' })).content).toMatchObject(stopped);
    expect((await late.call('bulkhead_context')).content).toMatchObject({ customer: null, tools: [] });
  });

  it('a shell without the operator token cannot let it go on', async () => {
    await attacked.app.operator.stopAi(undefined);
    const shell = await connectOperator(attacked.app.home);
    await expect(shell.resumeAi(undefined)).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    expect((await attacked.app.operator.state(undefined)).stopped).not.toBeNull();
  });
});
