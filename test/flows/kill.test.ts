import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { crossings } from './demo-owners.ts';
import { type McpClient, mcpClient } from './mcp.ts';
import { type AppProcess, childrenOf, pidsOf } from './processes.ts';
import { appFile, isAlive, type RunningApp, setFaults, startApp, until, vendorRequests } from './running-app.ts';

const denials = [
  'VENDOR_ERROR',
  'TIMED_OUT',
  'AUDIT_UNAVAILABLE',
  'CREDENTIAL_UNAVAILABLE',
  'CONNECTOR_UNAVAILABLE',
  'CUSTOMER_CONTEXT_CHANGED',
];
const faults = ['PORT_CLOSED', 'STARTING_AGAIN', 'WORKER_UNAVAILABLE', 'LINK_FAILED'];

describe('a process that is killed while calls are running', () => {
  let app: RunningApp;
  let pinned: McpClient;
  /** What an ended app had started: ended here too, should the app have left it behind. */
  const children: AppProcess[] = [];
  beforeAll(async () => {
    app = await startApp();
    const { token } = await app.operator.addClient({ name: 'pinned', pin: 'MERI-7' });
    pinned = mcpClient(app.ready.mcpUrl, token);
    await app.operator.bindCustomer({ customer: 'FERN-2' });
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
    for (const { pid } of children) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });

  const byPinned = async () => (await pinned.call('ticket_list', { customer: 'MERI-7' })).content;
  const byOperator = async (): Promise<Record<string, unknown>> =>
    app.operator.callTool({ tool: 'ticket_list', arguments: { customer: 'FERN-2' } });

  /** How a call ended that must not end wrong: `ok`, the denial's or fault's code, or `connection`. */
  async function ending(call: () => Promise<Record<string, unknown>>, customer: string): Promise<string> {
    try {
      const content = await call();
      if (content['denied'] === true) return String(content['code']);
      if (content['customer'] !== customer || crossings('ticket_list', content).length > 0)
        return `WRONG ${JSON.stringify(content)}`;
      return 'ok';
    } catch (thrown) {
      if (thrown instanceof Fault) return thrown.code;
      return thrown instanceof TypeError ? 'connection' : `WRONG ${String(thrown)}`;
    }
  }
  const isFine = (how: string): boolean =>
    how === 'ok' || how === 'connection' || [...denials, ...faults].includes(how);

  async function works(call: () => Promise<Record<string, unknown>>, customer: string): Promise<void> {
    await until(`a call for ${customer} works again`, async () => (await ending(call, customer)) === 'ok');
  }

  const forgetRequests = async () => fetch(`${await app.vendorUrl()}/_emulator/requests`, { method: 'DELETE' });
  const inFlight = (count: number) =>
    until('the vendor has the calls', async () => (await vendorRequests(await app.vendorUrl())).length >= count);
  /** The vendor itself may be the process that is starting again. */
  const hurry = () =>
    until('the vendor answers at once', () =>
      app
        .vendorUrl()
        .then((vendor) => setFaults(vendor, { latencyMs: 0 }))
        .then(
          () => true,
          () => false,
        ),
    );

  /** How often a policy was put in force, and how many different texts. */
  const policies = async (): Promise<readonly [number, number]> => {
    const question = { limit: 100, filter: { kinds: ['policy.applied' as const] } };
    const { entries } = await app.operator.entries(question);
    const texts = entries.flatMap(({ params }) => params?.['sha256'] ?? []);
    return [texts.length, new Set(texts).size];
  };

  it.each(['gateway', 'ledger', 'broker', 'worker', 'demo'] as const)('survives the end of the %s', async (name) => {
    await works(byPinned, 'MERI-7');
    await works(byOperator, 'FERN-2');
    await setFaults(await app.vendorUrl(), { latencyMs: 2000 });
    await forgetRequests();
    const [victim] = pidsOf(app.ready.pid, name);
    if (victim === undefined) throw new Error(`there is no ${name}`);
    const endings = Promise.all([
      ...[1, 2, 3].map(() => ending(byPinned, 'MERI-7')),
      ...[1, 2, 3].map(() => ending(byOperator, 'FERN-2')),
    ]);
    await inFlight(6);
    process.kill(victim, 'SIGKILL');
    const how = await endings;
    expect(how.filter((each) => !isFine(each))).toEqual([]);
    // The broker and the ledger may be back before a call needs them: only these must be felt.
    if (['gateway', 'worker', 'demo'].includes(name)) expect(how.some((each) => each !== 'ok')).toBe(true);

    const from = performance.now();
    await hurry();
    await Promise.all([works(byPinned, 'MERI-7'), works(byOperator, 'FERN-2')]);
    expect(performance.now() - from).toBeLessThan(15_000);
    if (name !== 'worker') expect(pidsOf(app.ready.pid, name).length).toBe(1);
    expect(pidsOf(app.ready.pid, name)).not.toContain(victim);
    const state = await app.operator.state(undefined);
    expect(state.mcpUrl).toBe(app.ready.mcpUrl);
    expect(state.binding?.customer.code).toBe('FERN-2');
    expect(state.problems.filter(({ severity }) => severity === 'blocking')).toEqual([]);
    expect(state.processes.map(({ state: each }) => each)).toEqual(['up', 'up', 'up']);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    if (name === 'demo')
      await until(
        'the policy is on record once more, as the same text',
        async () => String(await policies()) === '2,1',
      );
  });

  it('knows of every call that it began how it ended, and tells of those that the gateway took with it', async () => {
    await works(byPinned, 'MERI-7');
    const last = async () => (await app.operator.state(undefined)).ledger.entries;
    const before = (await app.operator.verifyLedger(undefined)).entries;
    const told = async () => {
      const { problems } = await app.operator.state(undefined);
      return Number(/^\d+/.exec(problems.find(({ id }) => id === 'interrupted')?.text ?? '0')?.[0]);
    };
    const toldBefore = await told();
    await setFaults(await app.vendorUrl(), { latencyMs: 5000 });
    const endings = [1, 2, 3].map(() => ending(byPinned, 'MERI-7'));
    await until('all three are under way', async () => (await last()) >= before + 3);
    for (const pid of pidsOf(app.ready.pid, 'gateway')) process.kill(pid, 'SIGKILL');
    expect(await Promise.all(endings)).toEqual(['connection', 'connection', 'connection']);
    await setFaults(await app.vendorUrl(), { latencyMs: 0 });
    await works(byOperator, 'FERN-2');
    const since = async (kind: 'call.intent' | 'call.outcome') =>
      (await app.operator.entries({ after: before, limit: 100, filter: { customer: 'MERI-7', kinds: [kind] } }))
        .entries;
    const intents = (await since('call.intent')).map(({ seq }) => seq);
    const ends = async () => (await since('call.outcome')).filter(({ ref = 0 }) => intents.includes(ref));
    await until('they have an outcome', async () => (await ends()).length >= 3);
    const about = { customer: 'MERI-7', tool: 'ticket_list', principal: { kind: 'system' } };
    expect(await ends()).toMatchObject(
      intents.map((ref) => ({ ...about, ref, result: { status: 'interrupted', records: 0 } })),
    );
    expect(intents).toHaveLength(3);
    expect(await told()).toBeGreaterThanOrEqual(toldBefore + 3); // More, if one of an earlier end was recorded late.
    await works(byPinned, 'MERI-7');
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });

  it('survives the gateway, the ledger and the broker ending together', async () => {
    for (const name of ['gateway', 'ledger', 'broker'])
      for (const pid of pidsOf(app.ready.pid, name)) process.kill(pid, 'SIGKILL');
    await until('everything is up', async () =>
      (await app.operator.state(undefined)).processes.every(({ state }) => state === 'up'),
    );
    await Promise.all([works(byPinned, 'MERI-7'), works(byOperator, 'FERN-2')]);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    expect(app.stderr()).not.toMatch(/Error|Fault|^ +at /m);
  });

  it('records what it answered: no call was answered whose outcome is not in the ledger', async () => {
    const content = await byPinned();
    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 1, filter: { customer: 'MERI-7' } });
    expect(entries[0]).toMatchObject({
      seq: Number(content['auditRef']),
      kind: 'call.outcome',
      result: { status: 'ok' },
    });
  });

  it('ends in order on SIGTERM within two seconds though calls hang, and leaves no process and no app file', async () => {
    const vendor = await app.vendorUrl();
    await forgetRequests();
    await setFaults(vendor, { hang: true });
    const hanging = [ending(byPinned, 'MERI-7'), ending(byOperator, 'FERN-2')];
    await inFlight(2);
    children.push(...childrenOf(app.ready.pid));
    expect(
      childrenOf(app.ready.pid)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['broker', 'demo', 'gateway', 'ledger', 'worker', 'worker']);
    const { code, ms } = await app.stop();
    // Two seconds are its own bound: as much again is the machine's.
    expect({ code, isInTime: ms < 4000 }).toEqual({ code: 0, isInTime: true });
    expect((await Promise.all(hanging)).filter((how) => !isFine(how))).toEqual([]);
    expect(appFile(app.home)).toBe(false);
    await until('every child ended', () => !children.some(({ pid }) => isAlive(pid)));
  });

  it('starts again after such an end with every call accounted for', async () => {
    await app.stop();
    app = await startApp({ home: app.home });
    expect((await app.operator.state(undefined)).problems).toEqual([]);
    const filter = { kinds: ['call.intent' as const, 'call.outcome' as const, 'app.stopped' as const] };
    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 5, filter });
    const [first, second, ...ends] = entries;
    expect([first?.kind, second?.kind]).toEqual(['call.intent', 'call.intent']);
    expect(ends.map(({ kind }) => kind)).toEqual(['call.outcome', 'call.outcome', 'app.stopped']);
    expect(new Set(ends.flatMap(({ ref }) => ref ?? []))).toEqual(new Set([first?.seq, second?.seq]));
  });

  /** What was told of the call that the app's own end met. */
  let told = '';
  it('leaves nothing behind when the app itself is killed with a call hanging at the vendor', async () => {
    await app.stop();
    app = await startApp({ home: app.home });
    const { token } = await app.operator.addClient({ name: 'second', pin: 'MERI-12' });
    const second = mcpClient(app.ready.mcpUrl, token);
    expect((await second.call('customer_get', { customer: 'MERI-12' })).isError).toBe(false);
    const vendor = await app.vendorUrl();
    await forgetRequests();
    await setFaults(vendor, { hang: true });
    const hanging = ending(async () => (await second.call('ticket_list', { customer: 'MERI-12' })).content, 'MERI-12');
    await inFlight(1);
    children.push(...childrenOf(app.ready.pid));
    expect(pidsOf(app.ready.pid, 'worker')).toHaveLength(1);
    await app.stop('SIGKILL');
    // Each child ends itself, in no order: a gateway that outlives the worker by a moment answers, if the ledger still records.
    told = await hanging;
    expect(['connection', 'VENDOR_ERROR', 'AUDIT_UNAVAILABLE']).toContain(told);
    await until('every child ended', () => !children.some(({ pid }) => isAlive(pid)));
  });

  it('starts again at once in the same home, says which calls were cut short, and still knows its client apps', async () => {
    app = await startApp({ home: app.home });
    const state = await app.operator.state(undefined);
    expect(state.binding).toBeNull();
    const filter = { kinds: ['call.intent' as const, 'call.outcome' as const], customer: 'MERI-12' };
    const ends = async () => (await app.operator.entries({ before: 1_000_000, limit: 2, filter })).entries;
    await until('the call has its outcome', async () => (await ends()).at(-1)?.kind === 'call.outcome');
    const [intent, outcome] = await ends();
    expect([intent?.kind, outcome?.ref]).toEqual(['call.intent', intent?.seq]);
    // What was answered is recorded so. What was not may have been recorded all the same, before the answer was lost.
    const status = String(outcome?.result?.status);
    expect(told === 'VENDOR_ERROR' ? ['VENDOR_ERROR'] : ['VENDOR_ERROR', 'interrupted']).toContain(status);
    const cutShort = state.problems.find(({ id }) => id === 'interrupted')?.text.slice(0, 7);
    expect(cutShort).toBe(status === 'interrupted' ? '1 call(' : undefined);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    const { token } = await app.operator.addClient({ name: 'third', pin: 'MERI-7' });
    expect((await mcpClient(app.ready.mcpUrl, token).call('ticket_list', { customer: 'MERI-7' })).isError).toBe(false);
    expect(state.clients.map(({ name, pin }) => ({ name, pin }))).toEqual([
      { name: 'pinned', pin: 'MERI-7' },
      { name: 'second', pin: 'MERI-12' },
    ]);
  });
});
