// The ledger against its disk: appends with so many in flight as a ratio to the raw flush of the same disk in the same run,
// and to what SQLite's own group commit gives; then filling and verifying at sizes far apart, which should not matter.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenLedger } from '../src-ledger/open-ledger.ts';
import type { Recorded } from '../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { CustomerId } from '../src-shared/model/ids.ts';
import { draft, forkLedger } from '../test/ledger/fork-ledger.ts';
import { groupCommits } from './group-commits.ts';
import { held, openLedger, timed } from './ledger-here.ts';

const sizes = (process.env['BENCH_LEDGER'] ?? '10000,1000000').split(',').map(Number);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'bulkhead-bench-ledger-'));
const signal = new AbortController().signal;
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
  const ledger = await openLedger(join(folder, 'append.db'));
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
  console.log('\n  entries    fill/s  verify/s   MB file    MB in use after each');
  for (const size of sizes) {
    const file = join(folder, `${size}.db`);
    const ledger = await openLedger(file);
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
    const rate = (ms: number): string => ((size / ms) * 1000).toFixed(0).padStart(9);
    const bytes = statSync(file).size;
    console.log(
      `${String(size).padStart(9)} ${rate(filled)} ${rate(verified)} ${(bytes / 1e6).toFixed(0).padStart(9)}    ${memory.map((each) => each.toFixed(0)).join(' ')}`,
    );
    ledger.close();
  }
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
