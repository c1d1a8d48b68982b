// Limits of a company over processes: who counts, and that neither a restart nor a crash nor a new enrolment gives a call back.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { demoData } from './demo-owners.ts';
import { mcpClient } from './mcp.ts';
import { pidsOf } from './processes.ts';
import { type RunningApp, startApp, until } from './running-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-limits-'));
const file = join(folder, 'demo.json');
const limits: CallLimit[] = [
  { per: 'client', of: null, calls: 2, window: 'day' },
  { per: 'customer', of: 'FERN-2', calls: 1, window: 'period' },
  { per: 'tool', of: 'site_list', calls: 3, window: 'minute' },
];

describe('the limits of a company', () => {
  let app: RunningApp;
  let token: string;
  beforeAll(async () => {
    const quota = { includedCalls: 1000, overage: 'block', limits };
    writeFileSync(file, JSON.stringify({ ...demoData, quota }));
    app = await startApp({ demoData: file });
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    ({ token } = await app.operator.addClient({ name: 'assistant', pin: 'MERI-7' }));
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const asApp = async (tool = 'customer_get', customer = 'MERI-7') =>
    (await mcpClient(app.ready.mcpUrl, token).call(tool, { customer })).content;
  const asOperator = (customer: string, tool = 'customer_get') =>
    app.operator.callTool({ tool, arguments: { customer } });
  const exceeded = (words: string) => ({
    denied: true,
    gate: 'quota',
    code: 'QUOTA_EXCEEDED',
    reason: expect.stringContaining(words) as string,
  });

  it('stop a client app after its calls of the day, and say so', async () => {
    for (let call = 0; call < 2; call += 1) expect(await asApp()).toMatchObject({ customer: 'MERI-7' });
    expect(await asApp()).toMatchObject(exceeded('The 2 calls that the company allows this client app in a day'));
  });

  it('count the operator as a client of its own, and what was denied not at all', async () => {
    await asOperator('FERN-2');
    await asOperator('FERN-2');
    for (let call = 0; call < 2; call += 1) expect(await asOperator('MERI-7')).toMatchObject({ customer: 'MERI-7' });
    expect(await asOperator('MERI-7')).toMatchObject(exceeded('this client app in a day'));
  });

  it('are as used up after the gateway was killed, after a restart, and for an app of the same name', async () => {
    const [gateway = 0] = pidsOf(app.ready.pid, 'gateway');
    process.kill(gateway, 'SIGKILL');
    await until(
      'the gateway is back',
      async () => pidsOf(app.ready.pid, 'gateway').some((pid) => pid !== gateway) && (await isListening()),
    );
    await until('it records', async () => (await asApp())['auditRef'] !== '', 5000);
    expect(await asApp()).toMatchObject(exceeded('this client app in a day'));

    await app.stop();
    app = await startApp({ demoData: file, home: app.home });
    expect(await asApp()).toMatchObject(exceeded('this client app in a day'));
    await app.operator.revokeClient({ name: 'assistant' });
    ({ token } = await app.operator.addClient({ name: 'assistant', pin: 'MERI-7' }));
    expect(await asApp()).toMatchObject(exceeded('this client app in a day'));
  });

  it('are as used up after the enrolment was renewed, also those of the last minute', async () => {
    const other = async (name: string, customer: string) => {
      ({ token } = await app.operator.addClient({ name, pin: customer }));
    };
    await other('second', 'MERI-7');
    for (let call = 0; call < 2; call += 1) expect(await asApp('site_list')).toMatchObject({ customer: 'MERI-7' });
    await other('third', 'MERI-7');
    expect(await asApp('site_list')).toMatchObject({ customer: 'MERI-7' });
    const [instance] = (await app.operator.state(undefined)).instances;
    if (!instance) throw new Error('the demo has no instance');
    const customers = await app.operator.customers(undefined);
    const unbound = customers.find(({ code }) => !['MERI-7', 'FERN-2'].includes(code));
    await app.operator.mapCustomers({
      instance: instance.id,
      changes: [{ customer: unbound?.id ?? '', owner: null }],
    });
    expect(await asApp('site_list')).toMatchObject(exceeded('this tool in a minute'));
    expect((await asApp('site_list'))['remedy']).toMatch(/^Call again in [1-5]?[0-9]|60 seconds?\.$/);
    await other('fourth', 'FERN-2');
    expect(await asApp('customer_get', 'FERN-2')).toMatchObject({ customer: 'FERN-2' });
    expect(await asApp('customer_get', 'FERN-2')).toMatchObject(exceeded('the bound customer in a billing period'));
  });

  /** Whether the MCP endpoint answers at all. */
  async function isListening(): Promise<boolean> {
    return fetch(app.ready.mcpUrl, { method: 'POST' }).then(
      () => true,
      () => false,
    );
  }
});
