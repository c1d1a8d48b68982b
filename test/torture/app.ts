// The application as a person starts it, again and again on one home and one port, to be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { seal } from '../../src-shared/seal.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import type { ui } from '../../src-shared/contract/ui.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { type AppProcess, childrenOf } from '../flows/processes.ts';
import { connectOperator } from '../flows/running-app.ts';
import type { TorturedHome } from './home.ts';

export const root = join(import.meta.dirname, '../..');
const passphrase = 'correct horse battery staple\n';

/** How a start ended that did not come to serve. */
export interface EndedStart {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly words: string;
}

export class App {
  readonly #place: TorturedHome;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #operator: Client<typeof ui> | undefined;
  operatorToken = '';
  /** When it was last started, in milliseconds since 1970. */
  startedAt = 0;

  constructor(place: TorturedHome, port: number) {
    this.#place = place;
    this.#port = port;
  }

  get mcpUrl(): string {
    return `http://127.0.0.1:${this.#port}/mcp`;
  }

  /** What every run of the app said on stderr. */
  get words(): string {
    return join(this.#place.folder, 'stderr.log');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get operator(): Client<typeof ui> {
    if (!this.#operator) throw new Error('the app does not serve');
    return this.#operator;
  }

  /** Resolves with undefined when it serves, or with how it ended before. */
  async start(): Promise<EndedStart | undefined> {
    const { home, keystore, folder } = this.#place;
    const tokenFile = join(folder, 'operator-token');
    this.#operator = undefined;
    this.startedAt = Date.now();
    const child = spawn(
      process.execPath,
      [
        join(root, 'out/main/headless.js'),
        ...['--home', home, '--no-open', '--port', String(this.#port), '--operator-token-out', tokenFile],
      ],
      { env: { BULKHEAD_KEYSTORE: `file:${keystore}` }, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#child = child;
    child.stdin?.on('error', () => {}); // It was killed before it read the passphrase.
    this.givePassphrase();
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      appendFileSync(this.words, chunk);
    });
    if (!(await serves(child))) return { code: child.exitCode, signal: child.signalCode, words };
    this.operatorToken = readFileSync(tokenFile, 'utf8').trim();
    try {
      this.#operator = await connectOperator(home, this.operatorToken);
      return undefined;
    } catch (thrown) {
      if (child.exitCode === null && child.signalCode === null) throw thrown;
      return { code: child.exitCode, signal: child.signalCode, words }; // Killed the moment it served.
    }
  }

  /** One line for the broker that starts next: each asks anew. One too many waits for the one after it. */
  givePassphrase(): void {
    this.#child?.stdin?.write(passphrase);
  }

  children(): AppProcess[] {
    return this.#child === undefined || this.hasEnded ? [] : childrenOf(this.pid);
  }

  get hasEnded(): boolean {
    return this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child && !this.hasEnded) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  /** Gives the broker the vendors' credentials, as the person at the device does once. */
  async storeCredentials(): Promise<void> {
    for (const { instance: id, credential } of this.#place.vendorSide.vendors) {
      const instance = InstanceId.parse(id);
      const { sealKey, purpose } = await this.operator.sealKey({ instance });
      const box = await seal(JSON.stringify(credential), sealKey, purpose);
      await this.operator.setCredential({ instance, box });
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function serves(child: ChildProcess): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (/^ready .*\n/m.test(text)) resolve(true);
  });
  child.once('close', () => resolve(false));
  return promise;
}
