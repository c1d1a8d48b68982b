// The supervisor's world, played by a test: files in memory, a clock that stands still, children that never are processes.
import { createHash } from 'node:crypto';
import type { Child, ChildExit, ChildName, HomeFiles } from '../../src-main/host.ts';
import { Fault } from '../../src-shared/fault.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';

export interface FakeHost {
  readonly files: HomeFiles & { readonly texts: Map<string, string> };
  now(): number;
  randomHex(bytes: number): string;
  sha256Hex(text: string): string;
}

export const hostNow = Date.parse('2026-11-21T12:00:00.000Z');

export function fakeHost(): FakeHost {
  const texts = new Map<string, string>();
  let count = 0;
  return {
    files: {
      texts,
      home: '/home/test',
      path: (relative) => `/home/test/${relative}`,
      makeFolder: () => {},
      read: (relative, most = Infinity) => {
        const text = texts.get(relative);
        return text !== undefined && Buffer.byteLength(text) > most ? undefined : text;
      },
      write: (relative, text) => void texts.set(relative, text),
      list: () => [],
      remove: (relative) => void texts.delete(relative),
      append: (relative, line) => void texts.set(relative, `${texts.get(relative) ?? ''}${line}\n`),
    },
    now: () => hostNow,
    randomHex: (bytes) => (count += 1).toString(16).padStart(bytes * 2, '0'),
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

export const diskFull = (): never => {
  throw new Fault('HOME_UNUSABLE', 'A file in the home folder cannot be used (ENOSPC).');
};

/** A child that ends when it is killed or told to. `port` is the supervisor's end, `far` the child's. */
export interface FakeChild extends Child {
  readonly far: Port;
  readonly isKilled: () => boolean;
  end(exit?: Partial<ChildExit>): void;
}

let lastPid = 100;

export function fakeChild(name: ChildName): FakeChild {
  const [port, far] = memoryPorts();
  const { promise: exited, resolve } = Promise.withResolvers<ChildExit>();
  let isKilled = false;
  const end: FakeChild['end'] = (exit = {}) => {
    port.close();
    resolve({ code: 1, signal: null, lastWords: '', ...exit });
  };
  return {
    name,
    pid: (lastPid += 1),
    port,
    far,
    exited,
    end,
    isKilled: () => isKilled,
    kill: () => {
      isKilled = true;
      end({ code: null, signal: 'SIGKILL' });
    },
  };
}
