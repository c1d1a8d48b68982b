import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../src-shared/fault.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import type { Child, ChildExit, ChildOptions } from '../host.ts';
import { lastWords } from './last-words.ts';
import { memoryFlags } from '../memory-flags.ts';

/** Where the program is. Its code is no secret: every child may read it. */
export interface Program {
  /** The folder of the running bundle. */
  readonly folder: string;
  /** Besides that folder: the packages that the bundle leaves outside. */
  readonly code: readonly string[];
  readonly node: string;
}

/**
 * A plain Node process that inherits nothing: no environment, no stdout, no NODE_OPTIONS, no open file but its IPC channel.
 * (libuv adds SystemRoot, PATH and the like on Windows, without which sockets do not work there.)
 *
 * It leads a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone, which stops the children in
 * order. When the supervisor dies the channel closes and the child ends itself (see src-shared/node/parent-port.ts).
 */
export async function spawnChildProcess(options: ChildOptions, program: Program): Promise<[Child, ChildProcess]> {
  const running = fork(join(program.folder, `${options.name}.js`), [], {
    cwd: program.folder,
    env: { ...options.env },
    execArgv: nodeArguments(options, program),
    execPath: program.node,
    serialization: 'json',
    stdio: [options.stdin === 'inherit' ? 'inherit' : 'ignore', 'ignore', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const words = lastWords(running.stderr);
  try {
    await once(running, 'spawn');
  } catch {
    throw new Fault(
      'CHILD_FAILED',
      `The ${options.name} process could not be started.`,
      'Start Bulkhead again; if it stays, reinstall it.',
    );
  }
  running.on('error', () => {}); // A failed send or kill; 'exit' tells what matters.
  // One that left the channel and lives on is no longer ours to talk to. The wait lets an ordinary end keep its exit code.
  running.on('disconnect', () => setTimeout(() => running.kill('SIGKILL'), 500).unref());

  const exited = new Promise<Omit<ChildExit, 'lastWords'>>((resolve) => {
    running.once('exit', (code, signal) => resolve({ code, signal }));
  }).then(async (end) => {
    if (running.stderr?.readable) await Promise.race([once(running.stderr, 'close'), delay(200)]);
    return { ...end, lastWords: words() };
  });
  const child: Child = {
    name: options.name,
    pid: running.pid,
    port: controlPort(running),
    exited,
    kill: () => void running.kill('SIGKILL'),
  };
  return [child, running];
}

function nodeArguments(options: ChildOptions, program: Program): string[] {
  const memory = memoryFlags(options.memoryMb);
  if (!options.isConfined) return memory;
  return [
    ...memory,
    '--permission',
    '--no-experimental-sqlite', // node:sqlite is outside the permission model (nodejs/node#54269).
    ...[program.folder, ...program.code, ...options.read].flatMap((path) => allow('read', path)),
    ...options.write.flatMap((path) => [...allow('read', path), ...allow('write', path)]),
    ...(options.mayLoadAddons ? ['--allow-addons'] : []),
  ];
}

/** Node takes a folder as everything in it only when the folder is there by now; the second form holds for later too. */
const allow = (right: 'read' | 'write', path: string): string[] => [
  `--allow-fs-${right}=${path}`,
  `--allow-fs-${right}=${join(path, '*')}`,
];

function controlPort(running: ChildProcess): Port {
  return {
    post: (message) => {
      if (running.connected) running.send(message as object, () => {});
    },
    onMessage: (listener) => void running.on('message', listener),
    onClose: (listener) => void running.on('exit', listener),
    close: () => void running.kill('SIGKILL'),
  };
}
