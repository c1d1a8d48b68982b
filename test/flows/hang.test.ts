import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type McpClient, mcpClient } from './mcp.ts';
import { pidsOf } from './processes.ts';
import { isAlive, type RunningApp, startApp, until } from './running-app.ts';

/** A process that is stopped ends nothing and answers nothing: everything that asks it must have a deadline of its own. */
describe('a process that hangs', () => {
  let app: RunningApp;
  let mcp: McpClient;
  let stopped: number[] = [];
  let last: number[] = [];
  beforeAll(async () => {
    app = await startApp();
    const { token } = await app.operator.addClient({ name: 'pinned', pin: 'MERI-7' });
    mcp = mcpClient(app.ready.mcpUrl, token);
  });
  afterEach(() => goOn());
  afterAll(async () => {
    goOn();
    await app?.stop();
    app?.remove();
    for (const pid of last) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });

  function hang(name: string): void {
    stopped = pidsOf(app.ready.pid, name);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  }
  function goOn(): void {
    for (const pid of stopped.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGCONT');
  }
  async function timed<T>(deed: Promise<T>): Promise<{ value: T; ms: number }> {
    const from = performance.now();
    return { value: await deed, ms: performance.now() - from };
  }
  const byPinned = async () => (await mcp.call('customer_get', { customer: 'MERI-7' })).content;
  const byOperator = (customer: string): Promise<Record<string, unknown>> =>
    app.operator.callTool({ tool: 'customer_get', arguments: { customer } });
  const isUnderWay = (customer: string) =>
    until('the call is under way', async () => {
      const { entries } = await app.operator.entries({ before: 1_000_000, limit: 1, filter: { customer } });
      return entries[0]?.kind === 'call.intent';
    });
  const works = (call: () => Promise<Record<string, unknown>>) =>
    until('calls work again', () =>
      call().then(
        (answer) => !('denied' in answer),
        () => false,
      ),
    );

  it('does not keep a switch from ending its call when it is the worker', async () => {
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    await works(() => byOperator('FERN-2'));
    hang('worker');
    const call = byOperator('FERN-2');
    await isUnderWay('FERN-2');
    const old = [...stopped];
    const { ms } = await timed(app.operator.bindCustomer({ customer: 'MERI-12' }));
    expect(ms).toBeLessThan(6000);
    expect(await call).toMatchObject({ code: 'CUSTOMER_CONTEXT_CHANGED' });
    expect(old.some(isAlive)).toBe(false);
    await works(() => byOperator('MERI-12'));
  });

  it('does not keep a switch from ending its call when it is the broker, and nothing gets a credential meanwhile', async () => {
    for (const customer of ['FERN-2', 'DENH-4', 'MERI-12']) {
      await app.operator.bindCustomer({ customer });
      await works(() => byOperator(customer)); // The ledger has the keys of their bodies now.
    }
    hang('broker');
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    const call = byOperator('FERN-2');
    await isUnderWay('FERN-2');
    const { ms } = await timed(app.operator.bindCustomer({ customer: 'DENH-4' }));
    expect(ms).toBeLessThan(6000);
    expect(await call).toMatchObject({ code: 'CUSTOMER_CONTEXT_CHANGED' });
    const refused = await timed(byOperator('DENH-4'));
    expect(refused.value).toMatchObject({ denied: true, gate: 'execution' });
    expect(refused.ms).toBeLessThan(25_000);
    goOn();
    await works(() => byOperator('DENH-4'));
  });

  it('keeps a call of which nothing can be sealed from being made when it is the broker', async () => {
    hang('broker');
    await app.operator.bindCustomer({ customer: 'KEST-2' });
    expect(await byOperator('KEST-2')).toMatchObject({ denied: true, code: 'AUDIT_UNAVAILABLE' });
    goOn();
    await works(() => byOperator('KEST-2'));
  });

  it('is ended after a while when it is the broker, and keeps no gateway from coming up', async () => {
    hang('broker');
    const old = [...stopped];
    const [gateway = 0] = pidsOf(app.ready.pid, 'gateway');
    process.kill(gateway, 'SIGKILL');
    const stateOf = async (name: string) =>
      (await app.operator.state(undefined)).processes.find((each) => each.name === name);
    await until('another gateway is up', async () => {
      const { pid, state } = (await stateOf('gateway')) ?? {};
      return state === 'up' && pid !== gateway;
    });
    await until('the broker is ended', () => !old.some(isAlive), 40_000);
    await works(() => byOperator('KEST-2'));
  });

  it('is told and ended after a while when it is the ledger, and then calls are recorded again', async () => {
    await app.operator.bindCustomer({ customer: 'KEST-2' });
    hang('ledger');
    const old = [...stopped];
    const told = async () => (await app.operator.state(undefined)).problems.find(({ id }) => id === 'ledger');
    await until('the window says so', async () => (await told())?.text.includes('does not answer') === true);
    expect((await told())?.remedy).toMatch(/started anew by itself/);
    const check = (await app.operator.doctor(undefined)).find((each) => each.check === 'ledger');
    expect(check).toMatchObject({ ok: false, remedy: expect.stringMatching(/started anew by itself/) });
    await until('the ledger is ended', () => !old.some(isAlive), 60_000);
    await works(() => byOperator('KEST-2'));
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    expect(await told()).toBeUndefined();
  });

  it('is ended by the next switch when it is the gateway: the state is still told, and the switch counts', async () => {
    await app.operator.bindCustomer({ customer: 'DENH-4' });
    hang('gateway');
    const old = [...stopped];
    const { value, ms } = await timed(app.operator.state(undefined));
    expect(value.binding?.customer.code).toBe('DENH-4');
    expect(ms).toBeLessThan(8000);
    const call = byPinned().catch(() => 'connection');
    const bound = await timed(app.operator.bindCustomer({ customer: 'FERN-2' }));
    expect(bound.ms).toBeLessThan(12_000);
    expect(old.some(isAlive)).toBe(false);
    expect(await call).toBe('connection');
    await works(() => byOperator('FERN-2'));
    await works(byPinned);
    expect((await app.operator.state(undefined)).mcpUrl).toBe(app.ready.mcpUrl);
  });

  it('does not keep the app from ending in time, whichever it is', async () => {
    await works(() => byOperator('FERN-2'));
    for (const name of ['gateway', 'broker', 'ledger', 'worker', 'demo']) {
      for (const pid of pidsOf(app.ready.pid, name)) {
        process.kill(pid, 'SIGSTOP');
        stopped.push(pid);
      }
    }
    last = [...stopped];
    const { code, ms } = await app.stop();
    expect({ code, isInTime: ms < 4000 }).toEqual({ code: 0, isInTime: true });
    await until('every child ended', () => !last.some(isAlive));
  });
});
