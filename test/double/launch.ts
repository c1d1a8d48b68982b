import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Recorded } from './record.ts';
import type { Ask } from './remote.ts';

const register = fileURLToPath(new URL('./register.ts', import.meta.url));
/** Node 24, whatever runs the test. */
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** The built desktop application, running on the double. */
export interface Desktop {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  ask(message: Ask): Promise<unknown>;
  records(): Promise<readonly Recorded[]>;
  /** The first window's page. */
  page(): Promise<Page>;
  /** The next line on stdout that begins so. */
  line(start: string): Promise<string>;
  /** Quits as a person would, and by force when that takes longer than five seconds. */
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** `out/main/index.js` of some build. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function launch({ entry, args, env = {} }: LaunchOptions): Desktop {
  const running = fork(entry, [...args], {
    execPath: node,
    execArgv: ['--import', register],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: running.stdout as NodeJS.ReadableStream });
  reader.on('line', (line) => lines.push(line));
  const ended = once(running, 'exit').then(([code, signal]) => ({ code, signal }));
  const waiting = new Map<number, (value: unknown) => void>();
  running.on('message', ({ id, value }: { id: number; value: unknown }) => waiting.get(id)?.(value));
  let lastId = 0;
  let browser: Browser | undefined;

  const ask = (message: Ask): Promise<unknown> => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, resolve);
      void ended.then(() => reject(new Error('The desktop application ended.')));
      running.send({ id, ...message });
    });
  };
  return {
    process: running,
    ended,
    ask,
    records: async () => (await ask({ ask: 'records' })) as readonly Recorded[],
    page: async () => {
      browser ??= await chromium.connectOverCDP(String(await ask({ ask: 'address' })));
      return waitFor(() =>
        browser
          ?.contexts()[0]
          ?.pages()
          .find((page) => page.url().startsWith('https://bulkhead/')),
      );
    },
    line: (start) => waitFor(() => lines.find((line) => line.startsWith(start))),
    stop: async () => {
      await browser?.close().catch(() => {});
      if (running.exitCode === null && running.signalCode === null) running.kill('SIGTERM');
      const force = setTimeout(() => running.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    },
  };
}

async function waitFor<T>(look: () => T | undefined, deadline = Date.now() + 60_000): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('Waited too long.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
