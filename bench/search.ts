// Searching a ledger of a million entries: an outline when nothing is known of them yet, the next one, and a page from any
// position, each as a ratio to what SQLite alone takes to read the same rows; then what appends feel of the first outline.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complete, openToRead, openToWrite } from '../src-ledger/database.ts';
import type { OpenLedger } from '../src-ledger/open-ledger.ts';
import { sealEntry } from '../src-ledger/seal-entry.ts';
import { Search } from '../src-ledger/search.ts';
import { zeros } from '../src-shared/merkle/chain.ts';
import type { LedgerFilter } from '../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { device, draft, tenant } from '../test/ledger/fork-ledger.ts';
import { openLedger, readPowers, timed } from './ledger-here.ts';

const size = Number(process.env['BENCH_SEARCH'] ?? 1_000_000);
const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'bulkhead-bench-search-'));
const file = join(folder, 'ledger.db');
const signal = new AbortController().signal;
const pages = 200;

/** 25 technicians, 300 customers, 40 tools; one call in 25 is denied, and one customer is hardly ever called for. */
const filters: Readonly<Record<string, LedgerFilter>> = {
  'every entry': {},
  'a technician': { technician: 'tech7@northway.example' },
  'a customer': { customer: 'CUST-42' },
  'a rare customer': { customer: 'RARE-1' },
  'denied calls': { denied: true },
  'a tool, outcomes': { tool: 'tool_3', kinds: ['call.outcome'] },
};
const ms = (value: number): string => value.toFixed(2).padStart(9);
/** Five thousand entries a minute. */
const instant = (at: number): number => Date.UTC(2026, 0, 1) + at * 12;

try {
  fill();
  await searching();
  await appending();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Entries as the ledger writes them, without its flushes. */
function fill(): void {
  const db = openToWrite(file);
  db.pragma('synchronous = OFF');
  complete(db);
  const insert = db.prepare(
    'INSERT INTO entry (seq, at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let prev = zeros;
  for (let from = 0; from < size; from += 50_000) {
    db.exec('BEGIN');
    for (let entry = from; entry < Math.min(from + 50_000, size); entry += 1) {
      const one = draftAt(entry);
      const place = { seq: entry + 1, at: new Date(instant(entry)).toISOString(), tenant, device, prev };
      const { text, leaf } = sealEntry(one, place);
      insert.run(place.seq, place.at, one.kind, one.customer, one.principal.id, text, Buffer.from(leaf, 'hex'));
      prev = leaf;
    }
    db.exec('COMMIT');
  }
  db.close();
}

async function searching(): Promise<void> {
  const db = openToRead(file, readPowers);
  const search = new Search(db);
  const everything = 'SELECT seq, at, kind, customer, principal, text FROM entry WHERE seq > ? ORDER BY seq LIMIT 512';
  const piece = db.prepare<[number], [number, ...unknown[]]>(everything).raw();
  const read = await timed(async () => {
    for (let after: number | undefined = 0; after !== undefined; ) after = piece.all(after).at(-1)?.[0];
  });
  const first = await timed(() => search.outline({ filter: { customer: 'CUST-1' }, spans: 100 }, signal, () => {}));
  console.log(`${size} entries; reading them all once: ${ms(read)} ms`);
  console.log(`first outline: ${ms(first)} ms, ${(first / read).toFixed(1)} x that\n`);
  const rows = db.prepare('SELECT text, leaf FROM entry WHERE seq > ? ORDER BY seq LIMIT 500').raw();
  const floor = await perPage(async () => rows.all(Math.floor(Math.random() * size)));
  console.log(`500 rows read: p50 ${ms(floor.p50)} ms\n`);
  console.log(
    'filter              matches   outline ms  x reading | a page of 500 anywhere: p50 ms   p99 ms   x 500 rows',
  );
  for (const [name, filter] of Object.entries(filters)) {
    let marks: readonly number[] = [];
    let entries = 0;
    const outline = await timed(async () => {
      ({ marks, entries } = await search.outline({ filter, spans: 100 }, signal, () => {}));
    });
    const page = await perPage(async () => {
      const mark = marks[Math.floor(Math.random() * marks.length)] ?? 1;
      return (await search.page({ after: mark - 1, limit: 500, filter }, signal)).entries;
    });
    console.log(
      `${name.padEnd(17)} ${String(entries).padStart(9)}    ${ms(outline)}     ${(outline / read).toFixed(2).padStart(6)} |                         ${ms(page.p50)} ${ms(page.p99)}       ${(page.p50 / floor.p50).toFixed(1).padStart(6)}`,
    );
  }
  search.close();
  db.close();
}

async function appending(): Promise<void> {
  const ledger = await openLedger(file, () => instant(size));
  const alone = await appendUntil(ledger, new Promise((resolve) => void setTimeout(resolve, 1500)));
  const outline = ledger.outline({ filter: {}, spans: 100 }, signal, () => {});
  const along = await appendUntil(ledger, outline);
  console.log('\nappends, one at a time      p50 ms     p99 ms     most ms');
  console.log(`with nothing else       ${ms(alone.p50)}   ${ms(alone.p99)}   ${ms(alone.most)}`);
  console.log(`during a first outline  ${ms(along.p50)}   ${ms(along.p99)}   ${ms(along.most)}`);
  ledger.close();
}

async function appendUntil(ledger: OpenLedger, end: Promise<unknown>): Promise<Spread> {
  const times: number[] = [];
  let isOver = false;
  const ended = end.then(() => {
    isOver = true;
  });
  while (!isOver) times.push(await timed(() => ledger.append(draftAt(ledger.entries))));
  await ended;
  return spreadOf(times);
}

/** An intent, then its outcome, and so on: the ledger holds `at` entries when this one is recorded. */
function draftAt(at: number): EntryDraft {
  const call = at >> 1;
  const technician = `tech${call % 25}`;
  const isOutcome = at % 2 === 1;
  const isDenied = isOutcome && call % 25 === 3;
  return draft(`tool_${(call * 7) % 40}`, {
    kind: isDenied ? 'call.denied' : isOutcome ? 'call.outcome' : 'call.intent',
    customer: call % 1009 === 0 ? 'RARE-1' : `CUST-${(call * 31) % 300}`,
    principal: { kind: 'technician', id: `${technician}@northway.example`, name: technician, client: 'claude-code' },
    ...(isOutcome
      ? { ref: at, result: { status: 'ok', records: 20, dropped: 3, redacted: 0, bytes: 9000, ms: 14.5 } }
      : {}),
  });
}

interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

async function perPage(read: () => Promise<unknown>): Promise<Spread> {
  const times: number[] = [];
  for (let at = 0; at < pages; at += 1) times.push(await timed(read));
  return spreadOf(times);
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? 0 };
}
