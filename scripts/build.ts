// `npm run build`: builds out/ when a source has changed since, else does nothing and says nothing.
//
// Everything is said on stderr: whoever calls this may speak a protocol on stdout. The new build replaces the old one by
// a rename, so that nobody ever starts a half-written one.

import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, runTool } from './run.ts';

const sources = ['src-*/**/*', 'package-lock.json', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];
const bundler = 'node_modules/electron-vite/bin/electron-vite.js';
const out = join(root, 'out');
const next = join(root, '.cache/out-next');
const lock = join(root, '.cache/build-lock');

/** Leaves out/ built from the sources as they are now. Throws, with the bundler's words, when they do not build. */
export async function ensureBuilt(): Promise<void> {
  if (isFresh()) return;
  await whileLocked(async () => {
    if (!isFresh()) await build();
  });
}

async function build(): Promise<void> {
  if (!existsSync(join(root, bundler))) throw new Error('the build needs the development packages. Run: npm ci');
  const started = performance.now();
  const stamp = fingerprint();
  process.stderr.write('building Bulkhead … ');
  rmSync(next, { recursive: true, force: true });
  const { ok, stdout, stderr } = await runTool(bundler, ['build', '--outDir', next, '--logLevel', 'warn'], {
    env: { NO_COLOR: '1', NODE_ENV: 'production' }, // Under vitest it would be `test`, and React ten times slower.
  });
  if (!ok) throw new Error(`failed\n${stdout}${stderr}`);
  writeFileSync(join(next, '.stamp'), stamp);
  rmSync(out, { recursive: true, force: true });
  renameSync(next, out);
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

function isFresh(): boolean {
  return readIfThere(join(out, '.stamp')) === fingerprint();
}

/** A hash over the names and contents of everything that goes into the build. */
function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of globSync(sources, { cwd: root }).sort()) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** One build at a time in a checkout. A lock whose holder is gone, or older than two minutes, is nobody's. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  const holder = join(lock, 'pid');
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isAbandoned(holder)) rmSync(lock, { recursive: true, force: true });
      else await sleep(100);
    }
  }
  try {
    writeFileSync(holder, String(process.pid));
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isAbandoned(holder: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const pid = Number(readIfThere(holder) ?? 0);
  if (pid === 0) return age > 5_000;
  try {
    process.kill(pid, 0);
    return age > 120_000;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // not there: never built, or the lock's holder has not written its number yet
  }
}

if (import.meta.main) {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
