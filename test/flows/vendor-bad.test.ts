import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { crossings, idsOf } from './demo-owners.ts';
import { type McpClient, mcpClient, type ToolResult } from './mcp.ts';
import { type RunningApp, setFaults, startApp, vendorRequests } from './running-app.ts';

const healthy = {
  ignoreClientFilter: false,
  dropOwner: false,
  lieOwner: false,
  mixForeignRows: 0,
  latencyMs: 0,
  failStatus: null,
  failEvery: 0,
  errorShape: 'dotnet',
  hang: false,
  dropConnection: false,
  truncateBody: false,
  garbageJson: false,
  hugePage: 0,
  rateLimit: null,
};
/** What the emulator says in its errors, in whatever shape: none of it may come through. */
const vendorWords =
  /System\.Exception|An error has occurred|could not be found|doctype|resultCode|errorMessage|ClassName/i;
const customer = 'FERN-2';
const countOf = (content: Readonly<Record<string, unknown>>): number => (content['records'] as unknown[]).length;
const lists = ['ticket_list', 'asset_list', 'contact_search'] as const;

describe('a vendor that misbehaves', () => {
  let app: RunningApp;
  let mcp: McpClient;
  let vendor: string;
  const [ownTicket = 0] = idsOf('tickets', customer);

  beforeAll(async () => {
    app = await startApp();
    vendor = await app.vendorUrl();
    await app.operator.bindCustomer({ customer });
    const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
    mcp = mcpClient(app.ready.mcpUrl, token);
    expect((await mcp.call('ticket_list', { customer })).isError).toBe(false);
  });
  /** A success closes the circuit's count, so each case begins with none. */
  afterEach(async () => {
    await setFaults(vendor, healthy);
    await mcp.call('customer_get', { customer });
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  const call = (tool: string, args: Record<string, unknown> = {}): Promise<ToolResult> =>
    mcp.call(tool, { customer, ...args });
  function expectDenied({ content, text, isError }: ToolResult, code: string): void {
    expect(content).toMatchObject({ denied: true, gate: 'execution', code });
    expect(isError).toBe(true);
    expect(content).not.toHaveProperty('records');
    expect(text).not.toMatch(vendorWords);
  }
  async function halopsa() {
    const { instances } = await app.operator.state(undefined);
    const found = instances.find(({ connector }) => connector === 'halopsa');
    if (found === undefined) throw new Error('the demo has no HaloPSA');
    return found;
  }
  async function expectVendorError(faults: Readonly<Record<string, unknown>>): Promise<void> {
    await setFaults(vendor, faults);
    if ('rateLimit' in faults) await call('customer_get'); // The one request that is allowed.
    expectDenied(await call('ticket_list', { status: 'all' }), 'VENDOR_ERROR');
    expectDenied(await call('ticket_search', { text: 'printer' }), 'VENDOR_ERROR');
  }
  const forgetRequests = () => fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });

  it.each([
    ['breaks the connection', { dropConnection: true }],
    ['breaks off in the middle of its answer', { truncateBody: true }],
    ['answers with a web page called JSON', { garbageJson: true }],
    ['fails with 500', { failStatus: 500 }],
    ['fails with 503 as plain text', { failStatus: 503, errorShape: 'text' }],
    ['fails with 502 and an empty body', { failStatus: 502, errorShape: 'empty' }],
  ])('is a VENDOR_ERROR in our own words, and said to be failing, when it %s', async (_, faults) => {
    await expectVendorError(faults);
    const { health } = await halopsa();
    expect(health).toMatchObject({ state: 'failing' });
    expect(health.detail).not.toMatch(vendorWords);
    await setFaults(vendor, healthy);
    expect((await call('customer_get')).isError).toBe(false);
    expect((await halopsa()).health).toMatchObject({ state: 'healthy' });
  });

  it.each([
    ['answers a page of twenty megabytes', { hugePage: 20_000_000 }],
    ['refuses with 400', { failStatus: 400, errorShape: 'error' }],
  ])('is a VENDOR_ERROR in our own words, and well enough, when it %s', async (_, faults) => {
    await expectVendorError(faults);
    expect((await halopsa()).health).toMatchObject({ state: 'healthy' });
  });

  it('is a VENDOR_ERROR that says how long to wait when it limits the rate, and people are told', async () => {
    await expectVendorError({ rateLimit: { requests: 1, windowSeconds: 60, retryAfter: null } });
    expect((await halopsa()).health).toMatchObject({ detail: 'The rate limit of the vendor is reached.' });
  });

  it('is a CREDENTIAL_UNAVAILABLE when it lets the credential do nothing', async () => {
    await setFaults(vendor, { failStatus: 403 });
    expectDenied(await call('ticket_list'), 'CREDENTIAL_UNAVAILABLE');
  });

  it('is asked for a new token when it rejects the old one, and nobody notices', async () => {
    await forgetRequests();
    await setFaults(vendor, { rejectTokens: true });
    expect((await call('ticket_list')).isError).toBe(false);
    const paths = (await vendorRequests(vendor)).map(({ path }) => path);
    expect(paths).toEqual(['/api/Tickets', '/auth/token', '/api/Tickets']);
  });

  it.each(lists)(
    'ignores the customer filter, and %s still answers with own records only, the others counted',
    async (tool) => {
      await setFaults(vendor, { ignoreClientFilter: true });
      const { content, isError } = await call(tool);
      expect(isError).toBe(false);
      expect(content['customer']).toBe(customer);
      expect(crossings(tool, content)).toEqual([]);
      expect(content['dropped']).toBeGreaterThan(20);
      await expectRecorded(content);
    },
  );

  it.each(lists)('mixes foreign rows in, and %s drops exactly those', async (tool) => {
    const before = (await call(tool)).content;
    await setFaults(vendor, { mixForeignRows: 3 });
    const { content } = await call(tool);
    expect(crossings(tool, content)).toEqual([]);
    expect(Number(content['dropped']) - Number(before['dropped'])).toBe(3);
    expect(countOf(content)).toBeGreaterThanOrEqual(countOf(before) - 3);
    await expectRecorded(content);
  });

  it.each(lists)('lies about a name, and %s believes only the id', async (tool) => {
    const before = (await call(tool)).content;
    await setFaults(vendor, { lieOwner: true });
    const { content, text } = await call(tool);
    expect(crossings(tool, content)).toEqual([]);
    expect(Number(content['dropped']) - Number(before['dropped'])).toBe(1);
    expect(text).not.toContain('client_name');
  });

  it.each(lists)('leaves the owner out, and %s answers with nothing', async (tool) => {
    await setFaults(vendor, { dropOwner: true });
    const { content } = await call(tool);
    expect(content).toMatchObject({ customer, records: [] });
    expect(content['dropped']).toBeGreaterThan(0);
  });

  it('leaves the owner out of a record read by its id: it is as if it were not there', async () => {
    const nothing = (await call('ticket_get', { id: 2_000_000_000 })).content;
    expect((await call('ticket_get', { id: ownTicket })).content['records']).toHaveLength(1);
    await setFaults(vendor, { dropOwner: true });
    const { content } = await call('ticket_get', { id: ownTicket });
    expect({ ...content, auditRef: '' }).toEqual({ ...nothing, auditRef: '' });
  });

  it('leaves the owner out of a ticket to be written to: nothing is written', async () => {
    await setFaults(vendor, { dropOwner: true });
    await forgetRequests();
    expectDenied(await call('ticket_note_add', { ticketId: ownTicket, note: 'x' }), 'OWNERSHIP_UNPROVEN');
    expect((await vendorRequests(vendor)).filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('hangs: each call is TIMED_OUT at its deadline; after five the vendor is left alone, and asked again later', async () => {
    await setFaults(vendor, { hang: true });
    const from = performance.now();
    const hung = await Promise.all(Array.from({ length: 5 }, () => call('ticket_list')));
    const took = performance.now() - from;
    for (const answer of hung) expectDenied(answer, 'TIMED_OUT');
    expect(took).toBeGreaterThan(14_000);
    expect(took).toBeLessThan(25_000);

    await setFaults(vendor, healthy);
    await forgetRequests();
    const opened = Date.now();
    const refused = await Promise.all([
      call('ticket_list'),
      call('customer_get'),
      call('ticket_get', { id: ownTicket }),
    ]);
    for (const { content } of refused) {
      expect(content).toMatchObject({ denied: true, gate: 'entitlement', code: 'CONNECTOR_UNAVAILABLE' });
    }
    expect(await vendorRequests(vendor)).toEqual([]);
    const offered = ((await mcp.call('bulkhead_context')).content['tools'] as { name: string }[]).map(
      ({ name }) => name,
    );
    expect(offered).not.toContain('ticket_list');
    expect(offered).toContain('subscription_list');

    let first: ToolResult;
    do {
      await new Promise((resolve) => setTimeout(resolve, 500));
      first = await call('ticket_list');
    } while (first.isError && Date.now() - opened < 30_000);
    expect(first.isError).toBe(false);
    expect(Date.now() - opened).toBeGreaterThan(10_000);
    expect((await call('customer_get')).isError).toBe(false);
  });

  it('leaves a ledger that verifies, in which no entry holds the vendor’s words', async () => {
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    const { entries } = await app.operator.entries({ before: 1_000_000, limit: 1000, filter: {} });
    expect(JSON.stringify(entries)).not.toMatch(vendorWords);
    expect(app.stderr()).not.toMatch(vendorWords);
  });

  /** The ledger counts what was dropped as the answer does. */
  async function expectRecorded(content: Readonly<Record<string, unknown>>): Promise<void> {
    const seq = Number(content['auditRef']);
    const { entries } = await app.operator.entries({ after: seq - 1, limit: 1, filter: {} });
    expect(entries[0]?.result).toMatchObject({
      status: 'ok',
      records: countOf(content),
      dropped: content['dropped'],
    });
  }
});
