/** The real broker as a child, started as the Node host starts it. For tests. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerControl, brokerLease, brokerSigner, brokerSurvey } from '../../src-shared/contract/broker.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Port } from '../../src-shared/wire/port.ts';

const code = join(import.meta.dirname, '../..');

export interface ForkedBroker {
  readonly child: ChildProcess;
  readonly control: Client<typeof brokerControl>;
  readonly folder: string;
  readonly vaultFile: string;
  /** Everything the broker wrote to its standard output and error. */
  written(): string;
  worker(link: string): Promise<Client<typeof brokerLease> & { readonly socket: Socket }>;
  survey(link: string): Promise<Client<typeof brokerSurvey> & { readonly socket: Socket }>;
  ledger(): Promise<Client<typeof brokerSigner>>;
  end(): Promise<void>;
}

export function forkBroker(env: NodeJS.ProcessEnv = {}, folder = mkdtempSync(join(tmpdir(), 'broker-'))): ForkedBroker {
  const child = fork(join(code, 'src-broker/broker.ts'), [], {
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    execArgv: [
      '--permission',
      '--allow-addons',
      '--no-experimental-sqlite',
      '--disable-warning=SecurityWarning',
      `--allow-fs-read=${code}`,
      `--allow-fs-read=${folder}`,
      `--allow-fs-write=${folder}`,
    ],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));

  async function link(name: string): Promise<Socket> {
    const path = join(folder, `${name}.sock`);
    const server = createServer({ pauseOnConnect: true }).listen(path);
    await once(server, 'listening');
    const arrived = once(server, 'connection') as Promise<[Socket]>;
    const mine = connect(path);
    const [theirs] = await arrived;
    server.close();
    await new Promise<void>((resolve) => child.send({ link: name }, theirs, { keepOpen: false }, () => resolve()));
    return mine;
  }

  return {
    child,
    control: client(brokerControl, childPort(child)),
    folder,
    vaultFile: join(folder, 'vault.json'),
    written: () => written,
    worker: async (name) => {
      const socket = await link(name);
      return Object.assign(client(brokerLease, socketPort(socket)), { socket });
    },
    survey: async (name) => {
      const socket = await link(name);
      return Object.assign(client(brokerSurvey, socketPort(socket)), { socket });
    },
    ledger: async () => client(brokerSigner, socketPort(await link('ledger'))),
    end: async () => {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.disconnect();
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function childPort(child: ChildProcess): Port {
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => void child.on('exit', listener),
    close: () => void child.kill(),
  };
}
