import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Fault } from '../../src-shared/fault.ts';
import { isRefusal, whyRefused } from '../../src-shared/node/why-refused.ts';

/**
 * Two ends of one local connection, paused and never read here, to hand to two children.
 *
 * Any process of this OS user can see the address while it exists, so the pair is proven before it is used. A unix socket
 * lives in a fresh 0700 folder and exactly one connection may arrive: a second one, ours or a stranger's, voids both.
 * Windows cannot pass a pipe to another process (libuv `uv_write2`: TCP only), so there it is a loopback connection whose
 * two ends must name each other's port.
 */
export async function connectedSockets(platform: string): Promise<[Socket, Socket]> {
  const folder = platform === 'win32' ? undefined : makeFolder();
  const server = createServer({ pauseOnConnect: true });
  const accepted: Socket[] = [];
  server.on('connection', (socket) => void accepted.push(socket));
  let first: Socket | undefined;
  try {
    if (folder === undefined) server.listen({ host: '127.0.0.1', port: 0, exclusive: true });
    else server.listen(join(folder, 'link'));
    await once(server, 'listening', within());
    first = open(server.address());
    await once(first, 'connect', within());
    // Whoever connected before us is in the queue before us: two turns of the loop see both.
    for (let turns = 0; accepted.length === 0 && turns < 1000; turns++) await turn();
    await turn();
    await turn();
    const [second] = accepted;
    if (second === undefined || accepted.length > 1 || !isSame(first, second)) throw intruder();
    // Node keeps count of a server's sockets in whichever process they are, with a listener on that child for each server.
    // Ours has this one socket and is gone, and a gateway is handed thousands of links in its life.
    Object.assign(second, { server: null });
    return [first, second];
  } catch (error) {
    first?.destroy();
    for (const socket of accepted) socket.destroy();
    throw error instanceof Fault ? error : notLinked(error);
  } finally {
    server.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'bulkhead-'));
  } catch (error) {
    throw notLinked(error);
  }
}

function notLinked(error: unknown): Fault {
  if (!isRefusal(error)) return new Fault('LINK_FAILED', 'Two processes could not be linked.');
  const { why, remedy } = whyRefused(error);
  return new Fault('LINK_FAILED', `Two processes could not be linked in ${tmpdir()}: ${why}.`, remedy);
}

function open(address: AddressInfo | string | null): Socket {
  const socket = typeof address === 'string' ? connect(address) : connect(address?.port ?? 0, '127.0.0.1');
  return socket.pause(); // Before it connects, so that it never begins to read.
}

function isSame(first: Socket, second: Socket): boolean {
  return first.localPort === second.remotePort && first.remotePort === second.localPort;
}

const within = () => ({ signal: AbortSignal.timeout(2000) });
const intruder = (): Fault => new Fault('LINK_FAILED', 'Another process tried to join a link between two of ours.');
