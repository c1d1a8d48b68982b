import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type McpClient, mcpClient } from './mcp.ts';
import { workersOf } from './processes.ts';
import {
  connectOperator,
  isAlive,
  type RunningApp,
  setFaults,
  startApp,
  until,
  vendorRequests,
} from './running-app.ts';

const latencyMs = 3000;

describe('the switch that stops all AI work', () => {
  let app: RunningApp;
  let vendor: string;
  const clients: Record<string, McpClient> = {};
  beforeAll(async () => {
    app = await startApp();
    vendor = await app.vendorUrl();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    for (const [name, pin] of [
      ['assistant', null],
      ['reports', 'ACME-1'],
    ] as const) {
      const { token } = await app.operator.addClient({ name, pin });
      clients[name] = mcpClient(app.ready.mcpUrl, token);
    }
  });
  afterEach(async () => {
    await setFaults(vendor, { latencyMs: 0 });
    await app.operator.resumeAi(undefined);
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });
  const client = (name: string): McpClient => clients[name] ?? (undefined as never);
  const names = async (mcp: McpClient) => {
    const { message } = await mcp.request('tools/list');
    const tools = message?.result?.['tools'] as { name: string }[] | undefined;
    return tools?.map(({ name }) => name);
  };

  it('ends every running AI call at once, lets none begin, and leaves the operator alone', async () => {
    for (const [name, customer] of [
      ['assistant', 'MERI-7'],
      ['reports', 'ACME-1'],
    ] as const) {
      expect((await client(name).call('ticket_list', { customer })).content).toMatchObject({ customer });
    }
    const workers = workersOf(app.ready.pid);
    await setFaults(vendor, { latencyMs });
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    const running = [
      client('assistant').call('ticket_list', { customer: 'MERI-7' }),
      client('reports').call('ticket_list', { customer: 'ACME-1' }),
    ];
    const operators = app.operator.callTool({ tool: 'ticket_list', arguments: {} });
    await until('the vendor has the calls', async () => (await vendorRequests(vendor)).length >= 3);

    const anyone = await connectOperator(app.home); // Without the operator token.
    const from = performance.now();
    await anyone.stopAi(undefined);
    for (const { content } of await Promise.all(running)) {
      expect(content).toMatchObject({ denied: true, gate: 'customer', code: 'CLIENT_SUSPENDED' });
      expect(content).not.toHaveProperty('records');
    }
    expect(performance.now() - from).toBeLessThan(latencyMs / 2);
    expect(await operators).toMatchObject({ customer: 'MERI-7' });
    expect(workers.filter(isAlive).length).toBe(1); // The one the operator uses.

    await setFaults(vendor, { latencyMs: 0 });
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    for (const [name, customer] of [
      ['assistant', 'MERI-7'],
      ['reports', 'ACME-1'],
    ] as const) {
      expect((await client(name).call('ticket_list', { customer })).content).toMatchObject({
        code: 'CLIENT_SUSPENDED',
        reason: 'All AI work is stopped.',
      });
      expect(await names(client(name))).toEqual(['bulkhead_context', 'bulkhead_whoami']);
      expect((await client(name).call('bulkhead_context')).content).toMatchObject({ customer: null, tools: [] });
    }
    expect(await vendorRequests(vendor)).toEqual([]);
    expect(await app.operator.callTool({ tool: 'customer_get', arguments: {} })).toMatchObject({ customer: 'MERI-7' });
    expect((await app.operator.state(undefined)).stopped).toMatchObject({ by: 'Amy Kowalski' });
    await expect(anyone.resumeAi(undefined)).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
  });

  it('is undone by a person with the right, and both are in the ledger', async () => {
    await app.operator.stopAi(undefined);
    await app.operator.resumeAi(undefined);
    expect((await client('assistant').call('ticket_list', { customer: 'MERI-7' })).content).toMatchObject({
      customer: 'MERI-7',
    });
    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 2, filter: { kinds: ['alert'] } });
    expect(entries.map(({ params, principal }) => [params?.['alert'], principal.id])).toEqual([
      ['ai-stopped', 'amy.kowalski'],
      ['ai-resumed', 'amy.kowalski'],
    ]);
  });

  it('holds over a crash of the gateway, and over a restart', async () => {
    await app.operator.stopAi(undefined);
    const { gateway } = await app.pids();
    process.kill(Number(gateway), 'SIGKILL');
    await until('the gateway is back', async () => {
      const now = (await app.pids())['gateway'];
      return now !== gateway && typeof now === 'number';
    });
    await until(
      'it serves',
      async () =>
        (
          await client('reports')
            .request('tools/list')
            .catch(() => undefined)
        )?.status === 200,
    );
    expect(await names(client('reports'))).toEqual(['bulkhead_context', 'bulkhead_whoami']);

    await app.stop();
    const { port } = new URL(app.ready.mcpUrl);
    app = await startApp({ home: app.home, port: Number(port) });
    vendor = await app.vendorUrl();
    expect((await app.operator.state(undefined)).stopped).toMatchObject({ by: 'Amy Kowalski' });
    expect((await client('reports').call('ticket_list', { customer: 'ACME-1' })).content).toMatchObject({
      code: 'CLIENT_SUSPENDED',
    });
  });
});
