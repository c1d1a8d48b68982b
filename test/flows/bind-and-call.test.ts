import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mcpClient } from './mcp.ts';
import { type RunningApp, startApp } from './running-app.ts';

describe('one customer at a time', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  it('blocks every tool while nothing is bound, and says so', async () => {
    const { token } = await app.operator.addClient({ name: 'early', pin: null });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    expect((await mcp.call('bulkhead_context')).content).toMatchObject({ customer: null, tools: [] });
    const denied = await mcp.call('ticket_list', { customer: 'MERI-7' });
    expect(denied).toMatchObject({ isError: true, content: { denied: true, gate: 'customer', code: 'NO_CUSTOMER' } });
  });

  it("lists the bound customer's records and nobody else's, and records it", async () => {
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    const { content, isError } = await mcp.call('ticket_list', { customer: 'MERI-7' });
    expect(isError).toBe(false);
    const records = content['records'] as { id: number }[];
    expect(records.length).toBeGreaterThan(5);

    const raw = await fetch(`${await app.vendorUrl()}/_emulator/requests`).then((answer) => answer.text());
    expect(raw).toContain('client_id=214');

    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 2, filter: { customer: 'MERI-7' } });
    expect(entries.map(({ kind }) => kind)).toEqual(['call.intent', 'call.outcome']);
    expect(entries[1]).toMatchObject({
      ref: entries[0]?.seq,
      principal: { kind: 'technician', client: 'assistant' },
      result: { status: 'ok', records: records.length },
      gates: ['principal', 'tenant', 'customer', 'entitlement', 'policy', 'quota', 'execution', 'audit'].map(
        (gate) => ({ gate, ok: true }),
      ),
    });
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });

  it('denies a call that names another customer, and sends nothing to the vendor', async () => {
    const { token } = await app.operator.addClient({ name: 'confused', pin: null });
    await fetch(`${await app.vendorUrl()}/_emulator/requests`, { method: 'DELETE' });
    const { content } = await mcpClient(app.ready.mcpUrl, token).call('ticket_list', { customer: 'FERN-2' });
    expect(content).toMatchObject({ denied: true, gate: 'customer', code: 'CUSTOMER_MISMATCH' });
    expect(await fetch(`${await app.vendorUrl()}/_emulator/requests`).then((answer) => answer.json())).toEqual([]);
  });

  it('suspends a following client at a switch until the technician arms it', async () => {
    const { token } = await app.operator.addClient({ name: 'follower', pin: null });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    expect((await mcp.call('ticket_list', { customer: 'FERN-2' })).content).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    expect((await mcp.call('bulkhead_context')).content).toMatchObject({ customer: null });
    await app.operator.armClient({ name: 'follower', customer: 'FERN-2' });
    expect((await mcp.call('ticket_list', { customer: 'FERN-2' })).content).toMatchObject({ customer: 'FERN-2' });
  });

  it('refuses to arm for a customer that is not the bound one any more', async () => {
    await expect(app.operator.armClient({ name: 'follower', customer: 'MERI-7' })).rejects.toMatchObject({
      code: 'SCOPE_CHANGED',
    });
  });
});
