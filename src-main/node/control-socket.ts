import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Fault } from '../../src-shared/fault.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import type { ControlSurface, HomeFiles } from '../host.ts';

/** Linux allows 108 bytes for a socket's path, macOS 104. */
const longestPath = 100;
const maxConnections = 64;

export interface ControlOptions {
  readonly files: HomeFiles;
  readonly platform: string;
  readonly randomHex: (bytes: number) => string;
  onConnection(port: Port): void;
}

/**
 * The socket for commands. The folder's rights (0700) keep other OS users out; an AI tool of the same user gets in, which
 * is why a connection can only read until it proves the operator token.
 */
export async function controlSocket(options: ControlOptions): Promise<ControlSurface> {
  const { path, remove } = await freePath(options);
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    options.onConnection(socketPort(socket));
  });
  server.maxConnections = maxConnections;
  await listen(server, path);
  if (options.platform !== 'win32') chmodSync(path, 0o600);
  return {
    path,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
      remove();
    },
  };
}

async function freePath({ files, platform, randomHex }: ControlOptions): Promise<{ path: string; remove(): void }> {
  // A pipe's name is public and could be taken by another user first, so it is random and told in run/app.json.
  if (platform === 'win32') return { path: `\\\\.\\pipe\\bulkhead-${randomHex(16)}`, remove: () => {} };
  files.makeFolder('run');
  chmodSync(files.path('run'), 0o700);
  const wanted = files.path('run/control.sock');
  if (Buffer.byteLength(wanted) > longestPath) {
    const folder = mkdtempSync(join(tmpdir(), 'bulkhead-'));
    return { path: join(folder, 'control.sock'), remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
  if (await isAnswering(wanted)) throw alreadyRunning();
  rmSync(wanted, { force: true }); // Left by one that was killed.
  return { path: wanted, remove: () => rmSync(wanted, { force: true }) };
}

async function isAnswering(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false; // Nobody listens, or there is no such socket.
  } finally {
    socket.destroy();
  }
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw alreadyRunning();
    const folder = dirname(path);
    throw new Fault('HOME_UNUSABLE', 'The socket for commands cannot be opened.', `Check the rights of ${folder}.`);
  }
}

const alreadyRunning = (): Fault =>
  new Fault(
    'ALREADY_RUNNING',
    'Bulkhead is already running with this home folder.',
    'Use the running one, or stop it first.',
  );
