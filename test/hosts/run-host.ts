import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { chromiumOptions } from '../chromium.ts';
import { type Desktop, launch } from '../double/launch.ts';
import { stub } from './stub-contract.ts';

export const hostKinds = ['headless', 'electron'] as const;
export type HostKind = (typeof hostKinds)[number];

/** Node 24, whatever runs the test. */
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** An application on one of the hosts, and a way to tell it what to do. */
export interface RunningHost {
  readonly kind: HostKind;
  readonly pid: number;
  readonly home: string;
  readonly startedIn: number;
  readonly readyLine: string;
  readonly control: Client<typeof stub>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly desktop: Desktop | undefined;
  page(): Promise<Page>;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export interface HostOptions {
  readonly kind: HostKind;
  /** A folder made by buildStub. */
  readonly out: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly args?: readonly string[];
}

export async function runHost({ kind, out, env = {}, home, args: more = [] }: HostOptions): Promise<RunningHost> {
  const began = performance.now();
  const folder = home ?? mkdtempSync(join(tmpdir(), 'bulkhead-home-'));
  const args = ['--home', folder, '--no-open', ...more];
  const started = kind === 'electron' ? electron(out, args, env) : headless(out, args, env);
  const readyLine = await Promise.race([
    started.ready,
    started.ended.then(({ code }) => {
      throw new Error(`The host ended with ${code} before it was ready.`);
    }),
  ]);
  const startedIn = performance.now() - began;
  const app = JSON.parse(readFileSync(join(folder, 'run/app.json'), 'utf8')) as { control: string };
  const socket = connect(app.control);
  await once(socket, 'connect');
  const control = client(stub, socketPort(socket));
  let browser: Browser | undefined;
  return {
    kind,
    pid: started.pid,
    home: folder,
    startedIn,
    readyLine,
    control,
    ended: started.ended,
    desktop: started.desktop,
    page: async () => {
      if (started.desktop !== undefined) {
        await started.desktop.ask({ ask: 'app', name: 'activate' });
        return started.desktop.page();
      }
      browser ??= await chromium.launch(chromiumOptions);
      const page = await browser.newPage();
      await page.goto(String((await control.surface()).url));
      return page;
    },
    kill: (signal) => process.kill(started.pid, signal),
    stop: async () => {
      socket.destroy();
      await browser?.close();
      await started.stop();
      if ((await started.ended).signal !== null) await delay(500); // Chromium notices, and still writes.
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Resolves when the process is gone; rejects when it is still there at the deadline. */
export async function gone(pid: number, deadline = 15_000): Promise<number> {
  const began = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - began > deadline) throw new Error(`Process ${pid} outlived its supervisor.`);
    await delay(10);
  }
  return performance.now() - began;
}

/** Nobody may reap what lost its parent in a container: a zombie has ended. */
export function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

interface Started {
  readonly pid: number;
  readonly ready: Promise<string>;
  readonly ended: RunningHost['ended'];
  readonly desktop: Desktop | undefined;
  stop(): Promise<void>;
}

function electron(out: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const desktop = launch({ entry: join(out, 'main/index.js'), args, env });
  return {
    pid: desktop.process.pid ?? 0,
    ready: desktop.line('ready '),
    ended: desktop.ended,
    desktop,
    stop: desktop.stop,
  };
}

function headless(out: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const running = fork(join(out, 'main/headless.js'), [...args], {
    execPath: node,
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(running, 'exit').then(([code, signal]) => ({ code, signal }));
  return {
    pid: running.pid ?? 0,
    ready: once(createInterface({ input: running.stdout as NodeJS.ReadableStream }), 'line').then(([line]) =>
      String(line),
    ),
    ended,
    desktop: undefined,
    stop: async () => {
      if (running.exitCode === null && running.signalCode === null) running.kill('SIGTERM');
      const force = setTimeout(() => running.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    },
  };
}
