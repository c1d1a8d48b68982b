import type { Host } from '../host.ts';
import { paths } from './paths.ts';

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

/** One JSON object a line, in the home folder. Codes, names of processes and counts; never arguments, answers or secrets. */
export type Log = (
  level: Level,
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

/** `wanted` is BULKHEAD_LOG: the most talkative level written, `warn` when it names none. */
export function openLog(host: Pick<Host, 'files' | 'now'>, wanted: string | null): Log {
  const threshold = levels.findIndex((level) => level === wanted);
  const limit = threshold === -1 ? levels.indexOf('warn') : threshold;
  return (level, event, facts = {}) => {
    if (levels.indexOf(level) > limit) return;
    const at = new Date(host.now()).toISOString();
    try {
      host.files.append(paths.log, JSON.stringify({ at, level, event, ...facts }));
    } catch {
      // A log that cannot be written must not stop the app; the ledger, which must, has its own disk check.
    }
  };
}
