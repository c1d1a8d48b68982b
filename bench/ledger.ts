// The ledger against its disk: appends with so many in flight as a ratio to the raw flush of the same disk in the same run,
// and to what SQLite's own group commit gives; then verify and export at sizes far apart, which should not matter.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exportLedger } from '../src-cli/export/export-ledger.ts';
import { readKey } from '../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../src-cli/verifier/verify-file.ts';
import { OpenLedger } from '../src-ledger/open-ledger.ts';
import type { Recorded } from '../src-shared/contract/ledger.ts';
import type { ExportApi } from '../src-shared/export/source.ts';
import type { Format } from '../src-shared/export/write-export.ts';
import { noteKeyText } from '../src-shared/merkle/note.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { CustomerId, TenantId } from '../src-shared/model/ids.ts';
import { policyText } from '../test/cli/policy-text.ts';
import { draft, forkLedger } from '../test/ledger/fork-ledger.ts';
import { keySource } from '../test/ledger/key-source.ts';
import { origin, publicKey, signNote } from '../test/merkle/export-fixture.ts';
import { sha256 } from '../test/merkle/leaves.ts';
import { groupCommits } from './group-commits.ts';

process.env['SQLITE_USE_URI'] = '1'; // Before SQLite is loaded for the first time.

const sizes = (process.env['BENCH_LEDGER'] ?? '10000,1000000').split(',').map(Number);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'bulkhead-bench-ledger-'));
const signal = new AbortController().signal;
const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));
const number = (value: number, digits = 0): string => value.toFixed(digits).padStart(9);

/** As an allowed call records them: an intent, then its outcome, which names it. */
const result = { status: 'ok', records: 20, dropped: 3, redacted: 0, bytes: 9000, ms: 14.5 };
type DraftAt = (at: number, ref: number) => EntryDraft;
const { params, ...call } = draft('ticket_list');
const bare: DraftAt = (at, ref) => (at % 2 === 0 ? call : { ...call, kind: 'call.outcome', ref, result });
/** The same with what was asked and which records came of it in sealed bodies. */
const under = CustomerId.parse('meridian');
const records = Array.from({ length: 20 }, (_, at) => ({ id: 1000 + at }));
const withBody: DraftAt = (at, ref) => ({
  ...bare(at, ref),
  body: { under, content: at % 2 === 0 ? { params } : { records } },
});

try {
  await appends();
  await reading();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function appends(): Promise<void> {
  const before = rawFlushes();
  const ledger = await open(join(folder, 'append.db'));
  const child = await forkLedger(folder);
  await child.open(join(folder, 'forked.db'));
  console.log(
    `appends, ${seconds} s each; sealed is with bodies; a share is of what SQLite does with rows of the same size`,
  );
  console.log('one raw flush is 4 KB appended and fsync\n');
  console.log(
    'in flight    p50 ms  entries/s   SQLite/s     share  sealed/s   SQLite/s     share   flushes/s  x flushes | through the process: p50 ms, entries/s',
  );
  for (const inFlight of [1, 8, 64, 256]) {
    const flushes = rawFlushes();
    const remote = await keepInFlight(inFlight, bare, { seconds, append: (each) => child.control.append(each) });
    const plain = await against(ledger, inFlight, bare);
    const sealed = await against(ledger, inFlight, withBody);
    console.log(
      `${String(inFlight).padStart(9)} ${number(plain.ours.p50, 3)}  ${number(plain.ours.perSecond)}  ${number(plain.limit)} ${number(plain.share, 2)} ${number(sealed.ours.perSecond)}  ${number(sealed.limit)} ${number(sealed.share, 2)}   ${number(flushes.perSecond)}  ${number(plain.ours.perSecond / flushes.perSecond, 2)} | ${number(remote.p50, 3)} ${number(remote.perSecond)}`,
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
    const ledger = await open(file);
    const filled = await timed(async () => {
      for (let at = 0; at < size; at += 5000)
        await Promise.all(
          Array.from({ length: Math.min(5000, size - at) }, (_, step) => ledger.append(withBody(at + step, at + step))),
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

/** Signed by a key of the tests, so that what is exported verifies as it would anywhere; bodies with keys of a vault in memory. */
async function open(file: string): Promise<OpenLedger> {
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
  ledger.sealWith((await keySource()).source);
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

/** The ledger and the limit in turns, because the disk is not the same from one second to the next; the middle one of each. */
async function against(ledger: OpenLedger, inFlight: number, draftAt: DraftAt) {
  const turns = 5;
  const file = join(folder, 'limit.db');
  const limit = groupCommits(file, inFlight, [draftAt(0, 0), draftAt(1, 1)]);
  const limits: number[] = [];
  const ours: Rate[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    limits.push(limit.run((seconds / turns) * 1000));
    ours.push(
      await keepInFlight(inFlight, draftAt, { seconds: seconds / turns, append: (each) => ledger.append(each) }),
    );
  }
  limit.close();
  rmSync(file);
  const rate = { p50: middle(ours.map(({ p50 }) => p50)), perSecond: middle(ours.map(({ perSecond }) => perSecond)) };
  return { ours: rate, limit: middle(limits), share: rate.perSecond / middle(limits) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}

async function keepInFlight(
  inFlight: number,
  draftAt: DraftAt,
  { seconds: within, append }: { seconds: number; append: (draft: EntryDraft) => Promise<Recorded> },
): Promise<Rate> {
  const times: number[] = [];
  const from = performance.now();
  const runner = async (): Promise<void> => {
    let ref = 0;
    for (let at = 0; performance.now() - from < within * 1000 || at % 2 === 1; at += 1) {
      const start = performance.now();
      ref = (await append(draftAt(at, ref))).seq;
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return rateOf(times, performance.now() - from);
}

function rateOf(times: readonly number[], ms: number): Rate {
  return { p50: middle(times), perSecond: (times.length / ms) * 1000 };
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
    policy: async () => policyText(1),
  };
  const wanted = { format, filter, bodies: false, now: Date.now() };
  return exportLedger(api as unknown as ExportApi, wanted, { out: join(folder, 'export'), interrupted: signal });
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
