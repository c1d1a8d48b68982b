import { once } from 'node:events';
import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { Fault } from '../../src-shared/fault.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import type { Child, ChildExit, ChildOptions } from '../host.ts';
import { lastWords } from '../node/last-words.ts';
import { memoryFlags } from '../memory-flags.ts';

/**
 * A child in Electron: a process of its own with an explicit environment, but not a contained one. utilityProcess ignores
 * `--permission` and its companions (daintreehq/daintree#10900), so `isConfined`, `read`, `write` and `mayLoadAddons` have
 * no effect here, and it has no stdin. What keeps customers apart in this host is that each process is told little.
 */
export async function spawnUtilityChild(options: ChildOptions, folder: string): Promise<[Child, UtilityProcess]> {
  const running = utilityProcess.fork(join(folder, `${options.name}.js`), [], {
    cwd: folder,
    env: { ...options.env },
    execArgv: memoryFlags(options.memoryMb),
    serviceName: `Bulkhead ${options.name}`,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words = lastWords(running.stderr);
  const exited = new Promise<ChildExit>((resolve) => {
    running.once('exit', (code) => resolve({ code, signal: null, lastWords: words() }));
  });
  const isUp = await Promise.race([once(running, 'spawn').then(() => true), exited.then(() => false)]);
  if (!isUp)
    throw new Fault(
      'CHILD_FAILED',
      `The ${options.name} process could not be started.`,
      'Start Bulkhead again; if it stays, reinstall it.',
    );
  const { pid } = running;
  const child: Child = { name: options.name, pid, port: controlPort(running), exited, kill: () => kill(running, pid) };
  return [child, running];
}

/** UtilityProcess.kill sends SIGTERM, which a child could sit out. */
function kill(running: UtilityProcess, pid: number | undefined): void {
  if (running.pid === undefined) return; // It ended: its number may be another's by now.
  try {
    if (pid !== undefined && process.platform !== 'win32') process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the two lines above.
  }
  running.kill();
}

function controlPort(running: UtilityProcess): Port {
  return {
    // Through JSON, so that this host carries no more than the other.
    post: (message) => running.postMessage(JSON.parse(JSON.stringify(message))),
    onMessage: (listener) => void running.on('message', listener),
    onClose: (listener) => void running.once('exit', listener),
    close: () => kill(running, running.pid),
  };
}
