import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { type EnrolledHome, enrolHome } from './enrolled-home.ts';
import { type KeychainSession, keychainFolder, startKeychain } from './keychain-session.ts';
import { mcpClient } from './mcp.ts';
import { pidsOf } from './processes.ts';
import { refusedStart, type RunningApp, startApp, until } from './running-app.ts';

const isThere = process.env['BULKHEAD_TEST_KEYRING'] === '1';
if (!isThere)
  console.warn('skipped: no Secret Service to test against; set BULKHEAD_TEST_KEYRING=1 with dbus and gnome-keyring');

/** The choices a person has, told whenever the keychain is not to be had. */
const choices = /BULKHEAD_KEYSTORE=file:<path>.*--demo/;

describe.skipIf(!isThere)('the keychain of the operating system', () => {
  let enrolled: EnrolledHome;
  let keychain: KeychainSession | undefined;
  let app: RunningApp | undefined;
  let token = '';
  const folder = keychainFolder();
  beforeAll(async () => {
    enrolled = await enrolHome();
  });
  afterAll(async () => {
    await app?.stop();
    await keychain?.end();
    await enrolled?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function switchKeychain(state: Parameters<typeof startKeychain>[1]): Promise<KeychainSession> {
    await keychain?.end();
    keychain = await startKeychain(folder, state);
    return keychain;
  }
  const options = ({ env }: KeychainSession) => ({
    home: enrolled.home,
    isDemo: false,
    env: { BULKHEAD_KEYSTORE: 'os', ...env },
  });
  const listMine = async (running: RunningApp) =>
    (await mcpClient(running.ready.mcpUrl, token).call('ticket_list', { customer: 'MERI-7' })).content;
  const vaultOf = () => join(enrolled.folder, 'vault/vault.json');

  it('holds the key of the vault; a credential set once is there after a restart', async () => {
    const session = await switchKeychain('unlocked');
    app = await startApp(options(session));
    ({ token } = await app.operator.addClient({ name: 'pinned', pin: 'MERI-7' }));
    const instance = InstanceId.parse(enrolled.instance);
    const { sealKey, purpose } = await app.operator.sealKey({ instance });
    await app.operator.setCredential({
      instance,
      box: await seal(JSON.stringify(enrolled.credential), sealKey, purpose),
    });
    expect(await listMine(app)).toMatchObject({ customer: 'MERI-7' });
    await app.stop();
    expect(JSON.parse(readFileSync(vaultOf(), 'utf8'))).toMatchObject({ backend: 'os' });
    app = await startApp(options(session));
    expect((await app.operator.state(undefined)).keystore).toBe('os');
    expect(await listMine(app)).toMatchObject({ customer: 'MERI-7' });
  });

  it('gone while the app runs and the broker starts again: a blocking problem with what to do, and every call denied', async () => {
    const running = app as RunningApp;
    await keychain?.end();
    for (const pid of pidsOf(running.ready.pid, 'broker')) process.kill(pid, 'SIGKILL');
    const problem = async () =>
      (await running.operator.state(undefined)).problems.find(({ id }) => id === 'process-broker');
    await until('the problem is told', async () => (await problem()) !== undefined);
    expect(await problem()).toMatchObject({ severity: 'blocking', remedy: expect.stringMatching(choices) });
    const answer = await listMine(running);
    expect(answer).toMatchObject({ denied: true, gate: 'execution' });
    expect((await running.operator.state(undefined)).keystore).toBe('os');
    expect((await running.operator.doctor(undefined)).find(({ check }) => check === 'keystore')).toMatchObject({
      ok: false,
    });
    await running.stop();
  });

  it.each([
    ['locked', 'KEYCHAIN_LOCKED'],
    ['none', 'KEYCHAIN_MISSING'],
  ] as const)(
    '%s at the start: the start is refused with the choices, and the vault is left as it was',
    async (state, code) => {
      const session = await switchKeychain(state);
      const before = readFileSync(vaultOf());
      const refused = await refusedStart(options(session));
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(new RegExp(`^[^\\n]+ \\(${code}\\)\\n$`));
      expect(refused.stderr).toMatch(choices);
      expect(readFileSync(vaultOf())).toEqual(before);
      expect(existsSync(join(enrolled.home, 'run/app.json'))).toBe(false);
    },
  );

  it('works again with the very credential it held once it is unlocked', async () => {
    app = await startApp(options(await switchKeychain('unlocked')));
    expect(await listMine(app)).toMatchObject({ customer: 'MERI-7' });
    await app.stop();
  });

  it('is never replaced in silence: the demo says when it keeps its credentials in memory', async () => {
    const { env } = await switchKeychain('none');
    const demo = await startApp({ env: { ...env, BULKHEAD_KEYSTORE: '' } });
    try {
      expect((await demo.operator.state(undefined)).keystore).toBe('memory');
      expect(demo.stderr()).toMatch(/^No OS keychain is used[^\n]+memory only\.$/m);
    } finally {
      await demo.stop();
      demo.remove();
    }
  });
});
