import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { Fault } from '../../src-shared/fault.ts';
import { readFileIfThere, writeFileAtomic } from '../../src-shared/node/atomic-file.ts';
import { whyRefused } from '../../src-shared/node/why-refused.ts';
import type { HomeFiles } from '../host.ts';

/** The home folder on a real disk. Whoever passes a path computed it; leaving the folder is our mistake and throws. */
export function homeFiles(home: string): HomeFiles {
  const root = resolve(home);

  function path(relative: string): string {
    const absolute = join(root, relative);
    if (isAbsolute(relative) || (absolute !== root && !absolute.startsWith(root + sep))) {
      throw new Fault('HOME_UNUSABLE', 'A path outside the home folder was asked for.');
    }
    return absolute;
  }

  return {
    home: root,
    path,
    makeFolder: (relative) => onDisk(() => makeFolder(path(relative))),
    read: (relative, most = Infinity) =>
      onDisk(() => (bytesOf(path(relative)) > most ? undefined : readFileIfThere(path(relative)))),
    write: (relative, text) =>
      onDisk(() => {
        makeFolder(dirname(path(relative)));
        writeFileAtomic(path(relative), text);
      }),
    list: (relative) => onDisk(() => list(path(relative))),
    remove: (relative) => onDisk(() => rmSync(path(relative), { recursive: true, force: true })),
    append: (relative, line) =>
      onDisk(() => {
        makeFolder(dirname(path(relative)));
        appendFileSync(path(relative), `${line}\n`, { mode: 0o600 });
      }),
  };
}

/** One folder at a time: Node's own recursion never ends where a parent exists but takes no folder, as under /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The length of a file; 0 when there is none. */
const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function list(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A refusal of the file system as a Fault that says why; the path is not in it, for it holds customer ids. */
function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { why, remedy } = whyRefused(error);
    throw new Fault('HOME_UNUSABLE', `A file in the home folder cannot be used: ${why}.`, remedy);
  }
}
