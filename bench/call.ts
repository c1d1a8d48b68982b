// One allowed call, end to end, against its floor: the vendor's own answer over the same loopback, and a bare SDK server
// with the same payload and two disk flushes. All in one run, because these machines are shared and noisy.
import { fork } from 'node:child_process';
import { once as event } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { startApp } from '../test/flows/running-app.ts';
import { demoDataWithLimits } from './demo-data.ts';
import { type Measured, measure, once, type Target } from './measure.ts';
import { Agent } from 'node:http';
import { toolTarget } from './tool-target.ts';
import { descendants, memoryOf, processorTimeOf } from './process-facts.ts';

const calls = Number(process.env['BENCH_CALLS'] ?? 2000);

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
const app = await startApp({ demoData: demoDataWithLimits(folder) });
try {
  const { token } = await app.operator.addClient({ name: 'bench', pin: 'MERI-7' });
  const ours = toolCall(app.ready.mcpUrl, token);
  const payload = await payloadOf(ours);
  const bare = await startFloor(payload);
  const vendor = await vendorTarget(await app.vendorUrl());

  const processes = [{ pid: app.ready.pid, name: 'main' }, ...descendants(app.ready.pid).map(named)];
  const rows: Row[] = [];
  for (const [name, target] of [
    ['vendor alone', vendor],
    ['floor (bare SDK + 2 flushes)', bare.target],
    ['Bulkhead', ours],
  ] as const) {
    const one = await measure(target, calls, 1);
    const before = processes.map(({ pid }) => processorTimeOf(pid));
    const eight = await measure(target, calls * 2, 8);
    const spent = processes.map(({ pid }, index) => (processorTimeOf(pid) - (before[index] ?? 0)) / (calls * 2.2));
    rows.push({ name, one, eight, spent });
  }
  report(rows, payload.length);
  reportProcesses(processes, rows.at(-1)?.spent ?? []);
  reportGates(await lastGates(calls));
  bare.stop();
} finally {
  await app.stop();
  app.remove();
  rmSync(folder, { recursive: true, force: true });
}

function toolCall(url: string, token?: string): Target {
  return toolTarget(url, token, { tool: 'ticket_list', args: { customer: 'MERI-7' } });
}

async function payloadOf(target: Target): Promise<string> {
  const agent = new Agent();
  const { result } = JSON.parse(await once(target, agent)) as { result: { structuredContent: unknown } };
  agent.destroy();
  return JSON.stringify(result.structuredContent);
}

async function startFloor(payload: string): Promise<{ target: Target; stop: () => void }> {
  const file = join(folder, 'payload.json');
  writeFileSync(file, payload);
  const child = fork(join(import.meta.dirname, 'floor-server.ts'), [file, join(folder, 'journal')]);
  const [{ port }] = (await event(child, 'message')) as [{ port: number }];
  return { target: toolCall(`http://127.0.0.1:${port}/mcp`), stop: () => child.disconnect() };
}

/** The very request the worker makes for this tool, with a token of its own. */
async function vendorTarget(url: string): Promise<Target> {
  const data = (await import('../demo/northway.json', { with: { type: 'json' } })).default as {
    vendors: { halopsa: { credential: { clientId: string; clientSecret: string }; tenant: string } };
  };
  const { credential, tenant } = data.vendors.halopsa;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credential.clientId,
    client_secret: credential.clientSecret,
    scope: 'all',
  });
  const answer = await fetch(`${url}/auth/token?tenant=${tenant}`, { method: 'POST', body: form });
  const { access_token: accessToken } = (await answer.json()) as { access_token: string };
  const query = 'client_id=214&open_only=true&pageinate=true&page_size=50&page_no=1';
  return {
    url: `${url}/api/Tickets?${query}`,
    method: 'GET',
    headers: { authorization: `Bearer ${accessToken}` },
    body: '',
  };
}

async function lastGates(limit: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  const { entries } = await app.operator.entries({
    before: 100_000_000,
    limit: Math.min(1000, limit),
    filter: { kinds: ['call.outcome'] },
  });
  for (const { gates = [] } of entries)
    for (const { gate, ms } of gates) times.set(gate, [...(times.get(gate) ?? []), ms]);
  return times;
}

interface Row {
  readonly name: string;
  readonly one: Measured;
  readonly eight: Measured;
  /** Milliseconds of processor time a call, of each of Bulkhead's processes. */
  readonly spent: readonly number[];
}

function report(rows: readonly Row[], bytes: number): void {
  const number = (value: number): string => value.toFixed(2).padStart(8);
  console.log(`one allowed call, ${bytes} bytes of answer, ${calls} calls at 1 and ${calls * 2} at 8 in flight\n`);
  console.log(`${''.padEnd(30)}  p50 ms   p95 ms  calls/s |   p50 ms   p95 ms  calls/s (8 in flight)`);
  for (const { name, one, eight } of rows) {
    console.log(
      `${name.padEnd(30)}${number(one.p50)} ${number(one.p95)} ${number(one.perSecond)} | ${number(eight.p50)} ${number(eight.p95)} ${number(eight.perSecond)}`,
    );
  }
  const [vendor, bare, ours] = rows;
  if (!vendor || !bare || !ours) return;
  console.log(`\nadded p50 beyond the vendor's own time: ${(ours.one.p50 - vendor.one.p50).toFixed(2)} ms (aim 2.5)`);
  console.log(`p50 ratio to (vendor + floor):          ${(ours.one.p50 / (vendor.one.p50 + bare.one.p50)).toFixed(2)}`);
  console.log(
    `calls/s at 8 in flight:                 ${ours.eight.perSecond.toFixed(0)} (aim 1000), floor ${bare.eight.perSecond.toFixed(0)}, ratio ${(ours.eight.perSecond / bare.eight.perSecond).toFixed(2)}`,
  );
}

function reportProcesses(processes: readonly { pid: number; name: string }[], spent: readonly number[]): void {
  console.log('\nprocess                      CPU ms/call   RSS MB   PSS MB   (8 in flight)');
  let [cpu, rss, pss] = [0, 0, 0];
  for (const [index, { pid, name }] of processes.entries()) {
    const memory = memoryOf(pid);
    const time = spent[index] ?? 0;
    const isVendor = name === 'demo';
    console.log(
      `${name.padEnd(28)} ${time.toFixed(2).padStart(11)} ${memory.rss.toFixed(0).padStart(8)} ${memory.pss.toFixed(0).padStart(8)}${isVendor ? '   the vendor, not counted' : ''}`,
    );
    if (!isVendor) [cpu, rss, pss] = [cpu + time, rss + memory.rss, pss + memory.pss];
  }
  console.log(
    `${'all'.padEnd(28)} ${cpu.toFixed(2).padStart(11)} ${rss.toFixed(0).padStart(8)} ${pss.toFixed(0).padStart(8)}   (aim: 350 MB)`,
  );
}

function named({ pid, command }: { pid: number; command: string }): { pid: number; name: string } {
  return { pid, name: /(?:main\/|^)(\w+)\.js\b/.exec(command)?.[1] ?? '?' };
}

function reportGates(times: Map<string, number[]>): void {
  console.log('\nwhere the time goes (8 in flight)   p50 ms');
  for (const [gate, all] of times) {
    const sorted = all.sort((one, other) => one - other);
    console.log(`${gate.padEnd(34)} ${(sorted[sorted.length >> 1] ?? 0).toFixed(3)}`);
  }
}
