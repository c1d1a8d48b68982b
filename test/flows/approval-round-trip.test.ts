import { Client as NewClient, StreamableHTTPClientTransport as NewTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Approval } from '../../src-shared/model/approval.ts';
import { type RunningApp, startApp, until } from './running-app.ts';

const about = { name: 'flow test', version: '1.0.0' };

describe('a call that waits for a person', () => {
  let app: RunningApp;
  let token: string;
  let id: unknown;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    app = await startApp();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    ({ token } = await app.operator.addClient({ name: 'assistant', pin: null }));
    const found = await app.operator.callTool({ tool: 'credential_find', arguments: {} });
    if ('denied' in found) throw new Error(found.reason);
    id = found.records[0]?.['id'];
  });
  afterAll(async () => {
    await Promise.all(open.map((client) => client.close().catch(() => {})));
    await app?.stop();
    app?.remove();
  });

  const requestInit = () => ({ headers: { authorization: `Bearer ${token}` } });
  const modern = async () => {
    const client = new NewClient(about, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new NewTransport(new URL(app.ready.mcpUrl), { requestInit: requestInit() }));
    open.push(client);
    return client;
  };
  const reveal = (part: 'password' | 'code' | 'both') => ({
    name: 'credential_reveal',
    arguments: { customer: 'MERI-7', id, part },
  });
  const waiting = async (): Promise<Approval[]> =>
    (await app.operator.approvals(undefined)).approvals.filter(({ state }) => state === 'pending');
  const asked = async (): Promise<Approval> => {
    await until('a person is asked', async () => (await waiting()).length > 0);
    const [approval] = await waiting();
    if (!approval) throw new Error('nobody is asked');
    return approval;
  };

  it('continues by itself in a client of 2026-07-28 when a person approves it in Bulkhead', async () => {
    const client = await modern();
    expect(client.getNegotiatedProtocolVersion?.() ?? '2026-07-28').toBe('2026-07-28');
    let isOver = false;
    const call = client.callTool(reveal('password')).finally(() => (isOver = true));
    const approval = await asked();
    const latest = async (limit: number) =>
      (await app.operator.entries({ before: 1_000_000, limit, filter: { customer: 'MERI-7' } })).entries;
    await until('it is told to ask again', async () => (await latest(1))[0]?.kind === 'call.denied');
    await new Promise((resolve) => setTimeout(resolve, 600)); // It has come back by now, and is held.
    expect([isOver, (await waiting())[0]?.repeats]).toEqual([false, 0]);
    await app.operator.approve({ id: approval.id, fingerprint: approval.fingerprint, identity: null, standing: null });
    const { structuredContent, isError } = await call;
    expect(isError ?? false).toBe(false);
    expect(structuredContent).toMatchObject({
      customer: 'MERI-7',
      records: [{ id, password: expect.any(String) as string }],
    });

    const entries = await latest(5);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'approval.asked',
      'call.denied',
      'approval.decided',
      'call.intent',
      'call.outcome',
    ]);
    expect(entries.at(-1)?.decision).toMatchObject({ approval: approval.id });
  });

  it('ends there with APPROVAL_DENIED when a person denies it', async () => {
    const client = await modern();
    const call = client.callTool(reveal('code'));
    const { id: approval, fingerprint } = await asked();
    await app.operator.deny({ id: approval, fingerprint, identity: null, reason: 'Not now' });
    expect(await call).toMatchObject({ isError: true, structuredContent: { code: 'APPROVAL_DENIED', approval } });
  });

  it('ends there when all AI work is stopped', async () => {
    const client = await modern();
    const call = client.callTool(reveal('both'));
    await asked();
    await app.operator.stopAi(undefined);
    expect(await call).toMatchObject({ isError: true, structuredContent: { code: 'CLIENT_SUSPENDED' } });
    await app.operator.resumeAi(undefined);
  });

  it.each([
    ['sdk 1.x', () => new OldClient(about), (url: URL) => new OldTransport(url, { requestInit: requestInit() })],
    [
      'client 2.x, old era',
      () => new NewClient(about, { versionNegotiation: { mode: 'legacy' } }),
      (url: URL) => new NewTransport(url, { requestInit: requestInit() }),
    ],
  ] as const)(
    'answers %s at once with a reference, and the call again after the decision',
    async (name, make, transport) => {
      const client = make();
      await client.connect(transport(new URL(app.ready.mcpUrl)));
      open.push(client);
      const call = {
        ...reveal('both'),
        arguments: { customer: 'MERI-7', id, part: name === 'sdk 1.x' ? 'both' : 'password' },
      };
      const first = (await client.callTool(call)) as { structuredContent: Record<string, unknown> };
      const { id: approval, fingerprint } = await asked();
      expect(first.structuredContent).toMatchObject({ denied: true, code: 'APPROVAL_PENDING', approval });
      await app.operator.approve({ id: approval, fingerprint, identity: null, standing: null });
      expect(await client.callTool(call)).toMatchObject({ structuredContent: { records: [{ id }] } });
    },
  );
});
