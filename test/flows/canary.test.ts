import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { demoData } from './demo-owners.ts';
import { type McpClient, mcpClient } from './mcp.ts';
import { formsOf, searchMemory } from './process-memory.ts';
import { type AppProcess, childrenOf } from './processes.ts';
import { type RunningApp, setFaults, startApp, until } from './running-app.ts';

/** Random, and of a shape nothing else has. Held by this process and the vendor; the app gets them as it gets any secret. */
const canaries = {
  vendorSecret: `canary-${randomBytes(24).toString('base64url')}`,
  wrongSecret: `canary-${randomBytes(24).toString('base64url')}`,
  passphrase: `canary-${randomBytes(24).toString('base64url')}`,
};
const forms = Object.values(canaries).flatMap(formsOf);
const holds = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form));
const { halopsa } = demoData.vendors;
if (!halopsa) throw new Error('the demo data has no HaloPSA');
const { clientId } = halopsa.credential;
const instance = InstanceId.parse(halopsa.instance);

describe('a secret of the vendor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-canary-'));
  let app: RunningApp;
  let mcp: McpClient;
  /** Everything that came out of the app on any way. */
  const answers: string[] = [];
  const processes: Record<string, AppProcess[]> = {};

  beforeAll(async () => {
    const file = join(folder, 'demo.json');
    const credential = { clientId, clientSecret: canaries.vendorSecret };
    writeFileSync(file, JSON.stringify({ ...demoData, vendors: { halopsa: { ...halopsa, credential } } }));
    app = await startApp({
      demoData: file,
      stdin: canaries.passphrase,
      env: { BULKHEAD_KEYSTORE: `file:${join(folder, 'keystore.json')}`, BULKHEAD_LOG: 'debug' },
    });
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
    mcp = mcpClient(app.ready.mcpUrl, token);
    await useIt();
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Calls that work and calls that fail, the secret changed on the way a person changes it, wrong and right again. */
  async function useIt(): Promise<void> {
    const call = async (tool: string, args: Record<string, unknown> = {}) => {
      const { text, content } = await mcp.call(tool, { customer: 'MERI-7', ...args });
      answers.push(text);
      return content;
    };
    const change = async (clientSecret: string, sealedTo?: string) => {
      const { sealKey, purpose } = await app.operator.sealKey({ instance });
      const box = await seal(JSON.stringify({ clientId, clientSecret }), sealKey, sealedTo ?? purpose);
      const ended = await app.operator.setCredential({ instance, box }).catch((thrown: unknown) => thrown);
      answers.push(JSON.stringify(ended, Object.getOwnPropertyNames(ended ?? {})) ?? '');
      return ended;
    };
    expect(await call('ticket_list')).toMatchObject({ customer: 'MERI-7' });
    const vendor = await app.vendorUrl();
    await setFaults(vendor, { failStatus: 500 });
    expect(await call('ticket_list')).toMatchObject({ code: 'VENDOR_ERROR' });
    await setFaults(vendor, { failStatus: null });
    await change(canaries.wrongSecret);
    expect(await call('ticket_list')).toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(await change(canaries.wrongSecret, 'northway/another-instance')).toMatchObject({
      code: 'CREDENTIAL_INVALID',
    });
    await change(canaries.vendorSecret);
    expect(await call('ticket_list')).toMatchObject({ customer: 'MERI-7' });
    await call('ticket_get', { id: canaries.vendorSecret.length });
    for (const value of [
      await app.operator.state(undefined),
      await app.operator.doctor(undefined),
      await app.operator.testInstance({ instance }),
      await app.operator.tools(undefined),
      await app.operator.customers(undefined),
    ])
      answers.push(JSON.stringify(value));
    for (const child of [{ pid: app.ready.pid, name: 'main' }, ...childrenOf(app.ready.pid)])
      (processes[child.name] ??= []).push(child);
  }

  const searched = (name: string) => (processes[name] ?? []).flatMap(({ pid }) => searchMemory(pid, forms) ?? []);
  const mayLook = searchMemory(process.pid, formsOf('anything at all')) !== undefined;
  if (!mayLook) console.warn('skipped: this system does not let a process read the memory of another');

  it('has every process this test means to look at', () => {
    expect(Object.keys(processes).toSorted()).toEqual(['broker', 'demo', 'gateway', 'ledger', 'main', 'worker']);
  });

  it.skipIf(!mayLook)('is found where it must be, so that not finding it elsewhere means something', () => {
    const [broker, worker, demo] = [searched('broker'), searched('worker'), searched('demo')];
    expect(broker.concat(worker).flatMap(({ found }) => found)).toContain(0);
    expect(demo.flatMap(({ found }) => found)).toContain(0);
  });

  it.skipIf(!mayLook).each(['main', 'gateway', 'ledger'])('is nowhere in the memory of the %s', (name) => {
    const all = searched(name);
    expect(all.length).toBe(1);
    for (const { found, bytes } of all) {
      expect(bytes).toBeGreaterThan(20_000_000);
      expect(found).toEqual([]);
    }
  });

  it('is in no argument and no environment of any process', () => {
    const own = Object.values(processes).flat();
    for (const { pid } of own) {
      expect(holds(readFileSync(`/proc/${pid}/cmdline`))).toBe(false);
      expect(holds(readFileSync(`/proc/${pid}/environ`))).toBe(false);
    }
  });

  it('is in no answer, no error, no state and nothing written to stderr', () => {
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((text) => holds(Buffer.from(text)))).toEqual([]);
    expect(holds(Buffer.from(app.stderr()))).toBe(false);
  });

  it('is in no file: not the ledger, the log, the vault or the keystore, before the end and after it', async () => {
    const check = () => {
      const files = [...filesIn(app.home), join(folder, 'keystore.json')];
      expect(files.filter((file) => holds(readFileSync(file)))).toEqual([]);
      return files.map((file) => file.slice(file.lastIndexOf('/') + 1));
    };
    expect(check()).toEqual(
      expect.arrayContaining(['ledger.db', 'vault.json', 'keystore.json', 'app.json', 'desk.json']),
    );
    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 1000, filter: {} });
    expect(entries.filter(({ kind }) => kind === 'credential.changed').length).toBeGreaterThanOrEqual(3);
    for (const { pid } of [...(processes['gateway'] ?? []), ...(processes['ledger'] ?? [])])
      process.kill(pid, 'SIGKILL');
    await until('all is up', async () =>
      (await app.operator.state(undefined)).processes.every(({ state }) => state === 'up'),
    );
    await app.stop();
    check();
  });
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
