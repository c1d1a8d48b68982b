// The ledger against its disk: appends with so many in flight as a ratio to the raw flush of the same disk in the same run,
// and to what SQLite's own group commit gives; then verify and export at sizes far apart, which should not matter.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exportLedger, type Format } from '../src-cli/export/export-ledger.ts';
import type { App } from '../src-cli/running-app.ts';
import { readKey } from '../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../src-cli/verifier/verify-file.ts';
import { openToWrite } from '../src-ledger/database.ts';
import { OpenLedger } from '../src-ledger/open-ledger.ts';
import { noteKeyText } from '../src-shared/merkle/note.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { TenantId } from '../src-shared/model/ids.ts';
import { draft, forkLedger } from '../test/ledger/fork-ledger.ts';
import { origin, publicKey, signNote } from '../test/merkle/export-fixture.ts';
import { sha256 } from '../test/merkle/leaves.ts';

process.env['SQLITE_USE_URI'] = '1'; // Before SQLite is loaded for the first time.

const sizes = (process.env['BENCH_LEDGER'] ?? '10000,1000000').split(',').map(Number);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'bulkhead-bench-ledger-'));
const signal = new AbortController().signal;
const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));
const number = (value: number, digits = 0): string => value.toFixed(digits).padStart(9);

/** As an allowed call records them: an intent, then its outcome. */
const outcome = { status: 'ok', records: 20, dropped: 3, redacted: 0, bytes: 9000, ms: 14.5 };
const drafts: readonly EntryDraft[] = [
  draft('ticket_list'),
  draft('ticket_list', { kind: 'call.outcome', ref: 1, result: outcome }),
];
const draftAt = (at: number): EntryDraft => drafts[at % 2] as EntryDraft;

try {
  await appends();
  await reading();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function appends(): Promise<void> {
  const before = rawFlushes();
  const ledger = open(join(folder, 'append.db'));
  const child = await forkLedger(folder);
  await child.open(join(folder, 'forked.db'));
  console.log(`appends, ${seconds} s each; one raw flush is 4 KB appended and fsync\n`);
  console.log(
    'in flight    p50 ms  entries/s   SQLite/s  share of it   flushes/s  x raw flushes | through the process: p50 ms, entries/s',
  );
  for (const inFlight of [1, 8, 64, 256]) {
    const flushes = rawFlushes();
    const ours = await keepInFlight(inFlight, (at) => ledger.append(draftAt(at)));
    const limit = groupCommits(inFlight);
    const remote = await keepInFlight(inFlight, (at) => child.control.append(draftAt(at)));
    console.log(
      `${String(inFlight).padStart(9)} ${number(ours.p50, 3)}  ${number(ours.perSecond)}  ${number(limit)}    ${number(ours.perSecond / limit, 2)}   ${number(flushes.perSecond)}      ${number(ours.perSecond / flushes.perSecond, 2)} | ${number(remote.p50, 3)} ${number(remote.perSecond)}`,
    );
  }
  const after = rawFlushes();
  console.log(
    `\nraw flush p50: ${before.p50.toFixed(3)} ms at first, ${after.p50.toFixed(3)} ms at the end (one append, one flush: its floor)`,
  );
  ledger.close();
  await child.end('SIGTERM');
}

async function reading(): Promise<void> {
  console.log(
    '\n  entries    fill/s  verify/s  jsonl/s  check/s  bundle/s  check/s   part/s   MB file    MB in use after each',
  );
  for (const size of sizes) {
    const file = join(folder, `${size}.db`);
    const ledger = open(file);
    const filled = await timed(async () => {
      for (let at = 0; at < size; at += 5000)
        await Promise.all(
          Array.from({ length: Math.min(5000, size - at) }, (_, step) => ledger.append(draftAt(at + step))),
        );
    });
    const memory = [held()];
    const verified = await timed(async () => {
      const { ok, entries } = await ledger.verify(signal);
      if (!ok || entries !== size) throw new Error('the ledger does not verify');
    });
    memory.push(held());
    const lines = await exported(ledger, 'jsonl');
    memory.push(held());
    const bundle = await exported(ledger, 'bundle');
    memory.push(held());
    const part = await timed(() => exportTo(ledger, 'bundle', { from: '2100-01-01T00:00:00.000Z' }));
    memory.push(held());
    const rate = (ms: number): string => ((size / ms) * 1000).toFixed(0).padStart(9);
    console.log(
      `${String(size).padStart(9)} ${rate(filled)} ${rate(verified)} ${rate(lines.written)}${rate(lines.checked)} ${rate(bundle.written)}${rate(bundle.checked)}${rate(part)} ${(statSync(file).size / 1e6).toFixed(0).padStart(9)}    ${memory.join(' ')}`,
    );
    ledger.close();
  }
}

/** Signed by a key of the tests, so that what is exported verifies as it would anywhere. */
function open(file: string): OpenLedger {
  const ledger = new OpenLedger(
    { tenant: TenantId.parse('northway'), device: 'laptop-1', file, readOnly: false },
    {
      fileUrl: (path) => pathToFileURL(path).href,
      locklessVfs: 'unix-none',
      now: Date.now,
      reserveBytes: 1024 * 1024,
      checkpointEvery: 60_000,
      checkpointPatience: 1000,
      onGrew: () => {},
      onState: () => {},
      onClock: () => {},
      onCovered: () => {},
    },
  );
  ledger.signWith(async (body) => signNote(body));
  return ledger;
}

interface Rate {
  readonly p50: number;
  readonly perSecond: number;
}

/** What the disk can do: 4 KB appended and flushed, one after the other. */
function rawFlushes(): Rate {
  const file = openSync(join(folder, 'raw'), 'w');
  const bytes = Buffer.alloc(4096, 1);
  const times: number[] = [];
  const from = performance.now();
  while (performance.now() - from < 1000) {
    const start = performance.now();
    writeSync(file, bytes);
    fsyncSync(file);
    times.push(performance.now() - start);
  }
  closeSync(file);
  return rateOf(times, performance.now() - from);
}

/** What SQLite can do: as many rows of the same size as are in flight, in one transaction, over and over. */
function groupCommits(inFlight: number): number {
  const file = join(folder, `plain-${inFlight}.db`);
  const db = openToWrite(file);
  db.exec(
    'CREATE TABLE row (seq INTEGER PRIMARY KEY, at TEXT, kind TEXT, customer TEXT, principal TEXT, text TEXT, leaf BLOB)',
  );
  const insert = db.prepare('INSERT INTO row (at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?)');
  const text = JSON.stringify({ ...draftAt(0), prev: '0'.repeat(64), at: '', device: 'bench', tenant: 'northway' });
  const leaf = Buffer.alloc(32);
  let rows = 0;
  const from = performance.now();
  while (performance.now() - from < seconds * 1000) {
    db.exec('BEGIN IMMEDIATE');
    for (let at = 0; at < inFlight; at += 1)
      insert.run('2026-11-21T00:00:00.000Z', 'call.intent', 'MERI-7', 'anna', text, leaf);
    db.exec('COMMIT');
    rows += inFlight;
  }
  const perSecond = (rows / (performance.now() - from)) * 1000;
  db.close();
  rmSync(file);
  return perSecond;
}

async function keepInFlight(inFlight: number, append: (at: number) => Promise<unknown>): Promise<Rate> {
  const times: number[] = [];
  let at = 0;
  const from = performance.now();
  const runner = async (): Promise<void> => {
    while (performance.now() - from < seconds * 1000) {
      const start = performance.now();
      await append(at++);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return rateOf(times, performance.now() - from);
}

function rateOf(times: number[], ms: number): Rate {
  const sorted = times.toSorted((one, other) => one - other);
  return { p50: sorted[sorted.length >> 1] ?? 0, perSecond: (times.length / ms) * 1000 };
}

/** Milliseconds to write the whole ledger, and to check what was written with the verifier. */
async function exported(ledger: OpenLedger, format: Format): Promise<{ written: number; checked: number }> {
  const written = await timed(() => exportTo(ledger, format, {}));
  const checked = await timed(async () => {
    const { ok, isProven } = await verifyFile(join(folder, 'export'), { key, kept: undefined });
    if (!ok || !isProven) throw new Error('the export does not verify');
  });
  return { written, checked };
}

/** The export command's own code on a ledger in this process, without the socket between. */
function exportTo(ledger: OpenLedger, format: Format, filter: object): Promise<unknown> {
  const api = {
    beginExport: async () => ({ ...(await ledger.checkpoint()), recorded: 1 }),
    entries: (question: Parameters<OpenLedger['page']>[0]) => ledger.page(question, signal),
    prove: (question: Parameters<OpenLedger['prove']>[0]) => ledger.prove(question, signal),
    deviceKey: async () => ({ name: origin, publicKey: publicKey.toString('base64url') }),
  };
  const app = { api, within: () => ({ signal }) } as unknown as App;
  return exportLedger(app, { out: join(folder, 'export'), format, filter, now: Date.now() });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Megabytes that are held, once the garbage is collected. */
function held(): string {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return ((heapUsed + external) / 1e6).toFixed(0);
}
