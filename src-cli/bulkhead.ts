/**
 * The commands: `bulkhead …`. Trusts the person at the terminal and the home folder they name; what a running Bulkhead
 * or a ledger says is shown as text and never as terminal control.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeInput } from './input.ts';
import { replaceProcess } from './replace-process.ts';
import { run } from './run.ts';

const root = rootAbove(import.meta.dirname);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const interruption = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(130); // Asked twice: at once.
    interruption.abort();
  });
}
process.stdout.on('error', () => process.exit(0)); // The reader has seen enough, as in `bulkhead audit tail | head`.

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  userHome: homedir(),
  isSuperuser: process.getuid?.() === 0,
  program: { root, version, entry: (name) => join(root, 'out', 'main', `${name}.js`) },
  input: makeInput(process.stdin, (text) => void process.stderr.write(text)),
  interrupted: interruption.signal,
  now: Date.now,
  print: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
  replace: replaceProcess,
});

/** The package's folder: this file runs from src-cli and, bundled, from out/main. */
function rootAbove(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, 'package.json')) || above === folder ? folder : rootAbove(above);
}
