import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src-shared/model/entry.ts';
import { crossings } from './demo-owners.ts';
import { type McpClient, mcpClient, type ToolResult } from './mcp.ts';
import { workersOf } from './processes.ts';
import { isAlive, type RunningApp, setFaults, startApp, until, vendorRequests } from './running-app.ts';

const latencyMs = 4000;
const tools = ['ticket_list', 'asset_list', 'contact_search', 'customer_get'] as const;

describe('a scope that changes while calls are running', () => {
  let app: RunningApp;
  let vendor: string;
  beforeAll(async () => {
    app = await startApp();
    vendor = await app.vendorUrl();
  });
  afterEach(() => setFaults(vendor, { latencyMs: 0, mixForeignRows: 0 }));
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  const entriesAfter = async (after: number): Promise<Entry[]> =>
    (await app.operator.entries({ after, limit: 1000, filter: {} })).entries;
  const lastSeq = async (): Promise<number> => (await app.operator.verifyLedger(undefined)).entries;

  /** A client app with a worker that has signed in and knows all names, so that its next calls ask the vendor once each. */
  async function warm(name: string, customer: string, pin: string | null = null): Promise<McpClient> {
    const { token } = await app.operator.addClient({ name, pin });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    expect((await mcp.call('ticket_list', { customer })).content).toMatchObject({ customer });
    await setFaults(vendor, { latencyMs });
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    return mcp;
  }
  const inFlight = (count: number) =>
    until('the vendor has the calls', async () => (await vendorRequests(vendor)).length >= count);

  it('ends every running call with CUSTOMER_CONTEXT_CHANGED at a switch, at once, with nothing of the old customer', async () => {
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const mcp = await warm('assistant', 'MERI-7');
    const before = await lastSeq();
    const oldWorkers = workersOf(app.ready.pid);
    expect(oldWorkers.length).toBe(1);

    const ended: number[] = [];
    const timed = async <T>(call: Promise<T>): Promise<T> => call.finally(() => ended.push(performance.now()));
    const byClient = tools.map((tool) => timed(mcp.call(tool, { customer: 'MERI-7' })));
    const byOperator = tools.map((tool) => timed(app.operator.callTool({ tool, arguments: { customer: 'MERI-7' } })));
    await inFlight(8);
    const from = performance.now();
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    const switched = performance.now();

    expect(switched - from).toBeLessThan(latencyMs / 2);
    expect(oldWorkers.filter(isAlive)).toEqual([]);
    const answers: unknown[] = [
      ...(await Promise.all(byClient)).map(({ content }) => content),
      ...(await Promise.all(byOperator)),
    ];
    expect(Math.max(...ended) - from).toBeLessThan(latencyMs / 2);
    for (const answer of answers) {
      expect(answer).toMatchObject({ denied: true, gate: 'customer', code: 'CUSTOMER_CONTEXT_CHANGED' });
      expect(answer).not.toHaveProperty('records');
      expect(JSON.stringify(answer)).not.toMatch(/Meridian|MERI-7|Fernhill|FERN-2/);
    }

    const entries = await entriesAfter(before);
    const intents = entries.filter(({ kind }) => kind === 'call.intent');
    const outcomes = entries.filter(({ kind }) => kind === 'call.outcome');
    expect(intents.length).toBe(8);
    expect(new Set(outcomes.map(({ ref }) => ref))).toEqual(new Set(intents.map(({ seq }) => seq)));
    expect(outcomes.length).toBe(8);
    for (const { customer, result } of outcomes) {
      expect({ customer, result }).toMatchObject({
        customer: 'MERI-7',
        result: { status: 'CUSTOMER_CONTEXT_CHANGED', records: 0, bytes: 0 },
      });
    }
    const bound = entries.find(({ kind }) => kind === 'customer.bound');
    expect(Math.max(...outcomes.map(({ seq }) => seq))).toBeLessThan(bound?.seq ?? 0);
  });

  it('drops what the vendor sends after the switch: no entry, no answer, nothing for the next customer', async () => {
    const before = await lastSeq();
    await pause(latencyMs);
    expect(await lastSeq()).toBe(before);
    await setFaults(vendor, { latencyMs: 0 });
    const answer = await app.operator.callTool({ tool: 'ticket_list', arguments: { customer: 'FERN-2' } });
    expect(answer).toMatchObject({ customer: 'FERN-2', dropped: 0 });
    expect(crossings('ticket_list', { ...answer })).toEqual([]);
  });

  it('ends the running calls of a suspended client app and nobody else’s', async () => {
    const mcp = await warm('to-suspend', 'FERN-2');
    const call = mcp.call('ticket_list', { customer: 'FERN-2' });
    const other = app.operator.callTool({ tool: 'ticket_list', arguments: { customer: 'FERN-2' } });
    await inFlight(2);
    const from = performance.now();
    await app.operator.suspendClient({ name: 'to-suspend' });
    expect((await call).content).toMatchObject({ denied: true, gate: 'customer' });
    expect(performance.now() - from).toBeLessThan(latencyMs / 2);
    expect(await other).toMatchObject({ customer: 'FERN-2' });
    expect((await mcp.call('ticket_list', { customer: 'FERN-2' })).content).toMatchObject({ code: 'CLIENT_SUSPENDED' });
  });

  it('ends the running calls of a revoked client app with its worker, and refuses its token from then on', async () => {
    const before = workersOf(app.ready.pid);
    const mcp = await warm('to-revoke', 'ACME-1', 'ACME-1');
    const own = workersOf(app.ready.pid).filter((pid) => !before.includes(pid));
    const call = mcp.call('ticket_list', { customer: 'ACME-1' });
    await inFlight(1);
    const from = performance.now();
    await app.operator.revokeClient({ name: 'to-revoke' });
    expect((await call).content).toMatchObject({ denied: true, gate: 'customer' });
    expect(performance.now() - from).toBeLessThan(latencyMs / 2);
    expect(own.length).toBe(1);
    expect(own.filter(isAlive)).toEqual([]);
    expect((await mcp.request('tools/list')).status).toBe(401);
  });

  it('releases while calls are running: they end, and nothing is bound', async () => {
    const mcp = await warm('to-release', 'FERN-2');
    const call = mcp.call('ticket_list', { customer: 'FERN-2' });
    await inFlight(1);
    await app.operator.releaseCustomer(undefined);
    expect((await call).content).toMatchObject({ code: 'CUSTOMER_CONTEXT_CHANGED' });
    expect((await mcp.call('ticket_list', { customer: 'FERN-2' })).content).toMatchObject({ code: 'NO_CUSTOMER' });
    expect((await app.operator.state(undefined)).binding).toBeNull();
  });

  it('never answers with another customer’s record however fast the technician switches', async () => {
    const { token } = await app.operator.addClient({ name: 'loop', pin: null });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    const customers = ['MERI-7', 'MERI-12', 'DENH-4'] as const;
    const from = await lastSeq();
    let bound = 'MERI-7';
    let isOver = false;
    const answers: [string, ToolResult][] = [];
    const given = () => answers.filter(([, { isError }]) => !isError);
    const loop = async (seat: number): Promise<void> => {
      for (let turn = seat; !isOver; turn += 1) {
        const tool = tools[turn % tools.length] ?? 'ticket_list';
        answers.push([tool, await mcp.call(tool, { customer: bound })]);
      }
    };
    await setFaults(vendor, { latencyMs: 15, mixForeignRows: 3 }); // So that whose rows are kept is felt.
    const loops = [0, 1, 2].map(loop);
    for (let turn = 0; turn < 50; turn += 1) {
      bound = customers[turn % customers.length] ?? 'MERI-7';
      await app.operator.bindCustomer({ customer: bound });
      await app.operator.armClient({ name: 'loop', customer: bound });
      // Mostly at once; now and then only when calls of this customer were answered, on however slow a machine.
      const before = given().length;
      if (turn % 5 === 0) await until('calls are answered', () => given().length > before + 1);
      else await pause((turn * 7) % 60);
    }
    isOver = true;
    await Promise.all(loops);

    expect(given().length).toBeGreaterThan(10);
    expect(given().flatMap(([tool, { content }]) => crossings(tool, content))).toEqual([]);
    const codes = new Set(answers.filter(([, { isError }]) => isError).map(([, { content }]) => content['code']));
    const expected = ['CUSTOMER_CONTEXT_CHANGED', 'CLIENT_SUSPENDED', 'CUSTOMER_MISMATCH', 'NO_CUSTOMER'];
    expect([...codes].filter((code) => !expected.includes(String(code)))).toEqual([]);
    expect(codes).toContain('CUSTOMER_CONTEXT_CHANGED');

    expect(workersOf(app.ready.pid).length).toBeLessThanOrEqual(1);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    const { entries } = await app.operator.entries({ after: from, limit: 1000, filter: { kinds: ['customer.bound'] } });
    const epochs = entries.map(({ params }) => Number(params?.['epoch']));
    expect(epochs).toEqual(epochs.toSorted((one, other) => one - other));
    expect(new Set(epochs).size).toBe(50);
  });
});
