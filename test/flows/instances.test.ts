// Vendor accounts and their mappings, by a person's deeds on a running Bulkhead, as an AI meets what comes of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { clientIdOf, crossings, demoData } from './demo-owners.ts';
import { type McpClient, mcpClient } from './mcp.ts';
import { workersOf } from './processes.ts';
import {
  connectOperator,
  isAlive,
  type RunningApp,
  setFaults,
  startApp,
  until,
  vendorRequests,
} from './running-app.ts';

const latencyMs = 4000;

describe('a vendor account and whose is whose', () => {
  let app: RunningApp;
  let vendor: string;
  let instance: InstanceId;
  let customers: CustomerView[];
  let assistant: McpClient;

  beforeAll(async () => {
    app = await startApp();
    await meet();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    assistant = await newClient('assistant');
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  async function meet(): Promise<void> {
    const halo = (await app.operator.state(undefined)).instances.find(({ connector }) => connector === 'halopsa');
    if (!halo) throw new Error('the demo has no HaloPSA');
    ({ id: instance, baseUrl: vendor } = halo);
    customers = await app.operator.customers(undefined);
  }
  async function newClient(name: string, pin: string | null = null): Promise<McpClient> {
    const { token } = await app.operator.addClient({ name, pin });
    return mcpClient(app.ready.mcpUrl, token);
  }
  const idOf = (code: string) => {
    const customer = customers.find((each) => each.code === code);
    if (!customer) throw new Error(`no such customer: ${code}`);
    return customer.id;
  };
  const map = (code: string, owner: string | null) =>
    app.operator.mapCustomers({ instance, changes: [{ customer: idOf(code), owner }] });
  const ask = async (mcp: McpClient, customer: string) => (await mcp.call('ticket_list', { customer })).content;
  const codeOf = async (deed: Promise<unknown>): Promise<unknown> =>
    deed.then(
      () => 'no fault',
      (thrown: { code?: string }) => thrown.code,
    );
  const lastSeq = async (): Promise<number> => (await app.operator.verifyLedger(undefined)).entries;
  const since = async (after: number): Promise<Entry[]> =>
    (await app.operator.entries({ after, limit: 1000, filter: {} })).entries;
  const inFlight = (count: number) =>
    until('the vendor has the calls', async () => (await vendorRequests(vendor)).length >= count);
  const view = async () => (await app.operator.state(undefined)).instances.find(({ id }) => id === instance);

  it('denies calls of a customer that is unmapped, ends its worker, and serves it again once it is mapped', async () => {
    expect(await ask(assistant, 'MERI-7')).toMatchObject({ customer: 'MERI-7' });
    const workers = workersOf(app.ready.pid);
    expect(workers.length).toBe(1);
    const { mapped } = await map('MERI-7', null);
    expect([mapped, workers.filter(isAlive)]).toEqual([customers.length - 1, []]);
    expect(await ask(assistant, 'MERI-7')).toMatchObject({ gate: 'entitlement', code: 'CONNECTOR_UNAVAILABLE' });
    expect(workersOf(app.ready.pid)).toEqual([]);

    await map('MERI-7', String(clientIdOf('MERI-7')));
    const answer = await ask(assistant, 'MERI-7');
    expect(answer).toMatchObject({ customer: 'MERI-7' });
    expect((answer['records'] as unknown[]).length).toBeGreaterThan(0);
    expect(crossings('ticket_list', answer)).toEqual([]);
  });

  it('records each mapping under its customer, with the id it was given', async () => {
    const before = await lastSeq();
    await map('FERN-2', null);
    await map('FERN-2', String(clientIdOf('FERN-2')));
    const told = (await since(before)).map(({ kind, customer, connector, params, principal }) => ({
      ...{ kind, customer, connector, params },
      client: principal.client,
    }));
    expect(told).toEqual(
      [null, String(clientIdOf('FERN-2'))].map((owner) => ({
        kind: 'policy.applied',
        customer: 'FERN-2',
        connector: 'halopsa',
        params: { instance, change: 'mapped', owner },
        client: 'operator',
      })),
    );
  });

  it('lets a running call of a customer that is mapped anew deliver nothing, and no other customer’s call end', async () => {
    const other = await newClient('pinned', 'FERN-2');
    await Promise.all([ask(assistant, 'MERI-7'), ask(other, 'FERN-2')]);
    await setFaults(vendor, { latencyMs });
    await fetch(`${vendor}/_emulator/requests`, { method: 'DELETE' });
    const [mine, theirs] = [ask(assistant, 'MERI-7'), ask(other, 'FERN-2')];
    await inFlight(2);
    const from = performance.now();
    await map('MERI-7', '9999');
    expect(performance.now() - from).toBeLessThan(latencyMs);
    const ended = await mine;
    expect(ended).toMatchObject({ denied: true, code: 'CUSTOMER_CONTEXT_CHANGED' });
    expect(ended).not.toHaveProperty('records');
    expect(await theirs).toMatchObject({ customer: 'FERN-2' });
    await setFaults(vendor, { latencyMs: 0 });
    await map('MERI-7', String(clientIdOf('MERI-7')));
    expect(await ask(assistant, 'MERI-7')).toMatchObject({ customer: 'MERI-7' });
  });

  it('never maps one vendor id twice', async () => {
    const before = await lastSeq();
    const taken = String(clientIdOf('FERN-2'));
    expect(await codeOf(map('MERI-7', taken))).toBe('MAPPING_AMBIGUOUS');
    const both = ['MERI-7', 'FERN-2'].map((code) => ({ customer: idOf(code), owner: '4711' }));
    expect(await codeOf(app.operator.mapCustomers({ instance, changes: both }))).toBe('MAPPING_AMBIGUOUS');
    for (const spelling of [`0${taken}`, `+${taken}`, `${taken}.0`, `${taken}x`, '0', '-1', '1e3']) {
      expect(await codeOf(map('MERI-7', spelling)), spelling).toBe('OWNER_INVALID');
    }
    expect(await since(before)).toEqual([]);
    const answer = await ask(assistant, 'MERI-7');
    expect([answer['customer'], crossings('ticket_list', answer)]).toEqual(['MERI-7', []]);
  });

  it('surveys the vendor on record, and suggests no customer another’s id', async () => {
    const unmapped = customers.map(({ id }) => ({ customer: id, owner: null }));
    expect(await app.operator.mapCustomers({ instance, changes: unmapped })).toEqual({ mapped: 0 });
    const before = await lastSeq();
    const { rows, vendorCustomers, isWhole } = await app.operator.surveyInstance({ instance });
    const recorded = (await since(before)).map(
      ({ kind, tool, customer, risk, connector, params, result, ref, seq }) => ({
        ...{ kind, tool, customer, risk, connector, params },
        ...(result ? { status: result.status, records: result.records, ref } : { seq }),
      }),
    );
    const about = { tool: 'instance_survey', customer: null, risk: 'sensitive', connector: 'halopsa' };
    const params = { instance, extent: 'all' };
    expect(recorded).toEqual([
      { ...about, params, kind: 'call.intent', seq: before + 1 },
      { ...about, params, kind: 'call.outcome', status: 'ok', records: vendorCustomers.length, ref: before + 1 },
    ]);
    expect(workersOf(app.ready.pid)).toEqual([]);

    expect(isWhole).toBe(true);
    const names = vendorCustomers.map(({ name }) => name);
    for (const { name } of demoData.customers) expect(names).toContain(name);
    const suggested = rows.flatMap(({ customer, suggestion }) =>
      suggestion ? [[customers.find(({ id }) => id === customer)?.code, suggestion.owner]] : [],
    );
    expect(suggested).toEqual(suggested.map(([code]) => [code, String(clientIdOf(code ?? ''))]));
    expect(suggested.length).toBeGreaterThan(customers.length * 0.8);

    const changes = rows.flatMap(({ customer, suggestion }) =>
      suggestion ? [{ customer, owner: suggestion.owner }] : [],
    );
    expect(await app.operator.mapCustomers({ instance, changes })).toEqual({ mapped: suggested.length });
    for (const { code, id } of customers) {
      if (!rows.some(({ customer, suggestion }) => customer === id && suggestion)) {
        await map(code, String(clientIdOf(code)));
      }
    }
    const again = await app.operator.surveyInstance({ instance });
    expect(again.rows.filter(({ owner, suggestion }) => owner === null || suggestion)).toEqual([]);
    const answer = await ask(assistant, 'MERI-7');
    expect([answer['customer'], crossings('ticket_list', answer)]).toEqual(['MERI-7', []]);
  });

  it('keeps surveys from every AI: no list names one, no call runs one, no answer holds one', async () => {
    const before = await lastSeq();
    const texts = [
      (await assistant.request('tools/list')).text,
      (await assistant.call('bulkhead_context')).text,
      (await assistant.call('bulkhead_whoami')).text,
      (await assistant.call('ticket_list', { customer: 'MERI-7' })).text,
    ];
    for (const text of texts) expect(text).not.toMatch(/survey|Harrow Lane/);
    for (const tool of ['instance_survey', 'survey', 'surveyInstance']) {
      expect((await assistant.call(tool, { customer: 'MERI-7' })).content).toMatchObject({ code: 'UNKNOWN_TOOL' });
      expect(await app.operator.callTool({ tool, arguments: { instance } })).toMatchObject({ code: 'UNKNOWN_TOOL' });
    }
    expect((await since(before)).filter(({ kind, tool }) => kind === 'call.intent' && tool !== 'ticket_list')).toEqual(
      [],
    );
  });

  it('ends a survey that is running when its worker may no longer ask, and records that', async () => {
    await setFaults(vendor, { latencyMs });
    const before = await lastSeq();
    const survey = codeOf(app.operator.surveyInstance({ instance }));
    await until('a worker asks', () => workersOf(app.ready.pid).length > 0);
    expect(await codeOf(app.operator.surveyInstance({ instance }))).toBe('SURVEY_RUNNING');
    await app.operator.revokeCredential({ instance });
    expect(await survey).toBe('CANCELLED');
    await setFaults(vendor, { latencyMs: 0 });
    const entries = await since(before);
    expect(entries.map(({ kind, result }) => [kind, result?.status])).toContainEqual(['call.outcome', 'CANCELLED']);
    expect(workersOf(app.ready.pid)).toEqual([]);
  });

  it('has no use of a revoked credential, for anyone, until a person sets one again', async () => {
    expect(await view()).toMatchObject({ hasCredential: false });
    expect(await ask(assistant, 'MERI-7')).toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(await codeOf(app.operator.surveyInstance({ instance }))).toBe('CREDENTIAL_UNAVAILABLE');
    await app.operator.releaseCustomer(undefined);
    expect(await app.operator.testInstance({ instance })).toMatchObject({ ok: false });

    const { sealKey, purpose } = await app.operator.sealKey({ instance });
    const box = await seal(JSON.stringify(demoData.vendors.halopsa?.credential), sealKey, purpose);
    await app.operator.setCredential({ instance, box });
    expect(await app.operator.testInstance({ instance })).toMatchObject({ ok: true });
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    expect(await ask(assistant, 'MERI-7')).toMatchObject({ customer: 'MERI-7' });
    expect(await view()).toMatchObject({ hasCredential: true, lastUsed: expect.any(String) as string });
  });

  it('is the operator’s alone', async () => {
    const before = await lastSeq();
    const anyone = await connectOperator(app.home);
    const input = { name: 'Two', baseUrl: 'https://two.example', settings: {} };
    for (const deed of [
      () => anyone.addInstance({ connector: 'halopsa', ...input }),
      () => anyone.changeInstance({ instance, ...input }),
      () => anyone.removeInstance({ instance }),
      () => anyone.surveyInstance({ instance }),
      () => anyone.mapCustomers({ instance, changes: [] }),
      () => anyone.revokeCredential({ instance }),
    ]) {
      expect(await codeOf(deed())).toBe('OPERATOR_ONLY');
    }
    expect(await since(before)).toEqual([]);
  });

  it('keeps a person’s accounts and mappings over a restart, and the demo’s vendors where they are then', async () => {
    const own = { name: 'Our own', baseUrl: 'https://halo.invalid/', settings: {} };
    const { instance: id } = await app.operator.addInstance({ connector: 'halopsa', ...own });
    expect(await app.operator.testInstance({ instance: id })).toMatchObject({ ok: false });
    await map('FERN-8', null);
    await app.stop();
    app = await startApp({ home: app.home });
    const before = vendor;
    await meet();
    expect(vendor).not.toBe(before);
    expect((await app.operator.state(undefined)).instances.find((each) => each.id === id)).toMatchObject({
      name: 'Our own',
      baseUrl: 'https://halo.invalid',
      hasCredential: false,
      mapped: 0,
    });
    await app.operator.bindCustomer({ customer: 'FERN-8' });
    const assistantNow = await newClient('again');
    expect(await ask(assistantNow, 'FERN-8')).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    await map('FERN-8', String(clientIdOf('FERN-8')));
    expect(await ask(assistantNow, 'FERN-8')).toMatchObject({ customer: 'FERN-8' });
    await app.operator.removeInstance({ instance: id });
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });
});
