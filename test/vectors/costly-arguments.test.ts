// One valid token, and requests that are dear to answer however soon they are denied: a mebibyte of the smallest arguments, sixty
// at once. What one app is answered must cost so little that everybody else's calls go on.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { mcpClient, post } from '../flows/mcp.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { makeWorld } from '../gateway/world.ts';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-costly-'));
const demoData = join(folder, 'demo.json');
const northway = JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/northway.json'), 'utf8')) as object;
writeFileSync(demoData, JSON.stringify({ ...northway, limits: { requestsPerMinute: 60 } }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const attacked = attackedApp({ demoData });

const many = Object.fromEntries(Array.from({ length: 70_000 }, (_, at) => [at.toString(36), 0]));
const long = { customer: 'MERI-7', note: 'x'.repeat(1_000_000) };

describe('a call of a hundred thousand arguments', () => {
  it.each([
    ['that no tool is known for', many, 'no_such_tool'],
    ['for another customer', { customer: 'FERN-2', ...many }, 'customer_get'],
    ['in a list', { customer: 'MERI-7', x: Array(400_000).fill(0) }, 'customer_get'],
  ])('is no request, %s: neither a gate nor the ledger hears of it', async (why, args, tool) => {
    const { token } = await attacked.app.operator.addClient({ name: why.replaceAll(' ', '-'), pin: null });
    const before = await lastEntry(attacked);
    const { status } = await post(attacked.app.ready.mcpUrl, goodCall(args, tool), {
      authorization: `Bearer ${token}`,
    });
    expect([status, await lastEntry(attacked)]).toEqual([400, before]);
  });
});

describe('sixty calls of a mebibyte at once', () => {
  it('are one or none: the others are refused before they are read as anything, and nobody else is', async () => {
    const { token } = await attacked.app.operator.addClient({ name: 'bystander', pin: null });
    const before = await lastEntry(attacked);
    const body = goodCall(long, 'no_such_tool');
    const host = `host: 127.0.0.1:${attacked.port}`;
    const flood = Array.from({ length: 60 }, () => attacked.raw([host], { body }));
    const calm = mcpClient(attacked.app.ready.mcpUrl, token).call('customer_get', { customer: 'MERI-7' });
    const served = (await Promise.all(flood)).filter(({ status }) => status !== 429 && status !== 0);
    expect(served.length).toBeLessThanOrEqual(1);
    expect((await calm).isError).toBe(false);
    const denied = (await attacked.since(before)).filter(({ kind }) => kind === 'call.denied');
    expect(denied).toHaveLength(served.length);
  });
});

describe('a denied call of a mebibyte', () => {
  it('is told the ledger as short as the ledger keeps it', async () => {
    const world = await makeWorld();
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    for (const [tool, args] of [
      ['ticket_list', { ...long, customer: 'ZEN-2' }],
      ['ticket_list', { note: '\ud800'.repeat(100_000) }],
      ['ticket_list', { ...many, huge: Number.POSITIVE_INFINITY }],
      ['no_such_tool', many],
    ] as const) {
      await callTool(callOf(tool, args), world.powers, never);
      const { body, result } = world.entries.at(-1) ?? {};
      expect(result?.status).not.toBe('ok');
      expect([body?.under, Object.keys(body?.content ?? {})]).toEqual(['acme', ['truncated', 'bytes', 'sha256']]);
    }
  });
});
