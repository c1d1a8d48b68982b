// A survey is the one moment at which the program holds all customers of an account side by side. An AI that could see any
// of it would know who else the company serves, so nothing of it may come near the process that answers AIs.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoData } from '../flows/demo-owners.ts';
import { type McpClient, mcpClient } from '../flows/mcp.ts';
import { formsOf, searchMemory } from '../flows/process-memory.ts';
import { pidsOf } from '../flows/processes.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

/** A client of the vendor's that is no customer of the company's, under a name nothing else has. */
const canary = `canary-${randomBytes(24).toString('base64url')}`;
const forms = formsOf(canary);
const { halopsa } = demoData.vendors;
const [someone] = halopsa?.clients ?? [];
if (!halopsa || !someone) throw new Error('the demo data has no HaloPSA');

describe('what a survey finds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-survey-'));
  let app: RunningApp;
  let mcp: McpClient;
  beforeAll(async () => {
    const clients = [...halopsa.clients, { ...someone, id: 90_210, name: canary }];
    const file = join(folder, 'demo.json');
    writeFileSync(
      file,
      JSON.stringify({ ...demoData, vendors: { ...demoData.vendors, halopsa: { ...halopsa, clients } } }),
    );
    app = await startApp({ demoData: file, env: { BULKHEAD_LOG: 'debug' } });
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    mcp = mcpClient(app.ready.mcpUrl, (await app.operator.addClient({ name: 'attacker', pin: null })).token);
    await mcp.call('ticket_list', { customer: 'MERI-7' });
    const instance = (await app.operator.state(undefined)).instances.find(({ connector }) => connector === 'halopsa');
    if (!instance) throw new Error('the demo has no HaloPSA');
    const { vendorCustomers } = await app.operator.surveyInstance({ instance: instance.id });
    expect(vendorCustomers.map(({ name }) => name)).toContain(canary);
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('was never in the memory of the gateway', (context) => {
    const read = (name: string) => pidsOf(app.ready.pid, name).map((pid) => searchMemory(pid, forms));
    const vendor = read('demo');
    if (vendor.includes(undefined)) return context.skip('this system lets nobody read the memory of a process');
    expect(vendor[0]?.found.length).toBeGreaterThan(0); // The search finds what is there.
    expect(read('gateway').map((searched) => searched?.found)).toEqual([[]]);
  });

  it('left its worker with it, while workers of a bound customer go on', () => {
    const workers = pidsOf(app.ready.pid, 'worker');
    expect(workers.length).toBe(1);
    const [searched] = workers.map((pid) => searchMemory(pid, forms));
    expect(searched?.found ?? []).toEqual([]);
  });

  it('is on no disk: not in the ledger, not in the log', () => {
    const files = readdirSync(app.home, { recursive: true, encoding: 'utf8' })
      .map((name) => join(app.home, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(3);
    const holding = files.filter((path) => forms.some((form) => readFileSync(path).includes(form)));
    expect(holding).toEqual([]);
  });

  it('is in no answer to an AI, whatever it asks', async () => {
    const asks = ['tools/list', 'resources/list', 'prompts/list', 'ping', 'instance/survey'];
    const calls = ['instance_survey', 'bulkhead_context', 'bulkhead_whoami', 'ticket_list', 'customer_get'];
    const nobody = { customer: 'MERI-7', query: 'nobody-is-called-so' };
    const texts = [
      ...(await Promise.all(asks.map(async (method) => (await mcp.request(method)).text))),
      ...(await Promise.all(calls.map(async (tool) => (await mcp.call(tool, { customer: 'MERI-7' })).text))),
      (await mcp.call('ticket_search', nobody)).text,
    ];
    for (const text of texts) expect(text).not.toContain('canary-');
  });
});
