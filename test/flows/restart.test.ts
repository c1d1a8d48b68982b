import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { demoData } from './demo-owners.ts';
import { type EnrolledHome, enrol, enrolHome } from './enrolled-home.ts';
import { mcpClient } from './mcp.ts';
import { pidsOf } from './processes.ts';
import { refusedStart, type RunningApp, startApp, until } from './running-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-restart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a quota', () => {
  const file = join(folder, 'quota.json');
  let app: RunningApp;
  beforeAll(async () => {
    writeFileSync(file, JSON.stringify({ ...demoData, quota: { includedCalls: 5, overage: 'block' } }));
    app = await startApp({ demoData: file });
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });
  const call = (customer = 'MERI-7') => app.operator.callTool({ tool: 'customer_get', arguments: { customer } });
  const usage = async () => (await app.operator.state(undefined)).usage;

  it('counts what was admitted and not what was denied, and ends with QUOTA_EXCEEDED', async () => {
    expect(await call()).toMatchObject({ code: 'NO_CUSTOMER' });
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    for (let denied = 0; denied < 3; denied += 1)
      expect(await call('FERN-2')).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    for (let admitted = 0; admitted < 5; admitted += 1) expect(await call()).toMatchObject({ customer: 'MERI-7' });
    expect(await call()).toMatchObject({ denied: true, gate: 'quota', code: 'QUOTA_EXCEEDED' });
    expect(await call()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await usage()).toMatchObject({ calls: 5, included: 5, overage: 'block' });
  });

  it('is as used up after the gateway was killed', async () => {
    const [gateway = 0] = pidsOf(app.ready.pid, 'gateway');
    process.kill(gateway, 'SIGKILL');
    await until(
      'the gateway is back',
      async () => (await usage()) !== null && !pidsOf(app.ready.pid, 'gateway').includes(gateway),
    );
    // It hears a moment before it can record.
    await until('it records', async () => (await call()).auditRef !== '', 5000);
    expect(await call()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  });

  it('is as used up after a restart', async () => {
    await app.stop();
    app = await startApp({ demoData: file, home: app.home });
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    expect(await call('FERN-2')).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await usage()).toMatchObject({ calls: 5 });
  });

  it('is granted by the same text at every start of the demo, of which one is kept', async () => {
    const kept = () => readdirSync(join(app.home, 'tenants', demoData.tenant.id, 'policies'));
    const before = kept();
    await app.stop();
    app = await startApp({ demoData: file, home: app.home });
    expect([kept(), before.length]).toEqual([before, 1]);
  });
});

describe('an enrolled device with a keystore file', () => {
  let enrolled: EnrolledHome;
  let app: RunningApp | undefined;
  let keystore: string;
  const passphrase = 'correct horse battery staple';
  const start = async (stdin = passphrase): Promise<RunningApp> => {
    await app?.stop();
    app = await startApp({ home: enrolled.home, isDemo: false, stdin, env: { BULKHEAD_KEYSTORE: `file:${keystore}` } });
    return app;
  };
  beforeAll(async () => {
    enrolled = await enrolHome();
    keystore = join(folder, 'keystore.json');
  });
  afterAll(async () => {
    await app?.stop();
    await enrolled?.remove();
  });
  const kept = { token: '', revoked: '', epochs: [] as number[], keyName: '' };
  const listMine = (running: RunningApp) =>
    mcpClient(running.ready.mcpUrl, kept.token).call('ticket_list', { customer: 'MERI-7' });
  const keyNameOf = async (running: RunningApp) => {
    const { note, isSigned } = await running.operator.beginExport({ format: 'jsonl', filter: {} });
    expect(isSigned).toBe(true);
    return /^— (\S+ .{5})/m.exec(note)?.[1] ?? ''; // The signer's name and its key's hash.
  };

  it('has no credential until a person seals one to the broker, and works from then on', async () => {
    const running = await start();
    ({ token: kept.token } = await running.operator.addClient({ name: 'pinned', pin: 'MERI-7' }));
    ({ token: kept.revoked } = await running.operator.addClient({ name: 'revoked', pin: 'MERI-7' }));
    expect((await listMine(running)).content).toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    const instance = InstanceId.parse(enrolled.instance);
    const { sealKey, purpose, fields } = await running.operator.sealKey({ instance });
    expect(fields.toSorted()).toEqual(Object.keys(enrolled.credential).toSorted());
    await running.operator.setCredential({
      instance,
      box: await seal(JSON.stringify(enrolled.credential), sealKey, purpose),
    });
    expect((await listMine(running)).content).toMatchObject({ customer: 'MERI-7' });
    kept.epochs.push((await running.operator.bindCustomer({ customer: 'FERN-2' })).epoch);
    await running.operator.revokeClient({ name: 'revoked' });
    expect((await mcpClient(running.ready.mcpUrl, kept.revoked).request('tools/list')).status).toBe(401);
    kept.keyName = await keyNameOf(running);
    expect((await running.stop()).code).toBe(0);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'keeps credential, device key, client apps and token over a restart, ended by %s',
    async (signal) => {
      const running = await start();
      const state = await running.operator.state(undefined);
      expect(state).toMatchObject({ isDemo: false, keystore: 'file', binding: null });
      expect(state.instances[0]).toMatchObject({ hasCredential: true });
      expect((await listMine(running)).content).toMatchObject({ customer: 'MERI-7' });
      expect((await mcpClient(running.ready.mcpUrl, kept.revoked).request('tools/list')).status).toBe(401);
      expect(await keyNameOf(running)).toBe(kept.keyName);
      for (const customer of ['MERI-12', 'FERN-2'])
        kept.epochs.push((await running.operator.bindCustomer({ customer })).epoch);
      expect(kept.epochs).toEqual(kept.epochs.toSorted((one, other) => one - other));
      expect(new Set(kept.epochs).size).toBe(kept.epochs.length);
      expect(await running.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
      await running.stop(signal);
    },
  );

  it('keeps the keystore and all of the home to its owner', async () => {
    for (const path of [
      keystore,
      ...['ledger.db', 'desk.json', 'vault/vault.json'].map((name) => join(enrolled.folder, name)),
    ])
      expect({ path, mode: statSync(path).mode & 0o077 }).toEqual({ path, mode: 0 });
  });

  it('does not start with a wrong passphrase, and a right one still works afterwards', async () => {
    const { code, stderr } = await refusedStart({
      home: enrolled.home,
      isDemo: false,
      stdin: 'wrong',
      env: { BULKHEAD_KEYSTORE: `file:${keystore}` },
    });
    expectPlain({ code, stderr }, 'KEYSTORE_PASSPHRASE');
    expect(stderr).not.toContain('wrong');
    const running = await start();
    expect((await listMine(running)).isError).toBe(false);
  });

  it('is refused a second start on the same home while it runs, and runs on', async () => {
    const running = app as RunningApp;
    const second = await refusedStart({
      home: enrolled.home,
      isDemo: false,
      stdin: passphrase,
      env: { BULKHEAD_KEYSTORE: `file:${keystore}` },
    });
    expectPlain(second, 'ALREADY_RUNNING');
    expect((await listMine(running)).isError).toBe(false);
    expect((await running.operator.state(undefined)).mcpUrl).toBe(running.ready.mcpUrl);
  });

  it('refuses to keep its keys in memory only, or to take another keystore than the vault was made with', async () => {
    await app?.stop();
    const memory = await refusedStart({ home: enrolled.home, isDemo: false, env: { BULKHEAD_KEYSTORE: 'memory' } });
    expectPlain(memory, 'KEYSTORE_MEMORY');
    const other = { BULKHEAD_KEYSTORE: `file:${join(folder, 'another.json')}` };
    expectPlain(
      await refusedStart({ home: enrolled.home, isDemo: false, stdin: passphrase, env: other }),
      'VAULT_MISMATCH',
    );
  });
});

describe('a start that cannot be', () => {
  const refuse = async (options: Parameters<typeof refusedStart>[0], code: string) => {
    const home = mkdtempSync(join(folder, 'home-'));
    expectPlain(await refusedStart({ home, ...options }), code);
  };

  it('says so in one line when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await refuse({ port: (server.address() as { port: number }).port }, 'PORT_TAKEN');
    } finally {
      server.close();
    }
  });

  it.each([
    ['is not there', undefined],
    ['is not JSON', '{"format":1,'],
    ['has the wrong shape', '{"format":2,"secret":"do-not-repeat-me"}'],
    [
      'contradicts itself',
      JSON.stringify({
        ...demoData,
        signedIn: 'nobody.here',
        customers: [...demoData.customers, demoData.customers[0]],
      }),
    ],
  ])('says so in one line when the demo data %s', async (_, text) => {
    const file = join(folder, 'bad.json');
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    await refuse({ demoData: file }, 'DEMO_DATA');
  });

  it('says so in one line when nothing is enrolled', async () => {
    await refuse({ isDemo: false }, 'NOT_ENROLLED');
  });

  it('says so in one line when the enrolment was changed', async () => {
    const enrolled = await enrolHome();
    try {
      const path = join(enrolled.folder, 'enrolment.json');
      writeFileSync(path, JSON.stringify({ ...(await enrol()), bundle: (await enrol()).bundle }));
      await refuse({ home: enrolled.home, isDemo: false }, 'ENROLMENT_INVALID');
    } finally {
      await enrolled.remove();
    }
  });
});

/** One plain line that ends with its code, and no more; exit code 1. */
function expectPlain({ code, stderr }: { code: number | null; stderr: string }, fault: string): void {
  expect(stderr).toMatch(new RegExp(`^[^\\n]{10,900} \\(${fault}\\)\\n$`));
  expect(stderr).not.toMatch(/do-not-repeat-me|Error:|^ +at /m);
  expect(code).toBe(1);
}
