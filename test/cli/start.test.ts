import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

let root: string;
let electron: string;
const program = () => ({ root, version: '0.1.0', entry: (name: string) => join(root, 'out', 'main', `${name}.js`) });

/** A package with a built program and Electron's program in the place where its installer puts it. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cli-start-'));
  mkdirSync(join(root, 'out', 'main'), { recursive: true });
  for (const name of ['headless', 'vendors']) writeFileSync(join(root, 'out', 'main', `${name}.js`), '');
  electron = join(root, 'node_modules', 'electron', 'dist', 'electron');
  mkdirSync(join(electron, '..'), { recursive: true });
  writeFileSync(electron, '');
  chmodSync(electron, 0o755);
  writeFileSync(join(root, 'package.json'), '{}');
  writeFileSync(join(root, 'node_modules/electron/package.json'), '{"name":"electron"}');
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const start = (words: string, more = {}) =>
  runCommand(['start', ...words.split(' ').filter((word) => word !== '')], {
    program: program(),
    env: { DISPLAY: ':0' },
    ...more,
  });

describe('start', () => {
  it('becomes Electron where its program and a display are', async () => {
    const ran = await start('--home /h', { env: { DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1' } });
    expect(ran.replaced).toEqual({
      file: electron,
      args: [root, '--home', '/h', '--port', '7421'],
      env: { DISPLAY: ':0' },
    });
    expect(ran.stderr).toBe('Opening the desktop application (Electron).');
  });

  it('passes every option to the headless application', async () => {
    const ran = await start(
      `--headless --demo --demo-data ${root}/package.json --demo-as helen.strand --home /h --port 0 --no-open --operator-token-out ${root}/t`,
    );
    expect(ran.replaced?.file).toBe(process.execPath);
    const given = `--home /h --port 0 --demo --demo-data ${root}/package.json --demo-as helen.strand --no-open --operator-token-out ${root}/t`;
    expect(ran.replaced?.args).toEqual([join(root, 'out/main/headless.js'), ...given.split(' ')]);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, '', 'Opening the headless application.']);
  });

  it.each([
    ['there is no display', { env: {} }],
    ['Electron does not run as root', { isSuperuser: true }],
  ])('opens the headless application and says why: %s', async (why, more) => {
    const ran = await start('--home /h', more);
    expect(ran.replaced?.args[0]).toBe(join(root, 'out/main/headless.js'));
    expect(ran.stderr).toBe(`Opening the headless application, its window in a browser: ${why}.`);
  });

  it('does not download what is not installed', async () => {
    rmSync(electron);
    const ran = await start('--home /h');
    expect(ran.stderr).toContain('Electron’s program is not installed here');
    expect(ran.replaced?.args[0]).toBe(join(root, 'out/main/headless.js'));
  });

  it('takes Electron from ELECTRON_OVERRIDE_DIST_PATH', async () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'electron'), '', { mode: 0o755 });
    const ran = await start('--home /h', { env: { WAYLAND_DISPLAY: 'w', ELECTRON_OVERRIDE_DIST_PATH: elsewhere } });
    expect(ran.replaced?.file).toBe(join(elsewhere, 'electron'));
  });

  it.each([
    ['--demo --demo-data /nowhere.json', 'DEMO_DATA'],
    ['--operator-token-out /nowhere/at/all', 'FOLDER_MISSING'],
  ])('fails before it starts anything: %s', async (words, code) => {
    const ran = await start(`${words} --json`);
    expect([ran.code, ran.replaced, ran.json]).toMatchObject([1, undefined, { error: { code } }]);
  });
});

describe('demo vendors', () => {
  it('becomes the emulators with the same options', async () => {
    const ran = await runCommand(['demo', 'vendors', '--data', '/d.json', '--port', '0'], { program: program() });
    expect(ran.replaced?.args).toEqual([join(root, 'out/main/vendors.js'), '--data', '/d.json', '--port', '0']);
  });
});
