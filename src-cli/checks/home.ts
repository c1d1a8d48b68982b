import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Check } from '../../src-shared/contract/ui.ts';
import { whyRefused } from '../../src-shared/node/why-refused.ts';
import { check } from './check.ts';

/** The ledger keeps 64 MB in reserve; below this it would soon live on that. */
const enough = 256 * 1024 * 1024;

/** Whether Bulkhead could write to its home, or make it. Looks only: makes and writes nothing. */
export function checkHome(home: string): Check {
  const there = nearest(home);
  try {
    if (!statSync(there).isDirectory())
      return check('home', { wrong: `${there} is not a folder`, remedy: 'Name another with --home.' });
    accessSync(there, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(there);
    const free = bavail * bsize;
    const space = `${Math.floor(free / 1024 / 1024)} MB free`;
    if (free < enough)
      return check('home', {
        wrong: `${home}: only ${space}`,
        remedy: 'Free disk space: without it nothing can be recorded.',
      });
    return check('home', `${home}${there === home ? '' : ' (not made yet)'}, ${space}`);
  } catch (error) {
    const { why, remedy } = whyRefused(error);
    return check('home', { wrong: `${there} cannot be used: ${why}`, remedy });
  }
}

/** The folder itself, or the nearest one above it that exists. */
function nearest(path: string): string {
  const above = dirname(path);
  return existsSync(path) || above === path ? path : nearest(above);
}
