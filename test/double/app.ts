import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { isPrevented } from './event.ts';
import { record } from './record.ts';
import { serveRemote } from './remote.ts';

/** `app`: readiness, the lock of a single instance, and quitting in Electron's order. */
class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map([['userData', join(tmpdir(), `double-${process.pid}`)]]);
  readonly #ready: Promise<void>;
  #isReady = false;
  #lock: string | undefined;

  constructor() {
    super();
    // As in Electron, everything of the first turn runs before the app is ready.
    this.#ready = new Promise((resolve) => setImmediate(resolve)).then(async () => {
      await launchChromium(this.getPath('userData'));
      this.#isReady = true;
      this.emit('ready');
    });
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  enableSandbox(): void {
    record('app.enableSandbox', { isReady: this.#isReady });
  }

  getVersion(): string {
    return '0.0.0-double';
  }

  setBadgeCount(count: number): boolean {
    record('app.setBadgeCount', count);
    return true;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  /** A file names the first instance; the second leaves its arguments and knocks. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'SingletonLock');
    const holder = alive(lock);
    if (holder !== undefined) {
      writeFileSync(`${lock}.argv`, JSON.stringify(process.argv));
      process.kill(holder, 'SIGUSR2');
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#lock = lock;
    process.on('SIGUSR2', () => {
      this.emit('second-instance', {}, JSON.parse(readFileSync(`${lock}.argv`, 'utf8')), process.cwd(), null);
    });
    return true;
  }

  quit(): void {
    record('app.quit');
    if (isPrevented(this, 'before-quit', {})) return;
    void this.#end();
  }

  exit(code = 0): void {
    if (this.#lock !== undefined) rmSync(this.#lock, { force: true });
    process.exit(code); // As Electron, at once: Chromium dies with us.
  }

  async #end(): Promise<void> {
    const { closeAll } = await import('./browser-window.ts');
    await closeAll();
    if (isPrevented(this, 'will-quit', {})) return;
    this.emit('quit', {}, 0);
    this.exit(0);
  }
}

export const app = new App();

function alive(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

// Electron turns the signals that end a program into a quit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
serveRemote();
