// Narrowing and screening against JSON.parse of the same bytes, in the same run, because these machines are shared and noisy.
// Everything is the bound customer's own and so goes all the way: with foreign rows in the answer both would do less.
import { join } from 'node:path';
import { z } from 'zod';
import { createKept } from '../src-connectors/kept.ts';
import { keepOwn, narrow as narrowInWorker } from '../src-connectors/narrow.ts';
import { ticketFrom, ticketMembers, ticketOwner } from '../src-connectors/halopsa/ticket.ts';
import { readDemoData } from '../src-demo/demo-data.ts';
import { startHaloEmulator } from '../src-demo/halopsa/emulator.ts';
import { narrow as narrowInGateway } from '../src-gateway/narrow.ts';
import { makeScreen } from '../src-gateway/screen/screen.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';
import { makeMsp } from './screen-customers.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 40);
const customerCount = 2000;

const { customers, instances } = makeMsp(customerCount);
const bound = customers[7]?.id as CustomerId;
const from = performance.now();
const before = process.memoryUsage();
const screen = makeScreen({ customers, instances, policy: { mode: 'redact', never: [] } });
console.log(
  `${customerCount} customers: screen built in ${(performance.now() - from).toFixed(0)} ms, ${heldSince(before)} MB\n`,
);

const record = z.strictObject({
  ...ticketMembers,
  details: z.string().optional(),
  notes: z.array(z.string()).optional(),
});
const { lists, details } = await vendorPages();

const columns = ['parse', 'narrow', 'project', 'screen'].map((name) => `${name} MB/s`.padStart(14)).join('');
console.log(`${''.padEnd(34)}${columns}   times of parse: narrow + project + screen`);
report('lists: 50 tickets a page', lists);
report('details: one ticket with its notes', details);
report('one text of 4 MB', [{ rows: [{ id: 1, client_id: 214, details: longText(4_000_000) }], owner: '214' }]);

interface Page {
  readonly rows: readonly Record<string, unknown>[];
  readonly owner: string;
}

function report(name: string, pages: readonly Page[]): void {
  const texts = pages.map((page) => JSON.stringify(page));
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const parsed = texts.map((text) => JSON.parse(text) as Page);
  const proven = parsed.map(judge);
  const labelled = proven.map(project);
  const kept = labelled.map(judgeAgain);
  const [parse, first, projecting, second, screening] = fastest([
    () => texts.forEach((text) => JSON.parse(text) as unknown),
    () => parsed.forEach(judge),
    () => proven.forEach(project),
    () => labelled.forEach(judgeAgain),
    () => kept.forEach((records) => screen.apply(records, bound)),
  ]) as [number, number, number, number, number];
  const steps = [first + second, projecting, screening];
  const rates = [parse, ...steps].map((ms) => ((megabytes / ms) * 1000).toFixed(0).padStart(14)).join('');
  const ratios = steps.map((ms) => (ms / parse).toFixed(2)).join(' + ');
  const ratio = ((first + second + screening) / parse).toFixed(2);
  console.log(`${name.padEnd(34)}${rates}   ${ratios}; narrow + screen ${ratio} (aim 1.5)`);
}

function judge({ rows, owner }: Page) {
  return { owner, proven: narrowInWorker(rows, ticketOwner, { owner, keep: keepOwn, kept: createKept() }).proven };
}

/** As list-tool does: nothing passes that the record's schema does not name. */
function project({ owner, proven }: ReturnType<typeof judge>) {
  const records = proven.map(({ naming, record: row }) => ({
    label: [naming],
    record: record.parse({ ...ticketFrom(row, {}), details: row['details'], notes: row['notes'] }),
  }));
  return { owner, answer: { status: 'ok' as const, records, dropped: 0 } };
}

function judgeAgain({ owner, answer }: ReturnType<typeof project>) {
  return narrowInGateway(answer, owner, { records: 'customer' }).records;
}

/** The shortest time of each, in milliseconds, all taking turns. */
function fastest(tasks: readonly (() => void)[]): number[] {
  const best = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, task] of tasks.entries()) {
      const start = performance.now();
      task();
      best[at] = Math.min(best[at] ?? 0, performance.now() - start);
    }
  }
  return best;
}

/** What the emulated vendor answers, in its own width: pages of tickets, and tickets with their actions. */
async function vendorPages(): Promise<{ lists: Page[]; details: Page[] }> {
  const data = (await readDemoData(join(import.meta.dirname, '../demo/northway.json'))).vendors.halopsa;
  if (data === undefined) throw new Error('the demo has no HaloPSA');
  const emulator = await startHaloEmulator({ data, port: 0, host: '127.0.0.1' });
  const { clientId, clientSecret } = data.credential;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: 'all' };
  const url = `${emulator.url}/auth/token?tenant=${data.tenant}`;
  const { access_token: token } = (await (
    await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  ).json()) as {
    access_token: string;
  };
  const get = async (
    path: string,
  ): Promise<{ tickets: Record<string, unknown>[]; actions: Record<string, unknown>[] }> =>
    (await (
      await fetch(`${emulator.url}/api${path}`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as never;

  const lists: Page[] = [];
  const details: Page[] = [];
  for (const owner of ['214', '87', '12', '17', '46', '95']) {
    const { tickets } = await get(
      `/Tickets?client_id=${owner}&pageinate=true&page_size=50&page_no=1&includeclosed=true`,
    );
    lists.push({ owner, rows: tickets });
    for (const ticket of tickets.slice(0, 25)) {
      const { actions } = await get(`/Actions?ticket_id=${String(ticket['id'])}`);
      details.push({ owner, rows: [{ ...ticket, actions, notes: actions.map((action) => String(action['note'])) }] });
    }
  }
  await emulator.close();
  return { lists, details };
}

function longText(length: number): string {
  const all = lists.flatMap(({ rows }) => rows.map((ticket) => `${String(ticket['details'])}\n`)).join('');
  return all.repeat(Math.ceil(length / all.length)).slice(0, length);
}

function heldSince({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage): string {
  const now = process.memoryUsage();
  return ((now.heapUsed - heapUsed + now.arrayBuffers - arrayBuffers) / 1e6).toFixed(0);
}
