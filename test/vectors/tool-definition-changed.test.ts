// The rug pull: a tool is reviewed while it is harmless, and an update gives it another description, other arguments or a
// milder risk. What an AI reads and what policy judges is then not what a person accepted.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { connectOperator, refusedStart, type RunningApp, vendorRequests } from '../flows/running-app.ts';
import { type ReviewedHome, reviewedHome } from './reviewed-home.ts';

/** What people accepted at an earlier start, where the build of now says otherwise. */
const accepted: Readonly<Record<string, (tool: ToolDefinition) => ToolDefinition>> = {
  customer_get: (tool) => ({ ...tool, description: `${tool.description} Once it said this as well.` }),
  ticket_list: (tool) => ({ ...tool, inputSchema: { ...tool.inputSchema, description: 'Once it said this.' } }),
  ticket_get: (tool) => ({ ...tool, recordSchema: { ...tool.recordSchema, description: 'Once it said this.' } }),
  invoice_list: (tool) => ({ ...tool, risk: 'spend' }),
  site_list: (tool) => ({ ...tool, isIdempotent: !tool.isIdempotent }),
  asset_list: (tool) => ({ ...tool, title: 'Once it was called so' }),
};
const names = Object.keys(accepted);

let home: ReviewedHome;
beforeAll(async () => {
  home = await reviewedHome();
  home.rewrite((tools) => tools.map((tool) => accepted[tool.name]?.(tool) ?? tool));
});
afterAll(() => home.remove());

describe('a tool whose definition is not the one that was accepted', () => {
  let started: Awaited<ReturnType<ReviewedHome['start']>>;
  const app = (): RunningApp => started.app;
  beforeAll(async () => {
    started = await home.start();
  });

  it('is not offered, and is denied when it is called all the same, before the vendor hears of it', async () => {
    const listed = await started.listed();
    expect(listed.filter((name) => names.includes(name))).toEqual([]);
    expect(listed).toContain('contact_search');
    const vendor = await app().vendorUrl();
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    for (const name of names) {
      const { content } = await started.mcp.call(name, { customer: 'MERI-7', id: 1 });
      expect(content, name).toMatchObject({ denied: true, gate: 'entitlement', code: 'TOOL_CHANGED' });
      const asOperator = await app().operator.callTool({ tool: name, arguments: { customer: 'MERI-7' } });
      expect(asOperator, name).toMatchObject({ code: 'TOOL_CHANGED' });
    }
    expect(await vendorRequests(vendor)).toEqual([]);
  });

  it('is not written down with arguments whose meaning nobody has reviewed', async () => {
    const { content } = await started.mcp.call('ticket_list', { customer: 'MERI-7', password: 'hunter2-hunter2' });
    const seq = Number(content['auditRef']);
    expect(await app().operator.bodiesOf({ seqs: [seq] })).toMatchObject([
      { body: { params: { customer: 'MERI-7', password: '[not recorded]' } }, why: null },
    ]);
  });

  it('waits for a person who sees both definitions, and counts in the state', async () => {
    const reviews = await app().operator.toolReviews(undefined);
    expect(reviews.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const { name, before, now } of reviews) expect(before && accepted[name]?.(now)).toEqual(before);
    expect((await app().operator.state(undefined)).changedTools).toBe(names.length);
  });

  it('is accepted by the operator alone, and only as they saw it', async () => {
    const [first] = await app().operator.toolReviews(undefined);
    if (!first) throw new Error('nothing waits');
    const asked = { name: first.name, hash: first.hash };
    const stranger = await connectOperator(home.home);
    await expect(stranger.acceptTool(asked)).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    for (const hash of ['', 'f'.repeat(64), first.hash.toUpperCase()]) {
      await expect(app().operator.acceptTool({ ...asked, hash })).rejects.toMatchObject({ code: 'TOOL_CHANGED' });
    }
    expect((await app().operator.state(undefined)).changedTools).toBe(names.length);
  });

  it('runs again from the moment it is accepted, which is recorded, and stays accepted', async () => {
    const reviews = await app().operator.toolReviews(undefined);
    const review = reviews.find(({ name }) => name === 'customer_get');
    if (!review) throw new Error('it does not wait');
    await app().operator.acceptTool({ name: review.name, hash: review.hash });
    expect((await started.mcp.call('customer_get', { customer: 'MERI-7' })).content).toMatchObject({
      customer: 'MERI-7',
    });
    const { entries } = await app().operator.entries({ before: 1e9, limit: 50, filter: { kinds: ['policy.applied'] } });
    expect(entries.at(-1)).toMatchObject({
      principal: { kind: 'technician', client: 'operator' },
      params: { tool: 'customer_get', before: expect.stringMatching(/^[0-9a-f]{64}$/) as string, now: review.hash },
    });
    started = await home.start();
    expect(await started.listed()).toContain('customer_get');
    expect((await app().operator.state(undefined)).changedTools).toBe(names.length - 1);
  });

  it('is never accepted by damaging the file: Bulkhead does not start with it', async () => {
    await app().stop();
    const text = readFileSync(home.file, 'utf8');
    home.rewrite(() => [{ name: 'customer_get' } as ToolDefinition]);
    const refused = await refusedStart({ home: home.home });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('TOOLS_UNREADABLE') as string });
    home.rewrite(() => (JSON.parse(text) as { tools: ToolDefinition[] }).tools);
    started = await home.start();
    expect((await app().operator.state(undefined)).changedTools).toBe(names.length - 1);
  });
});
