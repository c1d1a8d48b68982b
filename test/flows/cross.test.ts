import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src-shared/model/entry.ts';
import { crossings } from './demo-owners.ts';
import { type McpClient, mcpClient } from './mcp.ts';
import { type RunningApp, setFaults, startApp, until, vendorRequests } from './running-app.ts';

const customers = ['MERI-7', 'FERN-2', 'DENH-4', 'ACME-1', 'ASHD-7'];
const reason = 'Compare who has backups';
const latencyMs = 3000;

describe('work on several customers at once', () => {
  let app: RunningApp;
  let vendor: string;
  let mcp: McpClient;
  let code: string;
  let token: string;
  beforeAll(async () => {
    app = await startApp({ demoAs: 'helen.strand' });
    vendor = await app.vendorUrl();
    ({ token } = await app.operator.addClient({ name: 'assistant', pin: null }));
    mcp = mcpClient(app.ready.mcpUrl, token);
    ({ code } = await app.operator.openCross({ client: 'assistant', customers, reason, minutes: 30 }));
  });
  afterEach(() => setFaults(vendor, { latencyMs: 0, mixForeignRows: 0 }));
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  const entriesAfter = async (after: number): Promise<Entry[]> =>
    (await app.operator.entries({ after, limit: 1000, filter: {} })).entries;
  const lastSeq = async (): Promise<number> =>
    (await app.operator.entries({ before: 1_000_000_000, limit: 1, filter: {} })).entries.at(-1)?.seq ?? 0;
  /** The answer's records by the customer they are said to be of. */
  const byCustomer = (content: Record<string, unknown>) =>
    Map.groupBy(content['records'] as { customer: string; record: unknown }[], ({ customer }) => customer);

  it('is recorded for each customer when it begins', async () => {
    const { entries } = await app.operator.entries({ after: 0, limit: 1000, filter: { kinds: ['customer.bound'] } });
    expect(entries.map(({ customer, cross, params }) => [customer, cross, params?.['reason']])).toEqual(
      expect.arrayContaining(customers.map((customer) => [customer, code, reason])),
    );
    expect(entries.length).toBe(customers.length);
  });

  it('tells the AI the code to pass, the members, and tools that list', async () => {
    const { content } = await mcp.call('bulkhead_context');
    expect(content).toMatchObject({ customer: { code, name: '5 customers' } });
    expect((content['members'] as { code: string }[]).map((member) => member.code)).toEqual(customers);
    const tools = (content['tools'] as { name: string; risk: string }[]).map(({ name }) => name);
    expect(tools).toContain('ticket_list');
    expect(tools.filter((name) => /_(get|add|create|update|close|reply|set|reveal)$/.test(name))).toEqual([]);
  });

  it('answers with each customer’s own records, whatever the vendor mixes in, and records each by itself', async () => {
    await setFaults(vendor, { mixForeignRows: 3 });
    const before = await lastSeq();
    const { content, isError } = await mcp.call('ticket_list', { customer: code });
    expect([isError, content['customer'], content['withheld']]).toEqual([false, code, []]);
    const groups = byCustomer(content);
    expect([...groups.keys()]).toEqual(customers);
    for (const [customer, rows] of groups) {
      const records = rows.map(({ record }) => record);
      expect(crossings('ticket_list', { customer, records }), customer).toEqual([]);
    }

    const entries = await entriesAfter(before);
    for (const kind of ['call.intent', 'call.outcome'] as const) {
      const own = entries.filter((entry) => entry.kind === kind && entry.customer !== null);
      expect(new Set(own.map(({ customer }) => customer))).toEqual(new Set(customers));
      expect(own.length).toBe(customers.length);
      expect(own.every(({ cross }) => cross === code)).toBe(true);
    }
    expect(entries.at(-1)).toMatchObject({ kind: 'call.outcome', customer: null, cross: code });
    expect(content['auditRef']).toBe(String(entries.at(-1)?.seq));
    const asked = await vendorRequests(vendor);
    const lists = asked.filter(({ method, path }) => method === 'GET' && /^\/api\/tickets/i.test(path));
    expect(lists.length).toBeGreaterThanOrEqual(customers.length);
    expect(lists.every(({ query }) => query.includes('client_id='))).toBe(true);
  });

  it('fits the schema that a real client is given, and checks', async () => {
    const client = new Client({ name: 'flow test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(app.ready.mcpUrl), { requestInit }));
    const { tools } = await client.listTools();
    const list = tools.find(({ name }) => name === 'ticket_list');
    expect(Object.keys(list?.inputSchema.properties ?? {})).not.toContain('page');
    expect(list?.outputSchema).toMatchObject({
      properties: { records: { items: { required: ['customer', 'record'] } }, withheld: { type: 'array' } },
    });
    const { structuredContent } = await client.callTool({ name: 'ticket_list', arguments: { customer: code } });
    expect(structuredContent).toMatchObject({ customer: code, withheld: [] });
    await client.close();
  });

  it('names a member whose own call fails, and answers for the others', async () => {
    const { content } = await mcp.call('hudu_asset_list', { customer: code }); // Ashdown is not in Hudu.
    expect(content['withheld']).toMatchObject([{ customer: 'ASHD-7', code: 'CONNECTOR_UNAVAILABLE' }]);
    expect([...byCustomer(content).keys()]).toEqual(customers.slice(0, 4));
  });

  it('follows no switch: the switcher and the scope have nothing to do with each other', async () => {
    await app.operator.bindCustomer({ customer: 'KEST-2' });
    expect((await mcp.call('ticket_list', { customer: code })).content).toMatchObject({ customer: code });
    expect((await mcp.call('ticket_list', { customer: 'KEST-2' })).content).toMatchObject({
      code: 'CUSTOMER_MISMATCH',
    });
    await app.operator.releaseCustomer(undefined);
  });

  it('outlives a restart of Bulkhead, for its time', async () => {
    const { port } = new URL(app.ready.mcpUrl);
    await app.stop();
    app = await startApp({ home: app.home, port: Number(port), demoAs: 'helen.strand' });
    vendor = await app.vendorUrl();
    expect((await app.operator.state(undefined)).crosses).toMatchObject([{ code, client: 'assistant', reason }]);
    expect((await mcp.call('ticket_list', { customer: code })).content).toMatchObject({ customer: code, withheld: [] });
  });

  it('ends a call of its while it runs, with nothing of anybody, and suspends the app', async () => {
    await setFaults(vendor, { latencyMs });
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    const before = await lastSeq();
    const call = mcp.call('ticket_list', { customer: code });
    await until('the vendor is asked', async () => (await vendorRequests(vendor)).length >= 4);
    const from = performance.now();
    await app.operator.closeCross({ code });
    const { content } = await call;
    expect(performance.now() - from).toBeLessThan(latencyMs);
    expect(content).toMatchObject({ denied: true, code: 'CUSTOMER_CONTEXT_CHANGED' });
    expect(content).not.toHaveProperty('records');
    const { clients, crosses } = await app.operator.state(undefined);
    expect([clients.find(({ name }) => name === 'assistant')?.state, crosses]).toEqual(['suspended', []]);

    const entries = await entriesAfter(before);
    const intents = entries.filter(({ kind }) => kind === 'call.intent').map(({ seq }) => seq);
    const outcomes = entries.filter(({ kind, ref }) => kind === 'call.outcome' && ref !== undefined);
    expect(new Set(outcomes.map(({ ref }) => ref))).toEqual(new Set(intents));
    const released = entries.filter(({ kind }) => kind === 'customer.released');
    expect(new Set(released.map(({ customer }) => customer))).toEqual(new Set(customers));
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });
});
