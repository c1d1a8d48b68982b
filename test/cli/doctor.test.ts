import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { entry, type FakeApp, fakeApp } from './fake-app.ts';
import { type Given, runCommand } from './run-command.ts';

let app: FakeApp | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-doctor-'));
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function doctor(home: string, given: Given = {}) {
  const ran = await runCommand(['doctor', '--json', '--home', home], given);
  const checks = ran.json as Check[];
  return { ran, checks, of: (name: string) => checks.find(({ check }) => check === name) };
}

describe('doctor', () => {
  it('adds what the running app says of itself, and exits 0 when all is well', async () => {
    app = await fakeApp({}, [entry(1)]);
    const { ran, checks, of } = await doctor(app.home);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(checks.map(({ check }) => check)).toEqual([
      'node',
      'home',
      'app',
      'port',
      'IPv6 loopback',
      'clock',
      'keychain',
      'display',
      'central',
      'processes',
    ]);
    for (const each of checks) expect(Object.keys(each)).toEqual(['check', 'ok', 'detail', 'remedy']);
    expect(of('port')).toMatchObject({ ok: true, detail: 'ours: http://127.0.0.1:7421/mcp' });
    expect(of('central')).toEqual({ check: 'central', ok: true, detail: 'not set up on this device', remedy: '' });
  });

  it('exits 1 and names what is wrong', async () => {
    const wrong = { check: 'ledger', ok: false, detail: 'disk full', remedy: 'Free disk space.' };
    app = await fakeApp({ doctor: () => [wrong] });
    const { ran, checks } = await doctor(app.home);
    expect(ran.code).toBe(1);
    expect(checks.at(-1)).toEqual(wrong);
    expect(ran.stderr).toBe('1 of 10 checks found something wrong: ledger.');
  });

  it('looks on when the app does not answer', async () => {
    const broken = () => {
      throw new Fault('STARTING_AGAIN', 'The gateway is starting again.');
    };
    app = await fakeApp({ doctor: broken, state: broken, entries: broken });
    const { ran, of } = await doctor(app.home);
    expect([ran.code, of('self-check')?.ok]).toEqual([1, false]);
  });

  it('finds a clock that is before the ledger', async () => {
    app = await fakeApp({}, [entry(1, { at: '2026-11-21T12:00:06.000Z' })]);
    expect((await doctor(app.home)).of('clock')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('the clock was ahead once, or is behind now'),
      remedy: expect.stringContaining('If it is right, there is nothing to do'),
    });
    expect((await doctor(app.home, { now: () => Date.parse('2026-11-21T12:00:02Z') })).of('clock')?.ok).toBe(true);
    expect((await doctor(folder, { now: () => Date.parse('1970-01-02') })).of('clock')?.ok).toBe(false);
  });

  it('finds a home that cannot be one', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect((await doctor(file)).of('home')).toMatchObject({ ok: false });
    expect((await doctor(join(folder, 'not', 'yet'))).of('home')).toMatchObject({ ok: true });
  });

  it.each<[string, Given, boolean]>([
    ['no session bus', { env: {} }, false],
    ['a session bus', { env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus' } }, true],
    ['a passphrase file to be made', { env: { BULKHEAD_KEYSTORE: 'file:/tmp/keys' } }, true],
    ['a passphrase file nowhere', { env: { BULKHEAD_KEYSTORE: 'file:/nowhere/keys' } }, false],
    ['an unknown keystore', { env: { BULKHEAD_KEYSTORE: 'cloud' } }, false],
    ['macOS', { platform: 'darwin' }, true],
  ])('says whether keys could be kept: %s', async (_, given, ok) => {
    expect((await doctor(folder, given)).of('keychain')?.ok).toBe(ok);
  });
});
