import { beforeEach, describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { judgements } from '../../src-gateway/judgements.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { CrossScope } from '../../src-shared/model/cross.ts';
import { deny } from '../../src-shared/model/denial.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { noUsage } from './world.ts';
import { testNow } from './enrolment.ts';
import { bindingTo, callOf, clientOf, hashOf, msp, never } from './given.ts';
import { issuer, makeWorld, openSession, type World } from './world.ts';

const policies = {
  read: '@says("Reading is fine.") permit (principal, action == Bulkhead::Action::"read", resource);',
  write: `@says("A person approves changes.")
    permit (principal, action == Bulkhead::Action::"write", resource) when { context.approvals >= 1 };`,
  credential: `permit (principal, action == Bulkhead::Action::"credential", resource) when { context.approvals >= 2 };`,
  never: '@says("Not that ticket list.") forbid (principal, action, resource == Bulkhead::Customer::"zenith");',
  approve: 'permit (principal, action == Bulkhead::Action::"approve", resource) when { context.own };',
  bind: 'permit (principal, action == Bulkhead::Action::"bind", resource);',
  ledger: '@says("All may read it.") permit (principal, action == Bulkhead::Action::"read-ledger", resource);',
};
const enrolment = await issuer.enrol({ bundle: { policy: { policies } } });
const says = {
  read: { id: 'read', says: 'Reading is fine.' },
  write: { id: 'write', says: 'A person approves changes.' },
};
const never2 = { id: 'never', says: 'Not that ticket list.' };

let world: World;
let app: ClientApp;
beforeEach(async () => {
  world = await makeWorld({ enrolment });
  app = clientOf();
  await world.scope.replace(msp, [app], bindingTo('acme'));
});
const asked = () => judgements(world.powers, world.approvals.look, () => ({ kind: 'operator', tenant: msp }));
const signal = never;
const explain = (client = 'assistant') => asked().explain({ client }, signal);
const trial = (tool: string, args: object = {}, client: string | null = 'assistant') =>
  asked().tryCall({ tool, arguments: { customer: 'ACME-1', ...args }, client }, signal);
const cross = (...members: string[]) =>
  CrossScope.parse({
    code: 'CROSS-1',
    app: app.id,
    members: members.map((customer, at) => ({ customer, epoch: 10 + at })),
    reason: 'Renewals of both.',
    openedBy: 'amy',
    openedAt: new Date(testNow).toISOString(),
    until: new Date(testNow + 60_000).toISOString(),
  });
const openCross = () =>
  world.scope.replace(msp, [app], bindingTo('acme'), { crosses: [cross('acme', 'zenith')], isStopped: false });

describe('explain', () => {
  it('tells class by class and tool by tool what the client app may do, and why', async () => {
    const { client, customer, blocked, classes, tools } = await explain();
    expect([client, customer, blocked]).toEqual(['assistant', 'ACME-1', null]);
    expect(classes).toEqual([
      { risk: 'read', verdict: 'runs', because: [says.read] },
      { risk: 'sensitive', verdict: 'denied', because: [] },
      { risk: 'credential', verdict: 'asks-two', because: [{ id: 'credential', says: '' }] },
      { risk: 'write', verdict: 'asks', because: [says.write] },
      ...['external', 'spend', 'destructive'].map((risk) => ({ risk, verdict: 'denied', because: [] })),
    ]);
    expect(
      tools.map(({ definition, isAllowed, asks, because }) => [definition.name, isAllowed, asks, because]),
    ).toEqual([
      ['ticket_list', true, 0, [says.read]],
      ['ticket_get', true, 0, [says.read]],
      ['note_add', true, 1, [says.write]],
      ['secret_get', true, 2, [{ id: 'credential', says: '' }]],
    ]);
  });

  it('tells why nothing may be done, and then nothing else', async () => {
    const nothing = { client: 'assistant', customer: null, classes: [], tools: [] };
    await world.scope.replace(msp, [app], null);
    expect(await explain()).toEqual({ ...nothing, blocked: deny('NO_CUSTOMER').reason });
    await world.scope.replace(msp, [clientOf({ state: 'suspended' })], bindingTo('acme'));
    expect(await explain()).toEqual({ ...nothing, blocked: deny('CLIENT_SUSPENDED').reason });
    world.now = Date.parse('2030-01-01');
    expect(await explain()).toEqual({ ...nothing, blocked: "The technician's sign-in has expired." });
  });

  it('names the rule that forbids', async () => {
    await world.scope.replace(msp, [app], bindingTo('zenith'));
    const { classes, tools } = await explain();
    expect(classes[0]).toEqual({ risk: 'read', verdict: 'denied', because: [never2] });
    expect(tools[0]).toMatchObject({ isAllowed: false, asks: 0, because: [never2], reason: 'Not that ticket list.' });
  });

  it('knows no app that is revoked, and none that never was', async () => {
    await expect(explain('nobody')).rejects.toMatchObject({ code: 'UNKNOWN_CLIENT' });
    await world.scope.replace(msp, [clientOf({ state: 'revoked' })], bindingTo('acme'));
    await expect(explain()).rejects.toMatchObject({ code: 'UNKNOWN_CLIENT' });
  });

  it('tells of an app that works on several customers what lists it may read', async () => {
    await openCross();
    const { customer, tools } = await explain();
    expect(customer).toBe('CROSS-1');
    expect(tools.map(({ definition, isAllowed }) => [definition.name, isAllowed])).toEqual([
      ['ticket_list', true],
      ['ticket_get', false],
      ['note_add', false],
      ['secret_get', false],
    ]);
  });
});

describe('tryCall', () => {
  const passes = (...names: string[]) => names.map((gate) => ({ gate, ok: true, ms: 0 }));

  it('tells that a call would run, gate by gate', async () => {
    expect(await trial('ticket_list')).toEqual({
      verdict: 'runs',
      gates: passes('principal', 'tenant', 'customer', 'entitlement', 'policy', 'quota'),
      because: [says.read],
      denial: null,
    });
  });

  it('tells that a person would be asked, and what comes after', async () => {
    expect(await trial('note_add', { id: 1 })).toEqual({
      verdict: 'asks',
      gates: [
        ...passes('principal', 'tenant', 'customer', 'entitlement'),
        { gate: 'policy', ok: false, code: 'APPROVAL_PENDING', ms: 0 },
        ...passes('quota'),
      ],
      because: [says.write],
      denial: null,
    });
    expect(await trial('secret_get', { id: 1 })).toMatchObject({ verdict: 'asks-two', denial: null });
  });

  it('counts the operator as one of those who approve, where policy does', async () => {
    expect(await trial('note_add', { id: 1 }, null)).toMatchObject({ verdict: 'runs', because: [says.write] });
    expect(await trial('secret_get', { id: 1 }, null)).toMatchObject({ verdict: 'asks-two' });
  });

  it('tells which gate would deny, and the rules where policy does', async () => {
    expect(await trial('ticket_list', { customer: 'ZEN-2' })).toMatchObject({
      verdict: 'denied',
      because: [],
      denial: { gate: 'customer', code: 'CUSTOMER_MISMATCH' },
    });
    expect(await trial('ticket_list', { also: 1 })).toMatchObject({ denial: { code: 'INVALID_ARGUMENTS' } });
    expect(await trial('nothing')).toMatchObject({ denial: { code: 'UNKNOWN_TOOL' } });
    await world.scope.replace(msp, [app], bindingTo('zenith'));
    expect(await trial('ticket_list', { customer: 'ZEN-2' })).toEqual({
      verdict: 'denied',
      gates: [
        ...passes('principal', 'tenant', 'customer', 'entitlement'),
        { gate: 'policy', ok: false, code: 'POLICY_DENIED', ms: 0 },
      ],
      because: [never2],
      denial: {
        gate: 'policy',
        code: 'POLICY_DENIED',
        reason: 'Not that ticket list.',
        remedy: deny('POLICY_DENIED').remedy,
      },
    });
  });

  it('runs nothing, records nothing, asks nobody and counts nothing', async () => {
    const before = world.session.quota.usage();
    for (const tool of ['ticket_list', 'note_add', 'secret_get']) await trial(tool, { id: 1 });
    for (const tool of ['ticket_list', 'note_add', 'secret_get']) await trial(tool, { id: 1 }, null);
    expect([world.dispatched, world.entries, world.approvals.desk().approvals]).toEqual([[], [], []]);
    expect(world.session.quota.usage()).toEqual(before);
  });

  it('tells that no call is left, also of one that a person would be asked about', async () => {
    const usedUp = { ...noUsage, calls: 100 };
    const session = await openSession({ enrolment, usage: usedUp });
    Object.assign(world.powers, { session: () => session });
    for (const tool of ['ticket_list', 'note_add'])
      expect(await trial(tool, tool === 'note_add' ? { id: 1 } : {}), tool).toMatchObject({
        verdict: 'denied',
        denial: { gate: 'quota', code: 'QUOTA_EXCEEDED' },
      });
  });

  it('tells what people said of this very call', async () => {
    const answer = await callTool(callOf('note_add', { id: 1 }), world.powers, never);
    expect(answer).toMatchObject({ code: 'APPROVAL_PENDING' });
    const [held] = world.approvals.desk().approvals;
    expect(await trial('note_add', { id: 1 })).toMatchObject({ verdict: 'asks' });
    expect(world.approvals.desk().approvals).toEqual([held]);
    await world.approvals.decide({
      id: held?.id as never,
      fingerprint: held?.fingerprint ?? '',
      identity: enrolment.identity,
      decision: 'approve',
      reason: '',
      standing: null,
    });
    expect(await trial('note_add', { id: 1 })).toMatchObject({ verdict: 'runs' });
    expect(await trial('note_add', { id: 1 })).toMatchObject({ verdict: 'runs' });
    expect(await trial('note_add', { id: 2 })).toMatchObject({ verdict: 'asks' });
  });

  it('tells of a call to several customers what the strictest of them meets', async () => {
    await openCross();
    expect(await trial('ticket_list', { customer: 'CROSS-1' })).toMatchObject({ verdict: 'denied', because: [never2] });
    expect(await trial('ticket_list')).toMatchObject({ verdict: 'denied', denial: { code: 'CUSTOMER_MISMATCH' } });
    expect(await trial('note_add', { customer: 'CROSS-1', id: 1 })).toMatchObject({
      denial: { code: 'POLICY_DENIED' },
    });
    await world.scope.replace(msp, [app], null, { crosses: [cross('acme', 'acme')], isStopped: false });
    expect(await trial('ticket_list', { customer: 'CROSS-1' })).toMatchObject({ verdict: 'runs' });
  });

  it('knows no app of another company, whatever its name', async () => {
    const theirs = clientOf({ tenant: 'other', name: 'theirs', tokenHash: hashOf('b') });
    await world.scope.replace(theirs.tenant, [theirs], null);
    await expect(trial('ticket_list', {}, 'theirs')).rejects.toMatchObject({ code: 'UNKNOWN_CLIENT' });
  });
});

describe('may', () => {
  const may = (right: string, customer?: string) =>
    asked().may({ right, ...(customer && { customer: CustomerId.parse(customer) }) } as never, signal);

  it('answers as the policy does for the signed-in technician', async () => {
    expect(await may('read-ledger')).toEqual({
      isAllowed: true,
      because: [{ id: 'ledger', says: 'All may read it.' }],
    });
    expect(await may('resume-ai')).toEqual({ isAllowed: false, because: [] });
    expect((await may('bind', 'acme')).isAllowed).toBe(true);
    expect(await may('bind', 'zenith')).toEqual({ isAllowed: false, because: [never2] });
    expect((await may('bind')).isAllowed).toBe(false);
    expect((await may('bind', 'gone')).isAllowed).toBe(false);
  });

  it('lets nobody do anything once the sign-in or the policy has expired', async () => {
    world.now = Date.parse('2030-01-01');
    expect(await may('read-ledger')).toEqual({ isAllowed: false, because: [] });
    expect(await asked().rights(undefined, signal)).toEqual({ rights: [], bindable: [], crossable: [] });
  });
});

describe('rights', () => {
  it('lists what the technician may do, and with which customers', async () => {
    expect(await asked().rights(undefined, signal)).toEqual({
      rights: ['read-ledger'],
      bindable: ['acme'],
      crossable: [],
    });
  });
});
