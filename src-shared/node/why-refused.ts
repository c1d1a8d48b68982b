/**
 * What a refusal of the file system means and what a person can do about it, of an error that `node:fs`, or a socket that has a
 * path, gave. `why` ends a sentence of which the subject was named: "X cannot be written: <why>." It quotes no path.
 */
export function whyRefused(error: unknown): { readonly why: string; readonly remedy: string } {
  const code = codeOf(error);
  const [meaning, remedy] = meanings[code] ?? ['the file system refuses', 'Check its disk, its owner and its rights.'];
  return { why: `${meaning} (${code})`, remedy };
}

/** Whether the operating system refused, and not something of ours. */
export const isRefusal = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const rights = 'Give your user the right to read and write it; what was started as another user belongs to that one.';
const inItsPlace = 'Move away what stands in its place, or name another home folder with --home.';
const handles = 'Close other programs, or raise the limit of open files.';

const meanings: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
  ENOSPC: ['there is no space left on its disk', 'Free some space on that disk, then try again.'],
  EDQUOT: ['your quota on its disk is used up', 'Remove what you do not need there or have it raised, then try again.'],
  EROFS: [
    'its file system may only be read',
    'Make that file system writable again, and check its disk: a system does this after an error of the disk.',
  ],
  EACCES: ['you do not have the right', rights],
  EPERM: ['you do not have the right', rights],
  EIO: ['its disk reports an error', 'Check that disk.'],
  ENOENT: ['there is no such file or folder', 'Make the folder it belongs in, or name another.'],
  ENOTDIR: ['something else than a folder is in its place', inItsPlace],
  EISDIR: ['a folder is in its place', inItsPlace],
  EEXIST: ['something else is in its place', inItsPlace],
  ELOOP: ['its path is a loop of links', inItsPlace],
  ENAMETOOLONG: ['its path is too long', 'Name a home folder with a shorter path with --home.'],
  EMFILE: ['too many files are open', handles],
  ENFILE: ['too many files are open', handles],
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
