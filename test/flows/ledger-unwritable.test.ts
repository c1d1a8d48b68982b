import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type McpClient, mcpClient } from './mcp.ts';
import { pidsOf } from './processes.ts';
import { type RunningApp, startApp, until, vendorRequests } from './running-app.ts';

/** Milliseconds an entry may take, and a little for everything around it. */
const patience = 9000;

describe('a ledger that cannot record', () => {
  let app: RunningApp;
  let mcp: McpClient;
  let vendor: string;
  let ledger: number;
  beforeAll(async () => {
    app = await startApp();
    vendor = await app.vendorUrl();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
    mcp = mcpClient(app.ready.mcpUrl, token);
    expect((await mcp.call('ticket_list', { customer: 'MERI-7' })).isError).toBe(false);
  });
  afterEach(() => mend());
  afterAll(async () => {
    mend();
    await app?.stop();
    app?.remove();
  });

  /** No file may grow beyond nothing: what a full or failing disk does, and it binds root as well. */
  function breakDisk(): void {
    [ledger = 0] = pidsOf(app.ready.pid, 'ledger');
    execFileSync('prlimit', ['--pid', String(ledger), '--fsize=0:']);
  }
  function mend(): void {
    if (!ledger) return;
    try {
      process.kill(ledger, 'SIGCONT');
      execFileSync('prlimit', ['--pid', String(ledger), '--fsize=unlimited:'], { stdio: 'ignore' });
    } catch {
      // It was restarted meanwhile: the new one was never broken.
    }
    ledger = 0;
  }
  const forgetRequests = () => fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
  const recovers = () =>
    until('calls work again', async () => !(await mcp.call('ticket_list', { customer: 'MERI-7' })).isError);
  const problem = async () => (await app.operator.state(undefined)).problems.find(({ id }) => id === 'ledger');

  const cases: [string, Record<string, unknown>][] = [
    ['ticket_list', { customer: 'MERI-7' }],
    ['ticket_note_add', { customer: 'MERI-7', ticketId: 2001, note: 'x' }],
    ['customer_get', { customer: 'MERI-7' }],
    ['ticket_list', { customer: 'FERN-2' }],
    ['no_such_tool', { customer: 'MERI-7' }],
    ['bulkhead_context', {}],
    ['bulkhead_whoami', {}],
  ];

  it('denies every call with AUDIT_UNAVAILABLE and contacts no vendor while the disk refuses', async () => {
    breakDisk();
    await forgetRequests();
    for (const [tool, args] of cases) {
      const { isError, content } = await mcp.call(tool, args);
      expect({ tool, isError, content }).toMatchObject({
        isError: true,
        content: { denied: true, gate: 'audit', code: 'AUDIT_UNAVAILABLE', auditRef: '' },
      });
    }
    expect(await app.operator.callTool({ tool: 'ticket_list', arguments: {} })).toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    expect(await vendorRequests(vendor)).toEqual([]);
    await until('the problem is told', async () => (await problem()) !== undefined);
    const told = await problem();
    expect(told).toMatchObject({ severity: 'blocking' });
    expect(told?.remedy).not.toBe('');
    const check = (await app.operator.doctor(undefined)).find(({ check: name }) => name === 'ledger');
    expect(check).toMatchObject({ ok: false });

    mend();
    await recovers();
    await until('the problem is gone', async () => (await problem()) === undefined);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });

  it('refuses to bind, to arm and to add while the disk refuses, and then nothing is bound', async () => {
    breakDisk();
    await expect(app.operator.addClient({ name: 'later', pin: null })).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    await expect(app.operator.bindCustomer({ customer: 'FERN-2' })).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    const state = await app.operator.state(undefined);
    expect(state.binding).toBeNull();
    expect(state.clients.map(({ name }) => name)).toEqual(['assistant']);
    mend();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    await app.operator.armClient({ name: 'assistant', customer: 'MERI-7' });
    await recovers();
  });

  it('denies within its deadline while the ledger does not answer at all, and nothing reaches the vendor', async () => {
    [ledger = 0] = pidsOf(app.ready.pid, 'ledger');
    process.kill(ledger, 'SIGSTOP');
    await forgetRequests();
    const from = performance.now();
    const answers = await Promise.all([
      ...cases.map(([tool, args]) => mcp.call(tool, args).then(({ content }) => content)),
      app.operator.callTool({ tool: 'ticket_list', arguments: {} }),
    ]);
    expect(performance.now() - from).toBeLessThan(patience);
    for (const answer of answers) expect(answer).toMatchObject({ denied: true, code: 'AUDIT_UNAVAILABLE' });
    expect(await vendorRequests(vendor)).toEqual([]);
    await until('the problem is told', async () => (await problem()) !== undefined);
    expect(await problem()).toMatchObject({ severity: 'blocking' });
    mend();
    await recovers();
    await until('the problem is gone', async () => (await problem()) === undefined);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });

  it('lets go of the old customer and binds nobody when the ledger hangs during a switch', async () => {
    [ledger = 0] = pidsOf(app.ready.pid, 'ledger');
    process.kill(ledger, 'SIGSTOP');
    const from = performance.now();
    await expect(app.operator.bindCustomer({ customer: 'FERN-2' })).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    expect(performance.now() - from).toBeLessThan(patience);
    expect((await app.operator.state(undefined)).binding).toBeNull();
    mend();
    await until('the next switch works', () =>
      app.operator.bindCustomer({ customer: 'FERN-2' }).then(
        () => true,
        () => false,
      ),
    );
    const answer = await app.operator.callTool({ tool: 'ticket_list', arguments: {} });
    expect(answer).toMatchObject({ customer: 'FERN-2' });
  });
});
