import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import { labelled } from '../connectors/labelled.ts';
import { type Attacked, attackedDesk } from '../vectors/approval-world.ts';

let desk: Attacked;
beforeEach(async () => {
  desk = await attackedDesk();
  desk.world.lookUp = async ({ owner }) => seen(owner);
});
const firewall = { kind: 'credential', id: '1', name: 'Firewall admin' };
const seen = (owner: string, record: object = firewall): WorkerAnswer => ({
  status: 'ok',
  records: [labelled(owner, { ...record })],
  dropped: 0,
});
const call = (args: Record<string, unknown> = {}) => desk.call(args, { tool: 'record_change' });
const kinds = () => desk.world.entries.map(({ kind, tool }) => `${kind} ${tool}`);
const used = () => desk.world.session.quota.usage().calls;

describe('a call that a person is asked about', () => {
  it('names what it acts on, which was looked up on record before anybody was asked', async () => {
    expect(await call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.waiting()).toMatchObject([{ subjects: [firewall] }]);
    expect(desk.world.deeds).toEqual(['call.intent', 'look up', 'call.outcome', 'approval.asked', 'call.denied']);
    expect(kinds().slice(0, 3)).toEqual([
      `call.intent ${lookUpTool}`,
      `call.outcome ${lookUpTool}`,
      'approval.asked record_change',
    ]);
    const [intent, outcome, asked] = desk.world.entries;
    const common = {
      tool: lookUpTool,
      connector: 'halopsa',
      risk: 'read',
      customer: 'ACME-1',
      params: { tool: 'record_change' },
      principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'assistant' },
      policyVersion: 3,
    };
    const gates = ['principal', 'tenant', 'customer', 'entitlement', 'quota'].map((gate) => ({
      gate,
      ok: true,
      ms: 0,
    }));
    expect(intent).toEqual({
      ...common,
      kind: 'call.intent',
      gates,
      body: { under: 'acme', content: { params: { customer: 'ACME-1', id: 1, note: 'hello' } } },
    });
    expect(outcome).toEqual({
      ...common,
      kind: 'call.outcome',
      ref: 1,
      gates: [...gates, { gate: 'execution', ok: true, ms: 0 }, { gate: 'audit', ok: true, ms: 0 }],
      result: { status: 'ok', records: 1, dropped: 0, redacted: 0, bytes: 0, ms: 0 },
      body: { under: 'acme', content: { records: [{ kind: 'credential', id: '1' }] } },
    });
    expect(asked?.body).toEqual({
      under: 'acme',
      content: { arguments: { customer: 'ACME-1', id: 1, note: 'hello' }, subjects: [firewall] },
    });
    const inClear = desk.world.entries.map((entry) => ({ ...entry, body: undefined }));
    expect(JSON.stringify(inClear)).not.toContain('Firewall');
  });

  it('is looked up once, counts as a call, and is the same call with a name or without', async () => {
    await call();
    await call();
    await desk.approve('ben');
    const fingerprint = desk.world.approvals.desk().approvals[0]?.fingerprint;
    expect(await call()).toMatchObject({ records: [{ id: 1 }] });
    expect(desk.world.deeds.filter((deed) => deed === 'look up')).toHaveLength(1);
    expect(used()).toBe(2);
    desk.world.lookUp = () => Promise.reject(new Fault('PORT_CLOSED', 'x'));
    await call();
    expect(desk.waiting()).toMatchObject([{ fingerprint, subjects: null }]);
  });

  it('waits once, where two equal ones come at once', async () => {
    const [one, other] = await Promise.all([call(), call()]);
    expect([one, other]).toMatchObject([{ code: 'APPROVAL_PENDING' }, { code: 'APPROVAL_PENDING' }]);
    expect(desk.waiting()).toMatchObject([{ subjects: [firewall], repeats: 1 }]);
    expect(used()).toBe(2);
  });

  it('is not looked up where people allowed it before, or nobody is asked', async () => {
    await call();
    await desk.approve('ben', undefined, { minutes: 15, uses: 3, fixed: ['id'] });
    await call();
    await call({ note: 'another' });
    await desk.call({ note: undefined }, { tool: 'ticket_get' });
    await desk.call();
    expect(desk.world.deeds.filter((deed) => deed === 'look up')).toHaveLength(1);
  });

  it('says nothing of what it acts on where the tool names nothing', async () => {
    await desk.call();
    expect(desk.waiting()).toMatchObject([{ subjects: [] }]);
    expect(desk.world.entries.find(({ kind }) => kind === 'approval.asked')?.body?.content).toEqual({
      arguments: { customer: 'ACME-1', id: 1, note: 'hello' },
    });
  });
});

describe('what cannot be looked up', () => {
  const denied =
    (code: string, more: object = {}) =>
    (): Promise<WorkerAnswer> =>
      Promise.resolve({ status: 'denied', code, ...more } as WorkerAnswer);
  const hangs = (_: unknown, signal: AbortSignal): Promise<WorkerAnswer> =>
    new Promise((_done, fail) => signal.addEventListener('abort', () => fail(new Fault('CANCELLED', 'x'))));

  it.each<[string, string, Attacked['world']['lookUp']]>([
    ['is down', 'VENDOR_ERROR', denied('VENDOR_ERROR', { isOutage: true })],
    ['is too slow', 'TIMED_OUT', denied('TIMED_OUT', { isOutage: true })],
    ['does not take the credential', 'CREDENTIAL_UNAVAILABLE', denied('CREDENTIAL_UNAVAILABLE')],
    ['answers what is no name', 'VENDOR_ERROR', async ({ owner }) => seen(owner, { kind: 'credential', id: 1 })],
    [
      'answers a name too long',
      'VENDOR_ERROR',
      async ({ owner }) => seen(owner, { ...firewall, name: 'x'.repeat(161) }),
    ],
    ['lets its worker die', 'VENDOR_ERROR', () => Promise.reject(new Fault('PORT_CLOSED', 'x'))],
    ['makes its worker hang', 'TIMED_OUT', () => Promise.reject(new Fault('DEADLINE', 'x'))],
  ])('is asked about all the same, where the vendor %s', async (_, code, lookUp) => {
    desk.world.lookUp = lookUp;
    expect(await call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.waiting()).toMatchObject([{ subjects: null }]);
    expect(desk.world.entries[1]).toMatchObject({ kind: 'call.outcome', ref: 1, result: { status: code, records: 0 } });
    expect(desk.world.entries[1]?.gates).toContainEqual({ gate: 'execution', ok: false, code, ms: 0 });
    expect(desk.world.entries[1]?.body).toBeUndefined();
  });

  it('does not open the circuit by being slow, and does by being down', async () => {
    let notes = 0;
    const lookedUp = async (how: Attacked['world']['lookUp']) => {
      desk.world.lookUp = how;
      for (let time = 0; time < 5; time += 1) await call({ note: `${++notes}` });
    };
    await lookedUp(denied('TIMED_OUT', { isOutage: true }));
    expect(await call({ note: 'a' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    await lookedUp(denied('VENDOR_ERROR', { isOutage: true }));
    expect(await call({ note: 'b' })).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  it('is not looked up with no call left, and asked about all the same', async () => {
    const { quota } = desk.world.session;
    quota.take = () => ({ ok: false, error: { limit: 'included', wait: null } }) as never;
    await call();
    expect(desk.waiting()).toMatchObject([{ subjects: null }]);
    expect(desk.world.deeds).not.toContain('look up');
  });

  it('is not looked up and not asked about where that cannot be recorded', async () => {
    desk.world.refuses = ({ tool }) => tool === lookUpTool;
    expect(await call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(desk.world.deeds).not.toContain('look up');
    expect(used()).toBe(0);
    desk.world.refuses = ({ tool, kind }) => tool === lookUpTool && kind === 'call.outcome';
    expect(await call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(desk.waiting()).toEqual([]);
  });

  it('ends with its binding, and nobody is asked', async () => {
    desk.world.lookUp = hangs;
    const answer = call();
    await expect.poll(() => desk.world.deeds).toContain('look up');
    await desk.bind('zenith', 2); // Resolves once it has landed.
    expect(desk.world.entries[1]).toMatchObject({
      kind: 'call.outcome',
      result: { status: 'CUSTOMER_CONTEXT_CHANGED' },
    });
    expect(await answer).toMatchObject({ code: 'POLICY_DENIED' });
    expect(desk.waiting()).toEqual([]);
  });
});
