// A bus with a keychain service of its own for one test, so that nobody's real keychain is touched. Linux, with the
// packages dbus and gnome-keyring; BULKHEAD_TEST_KEYRING=1 says they are there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeychainSession {
  /** What a process needs to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends bus and service. What the keychain holds stays for the next session in the same folder. */
  end(): Promise<void>;
}

const daemon = 'gnome-keyring-daemon --components=secrets';
const services = {
  unlocked: `printf 'a password' | ${daemon} --unlock`,
  /** The login collection is there and locked; the prompt to unlock it fails at once. */
  locked: `${daemon} --start`,
  none: 'true',
};

export const keychainFolder = (): string => mkdtempSync(join(tmpdir(), 'bulkhead-keychain-'));

export async function startKeychain(folder: string, state: keyof typeof services): Promise<KeychainSession> {
  const runtime = join(folder, 'run');
  const own = join(folder, 'services');
  rmSync(runtime, { recursive: true, force: true });
  for (const each of [runtime, own]) mkdirSync(each, { recursive: true });
  chmodSync(runtime, 0o700);
  const prompter = 'org.gnome.keyring.SystemPrompter';
  writeFileSync(join(own, `${prompter}.service`), `[D-BUS Service]\nName=${prompter}\nExec=/bin/false\n`);
  const config = join(folder, 'session.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type><servicedir>${own}</servicedir><listen>unix:tmpdir=${runtime}</listen>
     <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
  );
  const session = spawn(
    'dbus-run-session',
    [
      '--config-file',
      config,
      '--',
      'sh',
      '-c',
      `${services[state]} >/dev/null && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat`,
    ],
    {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_RUNTIME_DIR: runtime },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    },
  );
  const address = await firstLine(session);
  return {
    env: { HOME: folder, XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: address },
    end: () => end(session),
  };
}

async function firstLine(session: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  session.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  session.once('exit', () => reject(new Error('the keychain session ended before it was there')));
  return promise;
}

/** The whole group, because the daemon leaves its parent. */
async function end(session: ChildProcess): Promise<void> {
  if (session.pid === undefined || session.exitCode !== null) return;
  const ended = once(session, 'exit');
  session.stdin?.end();
  await ended;
  try {
    process.kill(-session.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
