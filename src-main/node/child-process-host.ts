import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Fault } from '../../src-shared/fault.ts';
import type { Child, Host, LinkEnd } from '../host.ts';
import { Quit } from '../quit.ts';
import { rendererFiles } from './renderer-files.ts';
import { type Program, spawnChildProcess } from './child-process.ts';
import { connectedSockets } from './connected-sockets.ts';
import { controlSocket } from './control-socket.ts';
import { homeFiles } from './home-files.ts';
import { openBrowser } from './open-browser.ts';
import { windowServer } from './window-server.ts';

export interface NodeHostOptions {
  readonly home: string;
  readonly program: Program;
  /** The folder of the built window. */
  readonly renderer: string;
  /** 0 = any free one. */
  readonly windowPort: number;
  readonly mayOpenBrowser: boolean;
}

/** The headless host: children are plain Node processes, the window is a page on loopback. */
export function nodeHost(options: NodeHostOptions): Host {
  const { platform } = process;
  const files = homeFiles(options.home);
  const quit = new Quit();
  const running = new Map<Child, ChildProcess>();
  const powers = { now: Date.now, randomHex: (bytes: number) => randomBytes(bytes).toString('hex') };

  // Whatever ends us: a child stuck in a loop would not see its channel close.
  process.on('exit', () => {
    for (const child of running.keys()) child.kill();
  });

  return {
    kind: 'headless',
    platform,
    pid: process.pid,
    files,
    ...powers,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),

    spawn: async (childOptions) => {
      const [child, childProcess] = await spawnChildProcess(childOptions, options.program);
      running.set(child, childProcess);
      void child.exited.then(() => running.delete(child));
      return child;
    },

    link: async (first, second) => {
      const [one, other] = await connectedSockets(platform);
      try {
        await Promise.all([
          handOver(running.get(first.child), first, one),
          handOver(running.get(second.child), second, other),
        ]);
      } catch {
        throw new Fault('LINK_FAILED', `The ${first.child.name} and the ${second.child.name} could not be linked.`);
      } finally {
        one.destroy();
        other.destroy();
      }
    },

    serveWindow: async ({ onWindow, isOperator, failedLogIn, log }) => {
      const served = await windowServer({
        ...powers,
        port: options.windowPort,
        files: rendererFiles(options.renderer),
        isOperator,
        failedLogIn,
        onWindow,
        log,
      });
      return {
        windowUrl: served.url,
        mintUrl: served.mintUrl,
        show: () => {
          if (options.mayOpenBrowser) openBrowser(served.mintUrl(), platform, log);
        },
        close: served.close,
      };
    },

    serveControl: (onConnection) => controlSocket({ files, platform, randomHex: powers.randomHex, onConnection }),

    onQuit: (handler) => quit.add(handler),
    quit: () => void quit.run().then(() => process.exit(0)),
    tell: () => {},
  };
}

/** Milliseconds a child may take to take its end of a link. */
const handOverWithin = 4000;

/**
 * Passes one end to a child and gives up ours. Rejects when the child is gone, or hangs. Node keeps a handle to itself while
 * the child has not taken the one before, and says nothing of it any more once the child has ended.
 */
async function handOver(to: ChildProcess | undefined, { name }: LinkEnd, socket: Socket): Promise<void> {
  if (to?.connected !== true) throw new Error('gone');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ended = (): void => reject(new Error('gone'));
  const timer = setTimeout(() => reject(new Error('hangs')), handOverWithin);
  to.once('exit', ended);
  to.send({ link: name }, socket, { keepOpen: false }, (error) => (error === null ? resolve() : reject(error)));
  await promise.finally(() => {
    clearTimeout(timer);
    to.off('exit', ended);
  });
}
