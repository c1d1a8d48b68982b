// A limit that a crash forgets is none: an AI that finds a way to make Bulkhead end would have all its calls again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { demoData } from '../flows/demo-owners.ts';
import { mcpClient } from '../flows/mcp.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-crash-'));
let app: RunningApp | undefined;
afterEach(async () => {
  await app?.stop();
  app?.remove();
  app = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a Bulkhead that was killed while it worked', () => {
  it.each(['minute', 'day', 'period'] as const)('has counted every call of the %s when it is back', async (window) => {
    const limits: CallLimit[] = [{ per: 'client', of: window, calls: 3, window }];
    const demoFile = join(folder, `${window}.json`);
    writeFileSync(demoFile, JSON.stringify({ ...demoData, quota: { includedCalls: 1000, overage: 'block', limits } }));
    const start = async () => startApp({ demoData: demoFile, ...(app && { home: app.home }) });
    app = await start();
    const { token } = await app.operator.addClient({ name: window, pin: 'MERI-7' });
    const from = performance.now();
    const call = async () => {
      const { content } = await mcpClient(app?.ready.mcpUrl ?? '', token).call('customer_get', { customer: 'MERI-7' });
      return content['code'] ?? 'ran';
    };
    expect([await call(), await call()]).toEqual(['ran', 'ran']);
    await app.stop('SIGKILL');
    app = await start();
    expect([await call(), await call(), await call()]).toEqual(['ran', 'QUOTA_EXCEEDED', 'QUOTA_EXCEEDED']);
    expect(performance.now() - from, 'within the minute').toBeLessThan(60_000);
  });
});
