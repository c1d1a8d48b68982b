// Entry: the vendor emulators of one demo data file, until SIGINT or SIGTERM. Prints one line when they serve:
//   ready {"halopsa":{"url":"http://127.0.0.1:41234","instance":"northway-halo"},"hudu":{"url":…,"instance":…}}
// Trusts its arguments, which are the operator's. `--data FILE` defaults to demo/northway.json of the package. `--port N`
// is the first vendor's port and the others follow it; without it every vendor takes a free one. `--json` leaves the word
// `ready` away, and says an error as one JSON document too.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDemoData } from './demo-data.ts';
import { type DemoVendor, demoVendors } from './emulators.ts';
import type { Emulator } from './vendor/emulator.ts';

const usage = 'Usage: vendors [--data FILE] [--port N] [--json]';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const asked = readArguments(words);
  if (asked === null) return fail(usage, 2, words.includes('--json'));
  const { isJson } = asked;
  try {
    const data = await readDemoData(asked.data ?? defaultData(import.meta.dirname));
    const vendors = demoVendors(data);
    if (vendors.length === 0) return fail('The demo data file describes no vendor that can be emulated.', 1, isJson);
    const emulators = await startAll(vendors, asked.port);
    const ready = vendors.map(({ connector, instance }, at) => [connector, { url: emulators[at]?.url, instance }]);
    process.stdout.write(`${isJson ? '' : 'ready '}${JSON.stringify(Object.fromEntries(ready))}\n`);
    await asksToStop();
    await Promise.all(emulators.map((emulator) => emulator.close()));
    return 0;
  } catch (problem) {
    return fail(wordsOf(problem), 1, isJson);
  }
}

/** All of them or none: a port that is taken stops those already started. */
async function startAll(vendors: readonly DemoVendor[], firstPort: number): Promise<Emulator[]> {
  const started: Emulator[] = [];
  try {
    for (const [at, vendor] of vendors.entries())
      started.push(await vendor.start(firstPort === 0 ? 0 : firstPort + at));
    return started;
  } catch (problem) {
    await Promise.all(started.map((emulator) => emulator.close()));
    throw problem;
  }
}

function readArguments(words: readonly string[]): { data: string | undefined; port: number; isJson: boolean } | null {
  try {
    const text = { type: 'string' } as const;
    const options = { data: text, port: text, json: { type: 'boolean' } } as const;
    const { data, port: asked = '0', json = false } = parseArgs({ args: [...words], options }).values;
    const port = Number(asked);
    return Number.isInteger(port) && port >= 0 && port <= 65_535 ? { data, port, isJson: json } : null;
  } catch {
    return null;
  }
}

/** Walks up to the folder of package.json: this file runs from src-demo and, bundled, from out/main. */
function defaultData(from: string): string {
  if (existsSync(join(from, 'package.json'))) return join(from, 'demo', 'northway.json');
  const above = dirname(from);
  if (above === from) throw new Error('No demo data file was found; name one with --data FILE.');
  return defaultData(above);
}

function asksToStop(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
}

function wordsOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  if ((problem as NodeJS.ErrnoException).code !== 'EADDRINUSE') return problem.message;
  return 'A port of the emulators is taken. Choose another with --port, or leave it away for any free one.';
}

function fail(message: string, code: number, isJson: boolean): number {
  process.stderr.write(`${message}\n`);
  const error = { code: code === 2 ? 'USAGE' : 'DEMO_VENDORS', message, remedy: usage };
  if (isJson) process.stdout.write(`${JSON.stringify({ error })}\n`);
  return code;
}
