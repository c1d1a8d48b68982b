// A loop, whether broken or hostile, gets its company's share of requests and no more, and cannot fill the ledger.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';
import { mcpClient } from '../flows/mcp.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-limit-'));
const demoData = join(folder, 'demo.json');
const northway = JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/northway.json'), 'utf8')) as object;
writeFileSync(demoData, JSON.stringify({ ...northway, limits: { requestsPerMinute: 6 } }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const attacked = attackedApp({ demoData });

describe('a flood', () => {
  it('is answered 429 with the time to wait, recorded once, and reaches no gate', async () => {
    const before = await lastEntry(attacked);
    const answers = [];
    for (let time = 0; time < 40; time += 1) {
      answers.push(await attacked.mcp.request('tools/call', { name: 'bulkhead_whoami', arguments: {} }));
    }
    const served = answers.filter(({ status }) => status === 200).length;
    expect(served).toBeGreaterThanOrEqual(6);
    expect(served).toBeLessThanOrEqual(8);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(40 - served);
    for (const { headers, text } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(10);
      expect(text).not.toContain('MERI');
    }
    const entries = await attacked.since(before);
    expect(entries.filter(({ kind }) => kind === 'alert')).toMatchObject([
      { principal: { kind: 'system', client: 'attacker' }, params: { alert: 'rate-limit', client: 'attacker' } },
    ]);
    expect(entries.filter(({ kind }) => kind === 'call.outcome')).toHaveLength(served);
    expect(entries).toHaveLength(served + 1);
  });

  it('takes nothing from another client app', async () => {
    const { token } = await attacked.app.operator.addClient({ name: 'bystander', pin: null });
    expect((await mcpClient(attacked.app.ready.mcpUrl, token).call('bulkhead_whoami')).isError).toBe(false);
  });
});
