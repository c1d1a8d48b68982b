// 50,000 mixed calls over forty customers and three vendors, eight customers at once: no text of one customer may reach
// another, and no process may grow. Every text of the demo data carries its owner's mark, and the vendors mix in rows of
// others all the while. Ends with 1 when anything crossed or grew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoData, parseDemoData } from '../src-demo/demo-data.ts';
import { createRandom } from '../src-demo/random.ts';
import { needsPerson } from '../src-shared/model/risk.ts';
import type { Example } from '../test/connectors/example.ts';
import { haloExamples } from '../test/connectors/halopsa/examples.ts';
import { huduExamples } from '../test/connectors/hudu/examples.ts';
import { pax8Examples } from '../test/connectors/pax8/examples.ts';
import { startApp } from '../test/flows/running-app.ts';
import { foreignMarks } from '../test/vectors/lying/marked.ts';
import { markedData } from '../test/vectors/lying/marked-data.ts';
import { descendants, memoryOf } from './process-facts.ts';
import { toolTarget } from './tool-target.ts';
import { answerOf } from './measure.ts';

const calls = Number(process.env['SOAK_CALLS'] ?? 50_000);
const groupSize = 8;
/** How much a process may grow between the second group of customers and the last. */
const growth = 1.15;
/** And what a cache of a fixed size may still fill. */
const cacheMegabytes = 8;

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-soak-'));
const data = markedData(
  parseDemoData(readFileSync(join(import.meta.dirname, '../demo/northway.json'), 'utf8'), 'demo'),
);
const file = join(folder, 'demo.json');
const limits = { requestsPerMinute: 10_000_000 };
writeFileSync(file, JSON.stringify({ ...data, limits, quota: { includedCalls: 1_000_000_000, overage: 'allow' } }));

/** How often which tool was denied for what. */
const denials = new Map<string, number>();

const app = await startApp({ demoData: file });
try {
  for (const { baseUrl } of (await app.operator.state(undefined)).instances) {
    const body = JSON.stringify({ mixForeignRows: 3 });
    await fetch(`${baseUrl}/_emulator/faults`, { method: 'POST', body });
  }
  const tools = (await app.operator.tools(undefined)).map(({ definition }) => definition);
  const allowed = new Set(tools.filter(({ risk }) => !needsPerson(risk)).map(({ name }) => name));
  const mapped = data.customers.filter(({ vendors }) => Object.keys(vendors).length > 0);
  const groups = Math.ceil(mapped.length / groupSize);
  const totals = { calls: 0, denied: 0, records: 0, crossings: 0 };
  const memory: Map<string, number>[] = [];
  const from = performance.now();
  for (let at = 0; at < groups; at += 1) {
    const group = mapped.slice(at * groupSize, (at + 1) * groupSize);
    memory.push(await runGroup(group, Math.round((calls / mapped.length) * group.length), totals, allowed));
    console.log(`group ${at + 1} of ${groups}: ${JSON.stringify(totals)} ${JSON.stringify(rounded(memory.at(-1)))}`);
  }
  const seconds = (performance.now() - from) / 1000;
  const verdict = await app.operator.verifyLedger(undefined);
  console.log(
    `\n${totals.calls} calls in ${seconds.toFixed(0)} s (${(totals.calls / seconds).toFixed(0)} calls/s), ${totals.records} records,`,
  );
  console.log(`${totals.crossings} crossings, ${totals.denied} denied, ledger ${JSON.stringify(verdict)}`);
  for (const [why, count] of denials) console.log(`denied ${String(count).padStart(6)}  ${why}`);
  if (totals.crossings > 0 || !verdict.ok || totals.records < totals.calls / 10) process.exitCode = 1;
  reportGrowth(memory);
} finally {
  await app.stop();
  app.remove();
  rmSync(folder, { recursive: true, force: true });
}

type Customer = DemoData['customers'][number];
interface Pinned {
  readonly customer: Customer;
  readonly token: string;
  readonly marks: ReadonlySet<string>;
  readonly examples: readonly Example[];
}
type Totals = { calls: number; denied: number; records: number; crossings: number };

/** One client app pinned to each customer, all calling at once; they are revoked at the end, which ends their workers. */
async function runGroup(
  group: readonly Customer[],
  count: number,
  totals: Totals,
  allowed: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const random = createRandom(totals.calls + 1);
  const agent = new Agent({ keepAlive: true, maxSockets: groupSize });
  const pinned: Pinned[] = [];
  for (const customer of group) {
    const { token } = await app.operator.addClient({ name: `soak ${customer.code}`, pin: customer.code });
    pinned.push({
      customer,
      token,
      marks: new Set(Object.values(customer.vendors).map(String)),
      examples: examplesOf(customer, allowed),
    });
  }
  let left = count;
  const runner = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { customer, token, marks, examples } = random.pick(pinned);
      const { tool, own } = random.pick(examples);
      const text = await answerOf(
        toolTarget(app.ready.mcpUrl, token, { tool, args: { customer: customer.code, ...own } }),
        agent,
      );
      totals.calls += 1;
      if (text.includes('"isError":true')) {
        totals.denied += 1;
        const why = `${tool} ${/"code":"(\w+)"/.exec(text)?.[1] ?? '?'}`;
        denials.set(why, (denials.get(why) ?? 0) + 1);
      }
      totals.records += text.split('"id":').length - 1;
      const crossed = foreignMarks(text, '').filter((mark) => mark !== 'nobody' && !marks.has(mark));
      totals.crossings += crossed.length;
      if (crossed.length > 0)
        console.log(`CROSSED: ${tool} for ${customer.code} returned text of ${[...new Set(crossed)].join()}`);
    }
  };
  await Promise.all(Array.from({ length: groupSize }, runner));
  agent.destroy();
  const memory = memoryByName(app.ready.pid);
  for (const { customer } of pinned) await app.operator.revokeClient({ name: `soak ${customer.code}` });
  return memory;
}

/** What an AI may call for this customer, at each vendor that knows it. */
function examplesOf({ vendors }: Customer, allowed: ReadonlySet<string>): Example[] {
  const { halopsa, hudu, pax8 } = data.vendors;
  const idAt = (vendor: string): string => String(vendors[vendor] ?? '');
  const other = data.customers.find((one) => one.vendors !== vendors)?.vendors ?? {};
  const all = [
    ...(halopsa && idAt('halopsa') !== '' ? haloExamples(halopsa, idAt('halopsa'), String(other['halopsa'])) : []),
    ...(hudu && idAt('hudu') !== '' ? huduExamples(hudu, idAt('hudu'), String(other['hudu'])) : []),
    ...(pax8 && idAt('pax8') !== '' ? pax8Examples(pax8, idAt('pax8'), String(other['pax8'])) : []),
  ];
  // Writes would let the vendors' data, and so the answers, grow: the soak is about the product's own memory.
  return all.filter(
    ({ tool }) => allowed.has(tool) && !/_(?:create|update|add|set|reply|close|assign|start|cancel|upsert)$/.test(tool),
  );
}

function memoryByName(pid: number): Map<string, number> {
  const sums = new Map<string, { total: number; count: number }>();
  for (const one of [{ pid, command: 'main.js' }, ...descendants(pid)]) {
    const name = /(?:main\/|^)(\w+)\.js/.exec(one.command)?.[1] ?? '?';
    const sum = sums.get(name) ?? { total: 0, count: 0 };
    sums.set(name, { total: sum.total + memoryOf(one.pid).pss, count: sum.count + 1 });
  }
  return new Map([...sums].map(([name, { total, count }]) => [name, total / count]));
}

function rounded(sizes: ReadonlyMap<string, number> = new Map()): Record<string, number> {
  return Object.fromEntries([...sizes].map(([name, size]) => [name, Math.round(size)]));
}

function reportGrowth(memory: readonly Map<string, number>[]): void {
  const [, second] = memory;
  const last = memory.at(-1);
  if (!second || !last || second === last) return;
  console.log('\nmemory (PSS, MB)      second group   last group');
  for (const name of ['main', 'gateway', 'ledger', 'broker', 'worker']) {
    const [before, after] = [second.get(name) ?? 0, last.get(name) ?? 0];
    const isFlat = after <= before * growth + cacheMegabytes;
    console.log(
      `${name.padEnd(20)} ${before.toFixed(0).padStart(13)} ${after.toFixed(0).padStart(12)}${isFlat ? '' : '   GREW'}`,
    );
    if (!isFlat) process.exitCode = 1;
  }
}
