// `npm test [-- vitest arguments]`: gets the machine what the tests need, builds, and runs every test once, with a secret
// service of its own where one can be had. It never touches the keyring of the person who runs it.

import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { constants as system, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { root, run } from './run.ts';

type Need = { program: string; debian: string; without: string };

const needs: Need[] = [
  { program: 'chromium', debian: 'chromium', without: 'the window tests (test/e2e) fail' },
  { program: 'dbus-run-session', debian: 'dbus', without: 'the keychain tests are skipped' },
  { program: 'gnome-keyring-daemon', debian: 'gnome-keyring', without: 'the keychain tests are skipped' },
];

// The daemon prints its settings; only its secret service matters. Stderr comes in as 3: on 2 the bus would complain of
// limits that are none of our business.
const withKeyring = `exec 2>&3 3>&-
printf '\\n' | XDG_DATA_HOME="$BULKHEAD_TEST_HOME" \
gnome-keyring-daemon --unlock --components=secrets --control-directory="$BULKHEAD_TEST_HOME" >/dev/null 2>&1 || {
  echo 'the keyring does not start: the keychain tests are skipped' >&2; unset BULKHEAD_TEST_KEYRING; }
unset BULKHEAD_TEST_HOME
exec "$@"`;

async function main(): Promise<number> {
  await provide(needs.filter(({ program }) => !isInstalled(program)));
  await ensureBuilt();
  const vitest = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)];
  if (!isInstalled('dbus-run-session') || !isInstalled('gnome-keyring-daemon')) return toTheEnd(vitest, {}, 'inherit');
  const home = mkdtempSync(join(tmpdir(), 'bulkhead-keyring-'));
  try {
    const session = ['dbus-run-session', '--', 'sh', '-c', withKeyring, 'sh', ...vitest];
    return await toTheEnd(session, { BULKHEAD_TEST_KEYRING: '1', BULKHEAD_TEST_HOME: home }, [
      'inherit',
      'inherit',
      'ignore',
      2,
    ]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Installs what is missing where that is allowed, and says in one line what that means where it is not. */
async function provide(missing: readonly Need[]): Promise<void> {
  if (missing.length === 0) return;
  const packages = missing.map(({ debian }) => debian);
  const names = packages.join(', ');
  if (process.getuid?.() === 0 && isInstalled('apt-get')) {
    process.stderr.write(`installing ${names} for the tests … `);
    if (await install(packages)) return void process.stderr.write('done\n');
    process.stderr.write('failed\n');
  }
  const loss = [...new Set(missing.map(({ without }) => without))].join(' and ');
  process.stderr.write(`missing: ${names}. Without, ${loss}. On Debian: sudo apt-get install ${packages.join(' ')}\n`);
}

/** The package lists of the machine may be fresh, stale or absent: only when they do not serve are they fetched. */
async function install(packages: readonly string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const get = async (): Promise<boolean> =>
    (await run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], { env })).ok;
  return (await get()) || ((await run('apt-get', ['update'], { env })).ok && (await get()));
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    const file = join(folder, program);
    if (folder === '' || !existsSync(file)) return false;
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false; // there, but not for us
    }
  });
}

function toTheEnd(command: readonly string[], env: Record<string, string>, stdio: StdioOptions): Promise<number> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio });
  passSignals(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 128 + system.signals[signal] : (code ?? 1)));
  });
}

function passSignals(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
