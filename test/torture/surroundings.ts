// What a kill must not leave on the machine: processes, files that pile up, memory that grows, a process that falls over the
// death of another. Linux, like the other tests that read /proc.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppProcess } from '../flows/processes.ts';
import { isAlive } from '../flows/running-app.ts';
import { root } from './app.ts';

/** Megabytes that one process may hold. */
const mostMemory = 400;
/** Bytes of the ledger's file for each entry, beyond what an empty one has; and of its write-ahead log. */
const mostPerEntry = 8 * 1024;
const emptyLedger = 1024 * 1024;
const mostLog = 64 * 1024 * 1024;

/** Every file a home may have. What an atomic write leaves when it is killed is one file for each, and the next write's. */
const known = [
  /^run\/(app\.json|control\.sock)(\.new)?$/,
  /^logs\/bulkhead\.log$/,
  /^tenants\/[^/]+\/(enrolment|instances|desk|tools)\.json(\.new)?$/,
  /^tenants\/[^/]+\/policies\/[0-9a-f]{64}\.json(\.new)?$/,
  /^tenants\/[^/]+\/ledger\.(db|db-wal|db-shm|db-journal|reserve)$/,
  /^tenants\/[^/]+\/vault\/vault\.(json|signed)(\.new)?$/,
];

export function strangeFiles(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
    .filter((path) => !known.some((one) => one.test(path)))
    .map((path) => `${path} is left in the home folder`);
}

export function oversized(tenantFolder: string, entries: number): string[] {
  const size = (name: string): number => statSync(join(tenantFolder, name), { throwIfNoEntry: false })?.size ?? 0;
  const perEntry = (size('ledger.db') - emptyLedger) / Math.max(entries, 1);
  return [
    ...(perEntry > mostPerEntry ? [`the ledger takes ${Math.round(perEntry)} bytes an entry`] : []),
    ...(size('ledger.db-wal') > mostLog ? [`the write-ahead log has ${size('ledger.db-wal')} bytes`] : []),
  ];
}

export function bloated(processes: readonly AppProcess[]): string[] {
  return processes.flatMap(({ pid, name }) => {
    const megabytes = memoryOf(pid);
    return megabytes > mostMemory ? [`the ${name} holds ${Math.round(megabytes)} MB`] : [];
  });
}

/** Processes of this build that their supervisor left behind: whoever takes in orphans is no program of ours. */
export function strays(): AppProcess[] {
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    const name = Number.isInteger(pid) && isAlive(pid) ? programOf(pid) : undefined;
    if (name === undefined) return [];
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
    return /(?:^|\/)(?:node|electron)\0/.test(read(`/proc/${parent}/cmdline`)) ? [] : [{ pid, name }];
  });
}

/** Which of this build's programs a process runs: `gateway`, `worker` and so on. */
function programOf(pid: number): string | undefined {
  const programs = join(root, 'out/main/');
  const words = read(`/proc/${pid}/cmdline`).split('\0');
  const program = words.find((word) => word.startsWith(programs) && word.endsWith('.js'));
  return program?.slice(programs.length, -'.js'.length);
}

/** Ends of processes that nobody killed, and words no person should read, since the last time. */
export class Complaints {
  readonly #log: string;
  readonly #words: string;
  #logAt = 0;
  #wordsAt = 0;

  constructor(home: string, words: string) {
    this.#log = join(home, 'logs/bulkhead.log');
    this.#words = words;
  }

  since(): string[] {
    const log = existsSync(this.#log) ? readFileSync(this.#log, 'utf8') : '';
    const words = existsSync(this.#words) ? readFileSync(this.#words, 'utf8') : '';
    const lines = log
      .slice(this.#logAt)
      .split('\n')
      .filter((line) => line !== '');
    const fallen = lines.filter((line) => /"event":"process\.(?:ended|failed)"/.test(line) && !isKilled(line));
    const stacks = /^ +at .*$/m.exec(words.slice(this.#wordsAt));
    [this.#logAt, this.#wordsAt] = [log.length, words.length];
    return [
      ...fallen.map((line) => `a process ended by itself: ${line}`),
      ...(stacks ? [`a stack trace was shown to whoever started the app: ${stacks[0]}`] : []),
    ];
  }
}

/** By a signal, or because its supervisor was gone; and without a word. */
function isKilled(line: string): boolean {
  const { signal, code, lastWords } = JSON.parse(line) as Record<string, unknown>;
  return (signal === 'SIGKILL' || (signal === null && code === 0)) && !/^ +at /m.test(String(lastWords));
}

const memoryOf = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It ended while we looked.
  }
}
