import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../src-shared/fault.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { whyRefused } from '../../src-shared/node/why-refused.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import type { ControlSurface, HomeFiles } from '../host.ts';
import { boundedPort } from './bounded-port.ts';

/** Linux allows 108 bytes for a socket's path, macOS 104. */
const longestPath = 100;
const maxConnections = 64;
/** Milliseconds that opening the socket may take at most; nobody else's is looked at for longer. */
const longestStart = 5000;

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
  const { files, platform } = options;
  if (platform === 'win32') return serve(options);
  files.makeFolder('run');
  const folder = files.path('run');
  within(folder, () => chmodSync(folder, 0o700));
  return aloneIn(files.path('run/starting'), () => serve(options));
}

/**
 * Between looking whether somebody answers, removing what does not, and listening in its place, no other start may do the
 * same: each would remove the other's socket. A folder is made by one alone. One left by a start that was killed just then
 * is old soon, and taken away.
 */
async function aloneIn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  while (!isMade(folder)) {
    // Its age may be of another clock than ours: nobody is waited for longer, whatever it says.
    if (isOld(folder) || performance.now() - from > longestStart) remove(folder);
    else await pause(20);
  }
  try {
    return await work();
  } finally {
    remove(folder);
  }
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw unusable(dirname(folder), error);
  }
}

function isOld(folder: string): boolean {
  const stats = within(dirname(folder), () => statSync(folder, { throwIfNoEntry: false }));
  return stats !== undefined && Date.now() - stats.mtimeMs > longestStart;
}

async function serve(options: ControlOptions): Promise<ControlSurface> {
  const { path, giveBack } = await freePath(options);
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    const peer = { waiting: () => socket.writableLength, cutOff: () => void socket.destroy() };
    options.onConnection(boundedPort(socketPort(socket), peer));
  });
  server.maxConnections = maxConnections;
  await listen(server, path);
  if (options.platform !== 'win32') within(dirname(path), () => chmodSync(path, 0o600));
  return {
    path,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
      giveBack();
    },
  };
}

async function freePath({ files, platform, randomHex }: ControlOptions): Promise<{ path: string; giveBack(): void }> {
  // A pipe's name is public and could be taken by another user first, so it is random and told in run/app.json.
  if (platform === 'win32') return { path: `\\\\.\\pipe\\bulkhead-${randomHex(16)}`, giveBack: () => {} };
  const wanted = files.path('run/control.sock');
  if (Buffer.byteLength(wanted) > longestPath) {
    const folder = within(tmpdir(), () => mkdtempSync(join(tmpdir(), 'bulkhead-')));
    return { path: join(folder, 'control.sock'), giveBack: () => remove(folder) };
  }
  if (await isAnswering(wanted)) throw alreadyRunning();
  remove(wanted); // Left by one that was killed.
  return { path: wanted, giveBack: () => remove(wanted) };
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
    throw unusable(dirname(path), error);
  }
}

const remove = (path: string): void => within(dirname(path), () => rmSync(path, { recursive: true, force: true }));

/** Does something in a folder; what the file system refuses is a Fault that names the folder. */
function within<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): Fault {
  const { why, remedy } = whyRefused(error);
  return new Fault('HOME_UNUSABLE', `The socket for commands cannot be opened in ${folder}: ${why}.`, remedy);
}

const alreadyRunning = (): Fault =>
  new Fault(
    'ALREADY_RUNNING',
    'Bulkhead is already running with this home folder.',
    'Use the running one, or stop it first.',
  );
