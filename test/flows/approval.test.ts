// Approval over real processes: an AI asks over MCP, a person decides by command, the AI calls again, once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Approval } from '../../src-shared/model/approval.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import { runCommand } from '../cli/run-command.ts';
import { type McpClient, mcpClient, post } from './mcp.ts';
import { connectOperator, type RunningApp, startApp, until } from './running-app.ts';

let app: RunningApp;
let mcp: McpClient;
let token: string;
beforeAll(async () => {
  app = await startApp({ demoAs: 'tomas.lind' }); // He may also read what was asked.
  await app.operator.bindCustomer({ customer: 'MERI-7' });
  ({ token } = await app.operator.addClient({ name: 'assistant', pin: null }));
  mcp = mcpClient(app.ready.mcpUrl, token);
});
afterAll(async () => {
  await app?.stop();
  app?.remove();
});

const close = { customer: 'MERI-7', ticketId: 2001, resolution: 'Done, thank you.' };
const bulkhead = (...words: string[]) =>
  runCommand([...words, '--json', '--home', app.home], { env: { BULKHEAD_OPERATOR_TOKEN: app.operatorToken } });
const waiting = async (): Promise<readonly Approval[]> =>
  (await app.operator.approvals(undefined)).approvals.filter(({ state }) => state === 'pending');
async function since(after: number): Promise<Entry[]> {
  return (await app.operator.entries({ after, limit: 1000, filter: {} })).entries;
}
const last = async (): Promise<number> =>
  (await app.operator.entries({ before: 1e9, limit: 1, filter: {} })).entries.at(-1)?.seq ?? 0;
/** A tool that asks for a person, with arguments that are this customer's; its answer. */
const ask = (args: object = {}) => mcp.call(tool, { ...close, ...args });
const tool = 'ticket_close';
const isNoLookUp = (entry: Entry): boolean => entry.tool !== lookUpTool;

describe('approval by command', () => {
  it('lets the very call run once, and records who asked, who decided and that it ran on that', async () => {
    const from = await last();
    const first = await ask();
    expect(first.content).toMatchObject({ denied: true, code: 'APPROVAL_PENDING', gate: 'policy' });
    const id = String(first.content['approval']);
    expect(first.text).toContain('APPROVAL_PENDING');

    const listed = await bulkhead('approval', 'list');
    expect(listed.json).toMatchObject([
      { id, tool, customer: 'MERI-7', risk: 'external', arguments: close, state: 'pending' },
    ]);
    await until('the front ends know', async () => (await app.operator.state(undefined)).pendingApprovals === 1);

    const approved = await bulkhead('approval', 'approve', id);
    expect([approved.code, approved.json]).toMatchObject([0, { id, state: 'approved' }]);
    const second = await ask();
    expect(second.content).not.toMatchObject({ gate: 'policy' });
    const third = await ask();
    expect(third.content).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(third.content['approval']).not.toBe(id);

    const all = await since(from);
    // Each time somebody is asked, what it acts on was looked up first: approval-names.test.ts.
    const entries = all.filter(isNoLookUp);
    expect(all.length - entries.length).toBe(4);
    const told = entries.map(({ kind, decision, params }) => [kind, decision?.approval, params?.['outcome']]);
    const next = third.content['approval'];
    expect(told).toEqual([
      ['approval.asked', id, undefined],
      ['call.denied', id, undefined],
      ['approval.decided', id, 'approved'],
      ['call.intent', id, undefined],
      ['call.outcome', id, undefined],
      ['approval.asked', next, undefined],
      ['call.denied', next, undefined],
    ]);
    expect(entries[0]).toMatchObject({ principal: { client: 'assistant' } });
    expect(await app.operator.bodiesOf({ seqs: [entries[0]?.seq ?? 0] })).toMatchObject([
      { body: { arguments: close }, why: null },
    ]);
    expect(entries[2]).toMatchObject({ principal: { id: 'tomas.lind', client: 'operator' } });
    await bulkhead('approval', 'deny', String(next), '--reason', 'once is enough');
    expect((await ask()).content).toMatchObject({ code: 'APPROVAL_DENIED', approval: next });
    expect(JSON.stringify((await ask()).content)).not.toContain('once is enough');
  });

  it('decides as another person with their identity, and needs another where two must', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'));
    const file = join(folder, 'identity.jws');
    try {
      const { content } = await ask({ resolution: 'As another.' });
      const id = String(content['approval']);
      const others = await app.operator.colleagues({ approval: id });
      const helen = others.find(({ roles }) => roles.includes('manager'));
      expect(others.filter(({ roles }) => roles.includes('auditor') || roles.includes('dispatcher'))).toEqual([]);
      writeFileSync(file, (await app.operator.colleagueIdentity({ id: 'june.okafor' })).identity);
      expect((await bulkhead('approval', 'approve', id, '--as', file)).json).toMatchObject({
        error: { code: 'NOT_YOURS' },
      });
      writeFileSync(file, (await app.operator.colleagueIdentity({ id: helen?.id ?? '' })).identity);
      const approved = await bulkhead('approval', 'approve', id, '--as', file);
      expect(approved.json).toMatchObject({ state: 'approved', approvedBy: [{ id: helen?.id, name: helen?.name }] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('for a while, listed and withdrawn', async () => {
    const { content } = await ask({ resolution: 'The first of a few.' });
    const id = String(content['approval']);
    expect((await bulkhead('approval', 'approve', id, '--for', '15', '--uses', '5', '--fix', 'ticketId')).code).toBe(0);
    const [standing] = (await bulkhead('approval', 'standing')).json as { id: string; usesLeft: number }[];
    expect(standing).toMatchObject({
      tool,
      customer: 'MERI-7',
      client: 'assistant',
      usesLeft: 5,
      fixed: { ticketId: 2001 },
    });
    const from = await last();
    expect((await ask({ resolution: 'The second.' })).content).not.toMatchObject({ gate: 'policy' });
    expect((await since(from)).map(({ kind, decision }) => [kind, decision?.standing])).toEqual([
      ['call.intent', standing?.id],
      ['call.outcome', standing?.id],
    ]);
    await bulkhead('approval', 'withdraw', standing?.id ?? '');
    expect((await ask({ resolution: 'The third.' })).content).toMatchObject({ code: 'APPROVAL_PENDING' });
  });
});

describe('an AI', () => {
  it('decides nothing: not by what it answers in the round trip, and not over the control socket', async () => {
    const args = { ...close, resolution: 'I approve this myself.' };
    const call = async (more: object) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': tool,
      };
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'assistant', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
      };
      const body = {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: tool, arguments: args, _meta, ...more },
      };
      return post(app.ready.mcpUrl, JSON.stringify(body), headers, AbortSignal.timeout(3000)).catch(() => undefined);
    };
    const asked = await call({});
    const requestState = asked?.message?.result?.['requestState'];
    const own = (await waiting()).find(({ arguments: given }) => given['resolution'] === args.resolution);
    if (!own) throw new Error('nobody was asked');
    const inputResponses = {
      approval: { method: 'elicitation/create', result: { action: 'accept', content: { approved: true } } },
    };
    await call({ ...(requestState === undefined ? {} : { requestState }), inputResponses });
    const from = await last();
    const still = (await waiting()).find(({ id }) => id === own.id);
    expect(still).toMatchObject({ state: 'pending', approvedBy: [] });

    const stranger = await connectOperator(app.home);
    const decision = { id: own.id, fingerprint: own.fingerprint, identity: null };
    for (const refused of [
      stranger.approve({ ...decision, standing: null }),
      stranger.deny({ ...decision, reason: '' }),
      stranger.denyApprovals({ ids: [decision.id], reason: '' }),
      stranger.extendApproval({ id: decision.id }),
      stranger.colleagueIdentity({ id: 'helen.strand' }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    await expect(stranger.authenticate({ operatorToken: token })).rejects.toMatchObject({ code: 'OPERATOR_UNKNOWN' });
    expect((await since(from)).map(({ kind }) => kind)).not.toContain('approval.decided');
    expect((await waiting()).some(({ id }) => id === own.id)).toBe(true);
  });
});

describe('a gateway that ends', () => {
  it('forgets every approval, and what waited or was approved is recorded as withdrawn', async () => {
    const { content } = await ask({ resolution: 'Before the crash.' });
    const id = String(content['approval']);
    const approvedOne = String((await ask({ resolution: 'Approved before the crash.' })).content['approval']);
    await bulkhead('approval', 'approve', approvedOne);
    const forAWhile = String((await ask({ resolution: 'For a while.' })).content['approval']);
    await bulkhead('approval', 'approve', forAWhile, '--for', '15', '--uses', '5', '--fix', 'ticketId');
    const [standing] = (await app.operator.approvals(undefined)).standing;
    await until('the supervisor knows', async () => {
      const state = await app.operator.state(undefined);
      return state.pendingApprovals === (await waiting()).length;
    });
    const from = await last();
    process.kill((await app.pids())['gateway'] ?? 0, 'SIGKILL');
    const ends = async () =>
      (await since(from).catch(() => [])).flatMap(({ params = {} }) =>
        params['outcome'] === 'withdrawn' ? [params['standing'] ?? params['approval']] : [],
      );
    const lost = [id, approvedOne, forAWhile, standing?.id];
    await until('they are recorded', async () => {
      const ended = await ends();
      return lost.every((each) => ended.includes(each));
    });
    const all = await ends();
    expect(all.length).toBe(new Set(all).size);
    await until('a person is asked anew', async () => {
      const answer = await ask({ resolution: 'Approved before the crash.' }).catch(() => undefined);
      return answer?.content['code'] === 'APPROVAL_PENDING';
    });
    expect((await since(from)).filter(isNoLookUp).map(({ kind }) => kind)).not.toContain('call.intent');
  });
});

describe('a Bulkhead that stops', () => {
  it('records what waited as withdrawn, once each, before it says that it stopped', async () => {
    const before = (await waiting()).map(({ id }) => id);
    const id = String((await ask({ resolution: 'Before the stop.' })).content['approval']);
    await app.stop();
    const { home } = app;
    app = await startApp({ home });
    const entries = await since(0);
    const ends = entries.filter(({ params }) => params?.['outcome'] === 'withdrawn');
    const ended = ends.map(({ params }) => params?.['approval']);
    for (const each of [...before, id]) expect(ended.filter((other) => other === each)).toHaveLength(1);
    const stopped = entries.findIndex(({ kind }) => kind === 'app.stopped');
    expect(entries.findLastIndex(({ params }) => params?.['outcome'] === 'withdrawn')).toBeLessThan(stopped);
    expect(await waiting()).toEqual([]);
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    expect((await app.operator.approvals(undefined)).approvals).toEqual([]);
  });
});
