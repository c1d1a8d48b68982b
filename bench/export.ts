// Exports at sizes far apart, which should matter neither to entries/s nor to memory: whole and in part, with bodies, and what
// our verifier makes of them. The command's own code on a ledger in this process, without the socket between.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLedger } from '../src-cli/export/export-ledger.ts';
import { readKey } from '../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../src-cli/verifier/verify-file.ts';
import type { OpenLedger } from '../src-ledger/open-ledger.ts';
import type { LedgerFilter } from '../src-shared/contract/ledger.ts';
import type { Format } from '../src-shared/export/write-export.ts';
import { noteKeyText } from '../src-shared/merkle/note.ts';
import { CustomerId } from '../src-shared/model/ids.ts';
import { policyText } from '../test/cli/policy-text.ts';
import { draft } from '../test/ledger/fork-ledger.ts';
import { origin, publicKey } from '../test/merkle/export-fixture.ts';
import { sha256 } from '../test/merkle/leaves.ts';
import { held, openLedger } from './ledger-here.ts';

const sizes = (process.env['BENCH_EXPORT'] ?? '10000,1000000').split(',').map(Number);
const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'bulkhead-bench-export-'));
const signal = new AbortController().signal;
const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));
const meridian = CustomerId.parse('meridian');

interface Kind {
  readonly name: string;
  readonly format: Format;
  readonly filter?: LedgerFilter;
  readonly bodies?: boolean;
}

const half = { kinds: ['call.intent'] } satisfies LedgerFilter;
const kinds: readonly Kind[] = [
  { name: 'JSON Lines', format: 'jsonl' },
  { name: 'CSV', format: 'csv' },
  { name: 'bundle', format: 'bundle' },
  { name: 'bundle of half', format: 'bundle', filter: half },
  { name: 'bundle with bodies', format: 'bundle', bodies: true },
];

/** BENCH_KIND="bundle with bodies" measures that one only: five million entries take ten minutes each. */
const measured = kinds.filter(({ name }) => name === (process.env['BENCH_KIND'] ?? name));

const written = '   entries/s  µs of CPU  MB at most';

try {
  console.log(`${' '.repeat(28)}${written}   verifier: ${written.trimStart()}`);
  for (const size of sizes) await measure(size);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(size: number): Promise<void> {
  const ledger = await filled(size);
  await ledger.prove({ size, seqs: [1], earlier: [] }, signal); // The tree is grown, and the search table made, when first
  await ledger.page({ limit: 1, filter: half }, signal); //  asked for: neither is the export's.
  for (const kind of measured) {
    const written = await watched(() => exportOf(ledger, kind));
    const checked = await watched(async () => {
      if (kind.format === 'csv') return;
      const { ok, firstBad } = await verifyFile(join(folder, 'export'), { key, kept: undefined });
      if (!ok) throw new Error(`the export does not verify: ${firstBad?.problem}`);
    });
    const told = ({ ms, cpu, peak }: Watched): string =>
      `${((size / ms) * 1000).toFixed(0).padStart(9)}  ${((cpu * 1000) / size).toFixed(1).padStart(9)}  ${peak.padStart(10)}`;
    const verifier = kind.format === 'csv' ? '' : told(checked);
    console.log(`${String(size).padStart(10)}  ${kind.name.padEnd(19)}${told(written)}   ${verifier}`);
  }
  ledger.close();
}

/** An intent and its outcome, over and over, each with a body. */
async function filled(size: number): Promise<OpenLedger> {
  const ledger = await openLedger(join(folder, `${size}.db`));
  const { params = {}, ...bare } = draft('ticket_list');
  const result = { status: 'ok', records: 20, dropped: 3, redacted: 0, bytes: 9000, ms: 14.5 };
  const records = Array.from({ length: 20 }, (_, id) => ({ id }));
  await ledger.append(draft('', { kind: 'policy.applied', customer: null, params: { version: 1 } }));
  for (let at = 0; at < size; at += 5000) {
    const calls = Array.from({ length: Math.min(5000, size - at) / 2 }, async (_, call) => {
      const { seq: ref } = await ledger.append({ ...bare, body: { under: meridian, content: { params, call } } });
      await ledger.append({
        ...bare,
        kind: 'call.outcome',
        ref,
        result,
        body: { under: meridian, content: { records } },
      });
    });
    await Promise.all(calls);
  }
  return ledger;
}

function exportOf(ledger: OpenLedger, { format, filter = {}, bodies = false }: Kind): Promise<unknown> {
  const api = {
    beginExport: async () => ({ ...(await ledger.checkpoint()), recorded: 1 }),
    entries: (question: Parameters<OpenLedger['page']>[0]) => ledger.page(question, signal),
    prove: (question: Parameters<OpenLedger['prove']>[0]) => ledger.prove(question, signal),
    bodiesOf: ({ seqs }: { seqs: number[] }) => ledger.bodiesOf(seqs, signal),
    deviceKey: async () => ({ name: origin, publicKey: publicKey.toString('base64url') }),
    policy: async () => policyText(1),
    earlierPolicy: async () => null,
  };
  const wanted = { format, filter, bodies, now: Date.now() };
  return exportLedger(api, wanted, { out: join(folder, 'export'), interrupted: signal });
}

interface Watched {
  readonly ms: number;
  readonly cpu: number;
  /** How many megabytes more than before were held at most, garbage collected four times a second. */
  readonly peak: string;
}

async function watched(work: () => Promise<unknown>): Promise<Watched> {
  const before = held();
  let peak = before;
  let looking = 0;
  const look = setInterval(() => {
    const from = cpuTime();
    peak = Math.max(peak, held());
    looking += cpuTime() - from;
  }, 250);
  const from = performance.now();
  const cpuFrom = cpuTime();
  await work();
  const ms = performance.now() - from;
  const cpu = cpuTime() - cpuFrom - looking;
  clearInterval(look);
  return { ms, cpu, peak: (peak - before).toFixed(1) };
}

/** Milliseconds that this process has used so far, on all cores. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
