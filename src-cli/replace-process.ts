import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { Fault } from '../src-shared/fault.ts';
import type { Replacement } from './world.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Becomes the other program: then signals, the terminal and the process id are its own. Windows cannot, so there it runs
 * as a child that receives our signals, and our exit code is its.
 */
export async function replaceProcess({ file, args, env }: Replacement): Promise<number> {
  // A failed execve ends this process with a stack trace, so what can be known before is.
  if (!existsSync(file))
    throw new Fault('PROGRAM_MISSING', `The program ${file} is missing.`, 'Install Bulkhead again.');
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  if (process.platform !== 'win32' && process.execve) process.execve(file, [file, ...args], given);

  const child = spawn(file, args, { stdio: 'inherit', env: given });
  for (const signal of signals) {
    process.removeAllListeners(signal);
    // A terminal sends Ctrl-C to the child itself; everyone else signals only this process.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  return new Promise((resolve, reject) => {
    child.on('error', () =>
      reject(new Fault('PROGRAM_FAILED', `The program ${file} does not start.`, 'Install Bulkhead again.')),
    );
    child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}
