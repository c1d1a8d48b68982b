import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { app } from './app.ts';
import type { MessagePortMain } from './message-channel.ts';
import { record } from './record.ts';

interface ForkOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly execArgv?: string[];
  readonly serviceName?: string;
  readonly stdio?: unknown;
}

const bootstrap = fileURLToPath(new URL('./utility-bootstrap.ts', import.meta.url));

/** A Node child that finds `process.parentPort`, as in Electron. No `--permission` reaches it, as in Electron. */
class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly stderr: Readable | null;
  readonly #child: ChildProcess;
  /** Messages leave in order though a port has to be connected first. */
  #sent: Promise<void> = Promise.resolve();

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    record('utilityProcess.fork', { serviceName: options.serviceName, execArgv: options.execArgv });
    this.#child = fork(bootstrap, [modulePath, ...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      execArgv: (options.execArgv ?? []).filter((argument) => !/^--(permission|allow-)/.test(argument)),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.stderr = this.#child.stderr;
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('error', () => {});
    this.#child.on('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? constants.signals[signal ?? 'SIGKILL']);
    });
  }

  postMessage(message: unknown, ports: readonly MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message);
    this.#sent = this.#sent.then(async () => {
      const socket = await ports[0]?.end.catch(() => undefined);
      if (!this.#child.connected) return void socket?.destroy();
      await new Promise<void>((resolve) => this.#child.send({ data }, socket, { keepOpen: false }, () => resolve()));
    });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(modulePath, args, options),
};
