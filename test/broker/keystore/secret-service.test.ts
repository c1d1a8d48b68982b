/**
 * The broker against a real Secret Service (gnome-keyring in a session bus of its own). Needs the packages dbus and
 * gnome-keyring; BULKHEAD_TEST_KEYRING=1 says they are there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../../../src-shared/seal.ts';
import { type ForkedBroker, forkBroker } from '../fork-broker.ts';
import { credential, found, halo, makeGateway, makeGrant, meridian, tenant } from '../keys.ts';

const isThere = process.env['BULKHEAD_TEST_KEYRING'] === '1';
if (!isThere)
  console.warn('skipped: no Secret Service to test against; set BULKHEAD_TEST_KEYRING=1 with dbus and gnome-keyring');

describe.skipIf(!isThere)('broker with a Secret Service', () => {
  let home: string;
  let session: ChildProcess | undefined;
  let broker: ForkedBroker | undefined;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'keyring-'));
  });
  afterEach(async () => {
    await broker?.end();
    await endSession();
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** A bus and a keyring daemon of their own. The prompter is replaced by one that shows nothing: fails, or never answers. */
  async function startSession({ daemon, prompter }: { daemon: string; prompter: string }): Promise<NodeJS.ProcessEnv> {
    const runtime = join(home, 'run');
    const services = join(home, 'services');
    rmSync(runtime, { recursive: true, force: true });
    for (const folder of [runtime, services]) mkdirSync(folder, { recursive: true });
    chmodSync(runtime, 0o700);
    const name = 'org.gnome.keyring.SystemPrompter';
    writeFileSync(join(services, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${prompter}\n`);
    const config = join(home, 'session.conf');
    writeFileSync(
      config,
      `<busconfig><type>session</type><servicedir>${services}</servicedir><listen>unix:tmpdir=${runtime}</listen>
       <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
    );
    const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: runtime };
    const script = `${daemon} >/dev/null && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat`;
    session = spawn('dbus-run-session', ['--config-file', config, '--', 'sh', '-c', script], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    const [line] = await once(found(session.stdout), 'data');
    return { HOME: home, XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: String(line).trim() };
  }

  /** The whole group, because the keyring daemon leaves its parent. */
  async function endSession(): Promise<void> {
    if (!session?.pid) return;
    const ended = once(session, 'exit');
    session.stdin?.end();
    await ended;
    try {
      process.kill(-session.pid, 'SIGKILL');
    } catch {
      // The group ended by itself.
    }
    session = undefined;
  }

  const unlock = 'printf x | gnome-keyring-daemon --unlock --components=secrets';
  const locked = 'gnome-keyring-daemon --start --components=secrets';

  it('makes a vault, and opens it again in another process', async () => {
    const env = await startSession({ daemon: unlock, prompter: '/bin/false' });
    broker = forkBroker(env);
    const { control, vaultFile, folder } = broker;
    const where = { tenant, keystore: { kind: 'os' }, vaultFile } as const;
    const { sealKey, device } = await control.open(where);
    const box = await seal(JSON.stringify(credential), sealKey, `${tenant}/${halo}`);
    await control.storeCredential({ instance: halo, customers: [meridian], box });
    expect(JSON.parse(readFileSync(vaultFile, 'utf8'))).toMatchObject({ backend: 'os', device });

    const again = forkBroker(env, folder);
    const gateway = makeGateway();
    const started = performance.now();
    expect((await again.control.open(where)).device).toBe(device);
    console.log(
      `opened with a Secret Service in ${Math.round(performance.now() - started)} ms, start of the process included`,
    );
    await again.control.trustGateway({ grantKey: gateway.grantKey });
    await again.control.admit({ link: 'worker-1', tenant, customer: meridian, instance: halo, epoch: 3 });
    const worker = await again.worker('worker-1');
    const grant = makeGrant(gateway, { expires: Date.now() + 30_000 });
    expect(await worker.lease({ grant })).toEqual({ credential });
    await again.end();
  });

  it('says KEYCHAIN_LOCKED when the unlock prompt is dismissed, and writes no vault', async () => {
    const env = await startSession({ daemon: locked, prompter: '/bin/false' });
    broker = forkBroker(env);
    const { control, vaultFile } = broker;
    const opened = control.open({ tenant, keystore: { kind: 'os' }, vaultFile });
    await expect(opened).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED', remedy: expect.stringMatching(/^Unlock/) });
    expect(existsSync(vaultFile)).toBe(false);
  });

  it('says KEYCHAIN_LOCKED after ten seconds when the prompt never answers, and still ends at once', async () => {
    const env = await startSession({ daemon: locked, prompter: '/bin/sleep 60' });
    broker = forkBroker(env);
    const { control, vaultFile } = broker;
    const started = performance.now();
    const opened = control.open({ tenant, keystore: { kind: 'os' }, vaultFile });
    await expect(opened).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(existsSync(vaultFile)).toBe(false);
    const ending = performance.now();
    await broker.end();
    expect(performance.now() - ending).toBeLessThan(10_000);
  });

  it('says KEYCHAIN_MISSING on a bus without the service', async () => {
    const env = await startSession({ daemon: 'true', prompter: '/bin/false' });
    broker = forkBroker(env);
    const { control, vaultFile } = broker;
    const opened = control.open({ tenant, keystore: { kind: 'os' }, vaultFile });
    await expect(opened).rejects.toMatchObject({ code: 'KEYCHAIN_MISSING' });
  });
});
