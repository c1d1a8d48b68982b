import { join } from 'node:path';
import type { Check } from '../../src-shared/contract/ui.ts';
import { FailedStart } from '../../src-shared/model/failed-start.ts';
import { readFileIfThere } from '../../src-shared/node/atomic-file.ts';
import { check } from './check.ts';

/** Why the last start failed, where no app runs: a start sees what the commands, which have no keys, cannot. */
export function checkLastStart(home: string): Check {
  const failure = read(home);
  if (!failure) return check('last start', 'none failed');
  const { at, code, message, remedy } = failure;
  return check('last start', { wrong: `failed at ${at}: ${message} (${code})`, remedy });
}

function read(home: string): FailedStart | undefined {
  try {
    return FailedStart.safeParse(JSON.parse(readFileIfThere(join(home, 'run', 'failed-start.json')) ?? 'null')).data;
  } catch {
    return undefined; // Not readable, or no JSON: the next start that fails writes it anew.
  }
}
