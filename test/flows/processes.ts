// The processes of a running app as the operating system tells them, workers included. Linux only, like the tests that ask.
import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './running-app.ts';

export interface AppProcess {
  readonly pid: number;
  /** `gateway`, `worker` and so on: the program it runs. */
  readonly name: string;
}

/** The direct children of the app's main process that are alive. */
export function childrenOf(pid: number): AppProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const status = readFileSync(`/proc/${entry}/status`, 'utf8');
        if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== pid) return [];
        const words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
        const name = words.map((word) => /\/([a-z]+)\.js$/.exec(word)?.[1]).findLast((found) => found !== undefined);
        return isAlive(Number(entry)) ? [{ pid: Number(entry), name: name ?? 'unknown' }] : [];
      } catch {
        return []; // It ended while we looked.
      }
    });
}

export const workersOf = (pid: number): number[] => pidsOf(pid, 'worker');

export const pidsOf = (pid: number, name: string): number[] =>
  childrenOf(pid)
    .filter((child) => child.name === name)
    .map((child) => child.pid);
