// A real Bulkhead for a test: the built headless host as a process of its own, on the demo MSP, in a home of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ui } from '../../src-shared/contract/ui.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';

const root = join(import.meta.dirname, '../..');

export interface RunningApp {
  readonly home: string;
  readonly ready: { mcpUrl: string; windowUrl: string; pid: number; host: string };
  readonly process: ChildProcess;
  readonly operatorToken: string;
  /** The front-end contract over the control socket, authenticated as the operator. */
  readonly operator: Client<typeof ui>;
  /** The demo vendor's address, for its faults and its request log under /_emulator. */
  vendorUrl(): Promise<string>;
  /** Pids of the children by name, as the app tells them. */
  pids(): Promise<Record<string, number | null>>;
  stderr(): string;
  /** Ends the app with SIGTERM (or what is asked) and waits for its end. The home stays until `remove`. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
  remove(): void;
}

export interface StartOptions {
  readonly home?: string;
  readonly port?: number;
  readonly demoData?: string;
  /** Which of the demo's technicians is signed in. */
  readonly demoAs?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False starts what is enrolled in the home. */
  readonly isDemo?: boolean;
  /** One line on the app's standard input, for the keystore's passphrase. */
  readonly stdin?: string;
}

/** Rejects with the app's stderr when it ends before it serves. */
export async function startApp(options: StartOptions = {}): Promise<RunningApp> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'bulkhead-flow-'));
  const tokenFile = join(home, 'operator-token');
  const child = spawn(
    process.execPath,
    [
      join(root, 'out/main/headless.js'),
      ...['--home', home, '--no-open', '--port', String(options.port ?? 0)],
      ...(options.isDemo === false ? [] : ['--demo']),
      ...['--operator-token-out', tokenFile],
      ...(options.demoData === undefined ? [] : ['--demo-data', options.demoData]),
      ...(options.demoAs === undefined ? [] : ['--demo-as', options.demoAs]),
    ],
    {
      env: { BULKHEAD_KEYSTORE: 'memory', ...options.env },
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    },
  );
  child.stdin?.end(`${options.stdin}\n`);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ready = await readyLine(child, () => errors).catch((thrown: unknown) => {
    if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    throw thrown;
  });
  const operatorToken = readFileSync(tokenFile, 'utf8').trim();
  const operator = await connectOperator(home, operatorToken);
  return {
    home,
    ready,
    process: child,
    operatorToken,
    operator,
    vendorUrl: async () => {
      const [instance] = (await operator.state(undefined)).instances;
      if (!instance) throw new Error('the demo has no instance');
      return instance.baseUrl;
    },
    pids: async () =>
      Object.fromEntries((await operator.state(undefined)).processes.map(({ name, pid }) => [name, pid])),
    stderr: () => errors,
    stop: async (signal = 'SIGTERM') => {
      const from = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return { code: child.exitCode, ms: performance.now() - from };
    },
    remove: () => {
      child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A second connection to a running app; authenticated when a token is given. */
export async function connectOperator(home: string, operatorToken?: string): Promise<Client<typeof ui>> {
  const { control } = JSON.parse(readFileSync(join(home, 'run/app.json'), 'utf8')) as { control: string };
  const socket = connect(control);
  socket.pause();
  await once(socket, 'connect');
  socket.unref();
  const api = client(ui, socketPort(socket));
  if (operatorToken !== undefined) await api.authenticate({ operatorToken });
  return api;
}

export const appFile = (home: string): boolean => existsSync(join(home, 'run/app.json'));

/** How a start ended that must not succeed: its exit code and everything it wrote to stderr. */
export async function refusedStart(options: StartOptions): Promise<{ code: number | null; stderr: string }> {
  try {
    const app = await startApp(options);
    await app.stop('SIGKILL');
  } catch (thrown) {
    const [, code, stderr] = /^the app ended \((\w+)\) before it served: ([^]*)$/.exec((thrown as Error).message) ?? [];
    if (code === undefined || stderr === undefined) throw thrown;
    return { code: code === 'null' ? null : Number(code), stderr };
  }
  throw new Error('the app started');
}

/** Whether a process is alive (and not a zombie). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Asks again until it holds. Rejects after `ms`, naming what did not come true. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Sets faults of the demo vendor, by its own admin address. */
export async function setFaults(vendorUrl: string, faults: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${vendorUrl}/_emulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (!answer.ok) throw new Error(`the emulator refused the faults: ${answer.status} ${await answer.text()}`);
}

/** What the demo vendor was asked since the log was last cleared. */
export async function vendorRequests(vendorUrl: string): Promise<{ method: string; path: string; query: string }[]> {
  return (await (await fetch(`${vendorUrl}/_emulator/requests`)).json()) as never;
}

async function readyLine(child: ChildProcess, errors: () => string): Promise<RunningApp['ready']> {
  const { promise, resolve, reject } = Promise.withResolvers<RunningApp['ready']>();
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const line = text.split('\n').find((each) => each.startsWith('ready '));
    if (line !== undefined && text.includes('\n')) resolve(JSON.parse(line.slice(6)) as RunningApp['ready']);
  });
  child.once('close', (code) => reject(new Error(`the app ended (${code}) before it served: ${errors()}`)));
  return promise;
}
