// What an approval names, over real processes: an AI asks over MCP, the worker looks the record up at the demo vendor, and whoever
// approves reads it by command. On record and counted like any other request to a vendor.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../src-shared/model/approval.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import { runCommand } from '../cli/run-command.ts';
import { type McpClient, mcpClient } from './mcp.ts';
import { type RunningApp, setFaults, startApp, until, vendorRequests } from './running-app.ts';

interface Demo {
  readonly customers: readonly {
    readonly code: string;
    readonly name: string;
    readonly vendors: { halopsa: number };
  }[];
  readonly vendors: {
    readonly halopsa: { readonly tickets: readonly { id: number; client_id: number; summary: string }[] };
    readonly hudu: { readonly asset_passwords: readonly { id: number; name: string; password: string }[] };
  };
}
const demo = JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/northway.json'), 'utf8')) as Demo;
const meridian = demo.customers.find(({ code }) => code === 'MERI-7')?.vendors.halopsa;
const own = demo.vendors.halopsa.tickets.find(({ client_id }) => client_id === meridian);
const theirs = demo.vendors.halopsa.tickets.find(({ client_id }) => client_id !== meridian);

let app: RunningApp;
let mcp: McpClient;
let vendor: string;
let from = 0;
beforeAll(async () => {
  app = await startApp({ demoAs: 'tomas.lind' }); // He may also read what was asked.
  await app.operator.bindCustomer({ customer: 'MERI-7' });
  const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
  mcp = mcpClient(app.ready.mcpUrl, token);
  vendor = await app.vendorUrl();
});
afterAll(async () => {
  await app?.stop();
  app?.remove();
});
beforeEach(async () => {
  from = (await app.operator.entries({ before: 1e9, limit: 1, filter: {} })).entries.at(-1)?.seq ?? 0;
});

const close = (ticketId: number | undefined, resolution = 'Done, thank you.') =>
  mcp.call('ticket_close', { customer: 'MERI-7', ticketId, resolution });
const waiting = async (): Promise<readonly Approval[]> =>
  (await app.operator.approvals(undefined)).approvals.filter(({ state }) => state === 'pending');
const since = async (): Promise<Entry[]> =>
  (await app.operator.entries({ after: from, limit: 100, filter: {} })).entries;
const told = async () => (await since()).map(({ kind, tool, result }) => [kind, tool, result?.status]);
const bulkhead = (...words: string[]) =>
  runCommand([...words, '--home', app.home], { env: { BULKHEAD_OPERATOR_TOKEN: app.operatorToken } });

describe('what an approval names', () => {
  it('is the record as the vendor calls it, looked up on record and only read', async () => {
    const before = (await vendorRequests(vendor)).length;
    const { content } = await close(own?.id);
    expect(content).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(JSON.stringify(content)).not.toContain(own?.summary);
    expect(await waiting()).toMatchObject([
      { id: content['approval'], subjects: [{ kind: 'ticket', id: String(own?.id), name: own?.summary }] },
    ]);
    expect(await told()).toEqual([
      ['call.intent', lookUpTool, undefined],
      ['call.outcome', lookUpTool, 'ok'],
      ['approval.asked', 'ticket_close', undefined],
      ['call.denied', 'ticket_close', 'APPROVAL_PENDING'],
    ]);
    const asked = (await vendorRequests(vendor)).slice(before);
    expect(asked.filter(({ path }) => !/token|authinfo/.test(path))).toMatchObject([
      { method: 'GET', path: `/api/Tickets/${own?.id}` },
    ]);
    const entries = await since();
    const bodies = await app.operator.bodiesOf({ seqs: entries.flatMap(({ seq, body }) => (body ? [seq] : [])) });
    expect(
      bodies.map(
        ({ body }) =>
          body &&
          Object.keys(body)
            .filter((name) => name !== 'blind')
            .toSorted(),
      ),
    ).toEqual([['params'], ['records'], ['arguments', 'subjects'], ['params']]);
    expect(JSON.stringify(entries)).not.toContain(own?.summary);
    expect((await bulkhead('approval', 'list')).stdout).toContain(`halopsa ticket ${own?.id}: ${own?.summary}`);
  });

  it('runs as it was approved, and every request to the vendor is explained', async () => {
    const [approval] = await waiting();
    expect((await bulkhead('approval', 'approve', approval?.id ?? '')).code).toBe(0);
    const { content } = await close(own?.id);
    expect(content).not.toMatchObject({ gate: 'policy' });
    expect(content).not.toMatchObject({ code: 'OWNERSHIP_UNPROVEN' });
    expect((await told()).map(([kind, tool]) => [kind, tool])).toEqual([
      ['approval.decided', 'ticket_close'],
      ['call.intent', 'ticket_close'],
      ['call.outcome', 'ticket_close'],
    ]);
    const intents = (await app.operator.entries({ after: 0, limit: 1000, filter: { kinds: ['call.intent'] } })).entries;
    await until('each is counted', async () => (await app.operator.state(undefined)).usage?.calls === intents.length);
    const verdict = JSON.parse((await bulkhead('audit', 'verify', '--json')).stdout) as { ok: boolean };
    expect(verdict.ok).toBe(true);
  });

  it('is nothing of another customer: the call is denied like one of no record at all, and nobody is asked', async () => {
    const foreign = await close(theirs?.id);
    const missing = await close(999_999_999);
    expect(foreign.content).toMatchObject({ denied: true, gate: 'execution', code: 'OWNERSHIP_UNPROVEN' });
    const same = ({ content }: typeof foreign) => ({ ...content, auditRef: '' });
    expect(same(foreign)).toEqual(same(missing));
    expect(await waiting()).toEqual([]);
    expect((await told()).map(([kind, , status]) => [kind, status])).toEqual(
      [1, 2].flatMap(() => [
        ['call.intent', undefined],
        ['call.outcome', 'OWNERSHIP_UNPROVEN'],
        ['call.denied', 'OWNERSHIP_UNPROVEN'],
      ]),
    );
  });

  it('of a credential is its name and never its value', async () => {
    const found = await app.operator.callTool({ tool: 'credential_find', arguments: {} });
    const id = 'records' in found ? Number(found.records[0]?.['id']) : 0;
    const { name, password } = demo.vendors.hudu.asset_passwords.find((one) => one.id === id) ?? {
      name: '',
      password: '',
    };
    await mcp.call('credential_reveal', { customer: 'MERI-7', id, part: 'both' });
    const [approval] = await waiting();
    expect(approval).toMatchObject({ subjects: [{ kind: 'credential', id: String(id), name }] });
    expect(JSON.stringify([approval, await since()])).not.toContain(password);
    await bulkhead('approval', 'deny', approval?.id ?? '');
  });

  it('is not known where the vendor is down or too slow, and the person is told so', async () => {
    for (const [resolution, faults, status] of [
      ['While it is down.', { failStatus: 503 }, 'VENDOR_ERROR'],
      ['While it is slow.', { failStatus: null, latencyMs: 30_000 }, 'TIMED_OUT'],
    ] as const) {
      await setFaults(vendor, faults);
      expect((await close(own?.id, resolution)).content).toMatchObject({ code: 'APPROVAL_PENDING' });
      const approval = (await waiting()).find((one) => one.arguments['resolution'] === resolution);
      expect(approval?.subjects).toBe(null);
      expect(await told()).toContainEqual(['call.outcome', lookUpTool, status]);
      expect((await bulkhead('approval', 'list')).stdout).toContain('could not be looked up');
    }
    await setFaults(vendor, { failStatus: null, latencyMs: 0 });
  });

  it('is not waited for by a switch, and nobody is asked for the customer before', async () => {
    await setFaults(vendor, { latencyMs: 30_000 });
    const asked = close(own?.id, 'Before the switch.');
    await until('it is looked up', async () => (await told()).length === 1);
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    expect((await asked).content).toMatchObject({ denied: true, code: 'POLICY_DENIED' });
    expect((await told()).slice(0, 2).map(([kind, , status]) => [kind, status])).toContainEqual([
      'call.intent',
      undefined,
    ]);
    expect(await told()).toContainEqual(['call.outcome', lookUpTool, 'CUSTOMER_CONTEXT_CHANGED']);
    expect((await since()).map(({ kind }) => kind)).not.toContain('approval.asked');
    await setFaults(vendor, { latencyMs: 0 });
  });
});
