import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { callForMembers } from '../../src-gateway/cross-call.ts';
import type { Admitted } from '../../src-gateway/proofs.ts';
import type { CrossScope } from '../../src-shared/model/cross.ts';
import { bundleOf, instanceOf, testTools, toolOf } from './enrolment.ts';
import { bindingTo, callOf, caller, clientOf, msp, never, scopeOf, settle } from './given.ts';
import { issuer, makeWorld, okAnswer, type World } from './world.ts';

const app = clientOf();
const many = Array.from({ length: 8 }, (_, at) => ({
  id: `customer-${at}`,
  code: `CUST-${at}`,
  name: `Customer ${at}`,
  domain: `customer-${at}.example`,
  aliases: [],
}));

let world: World;
let scope: CrossScope;
beforeEach(async () => {
  world = await makeWorld();
  scope = scopeOf(app);
  await open();
  world.worker = async ({ owner }) => okAnswer([owner, 1], [owner, 2]);
});
afterEach(() => vi.useRealTimers());

const open = (crosses = [scope]) =>
  world.scope.replace(msp, [app], bindingTo('acme', 4), { crosses, isStopped: false });
const call = (tool = 'ticket_list', args: Record<string, unknown> = {}, signal = never) =>
  callForMembers(callOf(tool, { customer: 'CROSS-3', ...args }), world.powers, signal);
const kinds = () => world.entries.map(({ kind, customer }) => [kind, customer]);
const withheld = (customer: string, code: string) => ({ customer, code, reason: expect.any(String) as string });

describe('callForMembers', () => {
  it('names the customer of each record, and the entry of the whole', async () => {
    expect(await call()).toEqual({
      customer: 'CROSS-3',
      records: [
        { customer: 'ACME-1', record: { id: 1 } },
        { customer: 'ACME-1', record: { id: 2 } },
        { customer: 'ZEN-2', record: { id: 1 } },
        { customer: 'ZEN-2', record: { id: 2 } },
      ],
      withheld: [],
      more: [],
      dropped: 0,
      redacted: 0,
      provenance: { connector: 'halopsa', trust: 'untrusted' },
      auditRef: '5',
    });
  });

  it('is the ordinary call for each: its own binding, owner, intent and outcome', async () => {
    await call();
    expect(world.dispatched.map(({ binding, owner, arguments: args }) => [binding, owner, args])).toEqual([
      [bindingTo('acme', 11), '12', { customer: 'ACME-1' }],
      [bindingTo('zenith', 12), '17', { customer: 'ZEN-2' }],
    ]);
    const passed = ['principal', 'tenant', 'customer', 'entitlement', 'policy', 'quota'];
    const own = world.entries.filter(({ customer }) => customer !== null);
    expect(
      own.filter(({ kind }) => kind === 'call.intent').map(({ customer, gates }) => [customer, gates?.length]),
    ).toEqual([
      ['ACME-1', passed.length],
      ['ZEN-2', passed.length],
    ]);
    expect(
      own.filter(({ kind }) => kind === 'call.outcome').map(({ customer, result }) => [customer, result?.records]),
    ).toEqual([
      ['ACME-1', 2],
      ['ZEN-2', 2],
    ]);
    expect(own.every(({ cross }) => cross === 'CROSS-3')).toBe(true);
    expect(own.map(({ customer, body }) => [customer, body?.under])).toEqual(
      own.map(({ customer }) => [customer, customer === 'ACME-1' ? 'acme' : 'zenith']),
    );
    expect(world.session.quota.usage().calls).toBe(2);
  });

  it('records the whole under no customer, before it answers', async () => {
    const answer = await call('ticket_list', { note: 'x' });
    expect(world.entries.at(-1)).toMatchObject({
      kind: 'call.outcome',
      customer: null,
      cross: 'CROSS-3',
      tool: 'ticket_list',
      result: { status: 'ok', records: 4, dropped: 0, redacted: 0, ms: 0 },
      body: { under: null, content: { params: { customer: 'CROSS-3', note: 'x' } } },
    });
    // The other gates judged each member's own call: they are in its own entries, and not in this one.
    expect(world.entries.at(-1)?.gates?.map(({ gate }) => gate)).toEqual(['principal', 'tenant', 'customer', 'audit']);
    expect(world.entries.at(-1)).not.toHaveProperty('params');
    expect(world.entries.at(-1)).not.toHaveProperty('ref');
    expect(answer).toMatchObject({ auditRef: String(world.entries.length) });
  });

  it('shows no answer that could not be recorded as a whole', async () => {
    world.refuses = ({ kind, customer }) => kind === 'call.outcome' && customer === null;
    expect(await call()).toMatchObject({ denied: true, code: 'AUDIT_UNAVAILABLE' });
  });

  it('keeps of each member only what is its own, whatever its worker sends', async () => {
    world.worker = async () => okAnswer(['12', 1], ['17', 2]);
    expect(await call()).toMatchObject({
      records: [
        { customer: 'ACME-1', record: { id: 1 } },
        { customer: 'ZEN-2', record: { id: 2 } },
      ],
      dropped: 2,
    });
  });

  it('names every member whose own call was denied, and why', async () => {
    world.worker = async ({ customer, owner }) =>
      customer.code === 'ACME-1' ? { status: 'denied', code: 'TIMED_OUT' } : okAnswer([owner, 1]);
    expect(await call()).toMatchObject({
      records: [{ customer: 'ZEN-2', record: { id: 1 } }],
      withheld: [withheld('ACME-1', 'TIMED_OUT')],
    });
    world = await makeWorld({ instances: [instanceOf({ mapping: { acme: '12' } })] });
    await open();
    expect(await call()).toMatchObject({ withheld: [withheld('ZEN-2', 'CONNECTOR_UNAVAILABLE')] });
  });

  it('asks policy of each member as cross-customer work', async () => {
    const policies = {
      alone: 'permit (principal, action == Bulkhead::Action::"read", resource);',
      'not-together': `forbid (principal, action in Bulkhead::Action::"call", resource == Bulkhead::Customer::"zenith")
        when { context.cross };`,
    };
    world = await makeWorld({ enrolment: await issuer.enrol({ bundle: { policy: { policies } } }) });
    await open();
    world.worker = async ({ owner }) => okAnswer([owner, 1]);
    expect(await call()).toMatchObject({
      records: [{ customer: 'ACME-1' }],
      withheld: [withheld('ZEN-2', 'POLICY_DENIED')],
    });
    await world.scope.replace(msp, [clientOf()], bindingTo('zenith', 5));
    expect(await callTool(callOf('ticket_list', { customer: 'ZEN-2' }), world.powers, never)).toMatchObject({
      records: [{ id: 1 }],
    });
  });

  it('says of whom there is more, and gives no cursor', async () => {
    world.worker = async ({ customer, owner }) => ({
      ...okAnswer([owner, 1]),
      ...(customer.code === 'ZEN-2' ? { next: 'cursor' } : {}),
    });
    const answer = await call();
    expect(answer).toMatchObject({ more: ['ZEN-2'] });
    expect(JSON.stringify(answer)).not.toContain('cursor');
  });

  it('withholds a member whose records would make the answer too large', async () => {
    world = await makeWorld({ tools: [toolOf('ticket_list', 'list', 'read', 4_000_000)] });
    await open();
    const text = 'x'.repeat(2_500_000);
    world.worker = async ({ owner }) => {
      const answer = okAnswer([owner, 1]);
      if (answer.status === 'ok' && answer.records[0]) answer.records[0].record['text'] = text;
      return answer;
    };
    expect(await call()).toMatchObject({
      records: [{ customer: 'ACME-1' }],
      withheld: [withheld('ZEN-2', 'VENDOR_ERROR')],
    });
  });

  it('is the plain call for an app without a scope', async () => {
    await open([]);
    expect(await callForMembers(callOf(), world.powers, never)).toMatchObject({ customer: 'ACME-1', auditRef: '2' });
    expect(world.entries[0]).not.toHaveProperty('cross');
  });

  it('is a stranger’s plain denial, recorded once', async () => {
    const stranger = { ...callOf(), caller: { kind: 'client' as const, tokenHash: 'f'.repeat(64) } };
    expect(await callForMembers(stranger, world.powers, never)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(kinds()).toEqual([['call.denied', null]]);
  });
});

describe('a call that is refused as a whole', () => {
  it.each([
    ['a member’s own code', 'ticket_list', { customer: 'ACME-1' }, 'CUSTOMER_MISMATCH'],
    ['another scope’s code', 'ticket_list', { customer: 'CROSS-4' }, 'CUSTOMER_MISMATCH'],
    ['no code', 'ticket_list', { customer: undefined }, 'CUSTOMER_MISMATCH'],
    ['a list of codes', 'ticket_list', { customer: ['ACME-1', 'ZEN-2'] }, 'CUSTOMER_MISMATCH'],
    ['a tool that reads one record', 'ticket_get', { id: 1 }, 'POLICY_DENIED'],
    ['a tool that writes', 'note_add', { id: 1 }, 'POLICY_DENIED'],
    ['a list of secrets', 'secret_list', {}, 'POLICY_DENIED'],
    ['a list the company counts as a write', 'raised_list', {}, 'POLICY_DENIED'],
    ['a tool nobody knows', 'nothing', {}, 'UNKNOWN_TOOL'],
    ['arguments that do not fit', 'ticket_list', { id: 'x' }, 'INVALID_ARGUMENTS'],
    ['a cursor', 'paged_list', { page: 'x' }, 'INVALID_ARGUMENTS'],
  ])('for %s reaches no worker and is recorded once', async (_, tool, args, code) => {
    const paged = toolOf('paged_list', 'list');
    const { properties } = paged.inputSchema as { properties: object };
    const inputSchema = { ...paged.inputSchema, properties: { ...properties, page: { type: 'string' } } };
    const more = [
      toolOf('secret_list', 'list', 'credential'),
      toolOf('raised_list', 'list'),
      { ...paged, inputSchema },
    ];
    const tools = [...testTools, ...more];
    const { policy } = bundleOf();
    const enrolment = await issuer.enrol({ bundle: { policy: { ...policy, risks: { raised_list: 'write' } } } });
    world = await makeWorld({ tools, enrolment });
    await open();
    const received = { caller, tool, arguments: { customer: 'CROSS-3', ...args } };
    expect(await callForMembers(received, world.powers, never)).toMatchObject({ denied: true, code, auditRef: '1' });
    expect(world.deeds).toEqual(['call.denied']);
    const [entry] = world.entries;
    expect(entry).toMatchObject({
      cross: 'CROSS-3',
      customer: null,
      tool,
      result: { status: code },
      body: { under: null },
    });
    expect(entry?.gates?.filter(({ ok }) => !ok)).toMatchObject([{ code }]);
  });

  it('is one for a tool nobody has reviewed', async () => {
    world = await makeWorld({ pins: {} });
    await open();
    expect(await call()).toMatchObject({ denied: true, gate: 'entitlement', code: 'TOOL_CHANGED' });
    expect(world.deeds).toEqual(['call.denied']);
  });

  it('is one while a member is no customer any more', async () => {
    scope = scopeOf(app, { members: [...scope.members, { customer: 'gone', epoch: 13 }] });
    await open();
    expect(await call()).toMatchObject({ code: 'NO_CUSTOMER' });
  });

  it('is one while all AI work is stopped, and after the scope’s time', async () => {
    await world.scope.replace(msp, [app], null, { crosses: [scope], isStopped: true });
    expect(await call()).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    await open();
    world.now = Date.parse(scope.until);
    expect(await call()).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    expect(world.dispatched).toEqual([]);
  });
});

describe('a scope that ends while its call runs', () => {
  const running = async () => {
    const started = Promise.withResolvers<void>();
    world.worker = (_, signal) => {
      started.resolve();
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      return promise;
    };
    const answer = call();
    await started.promise;
    await settle();
    return answer;
  };

  it.each([
    ['is closed', () => world.scope.replace(msp, [{ ...app, state: 'suspended' }], null), 'CUSTOMER_CONTEXT_CHANGED'],
    [
      'is stopped with all AI work',
      () => world.scope.replace(msp, [app], null, { crosses: [scope], isStopped: true }),
      'CLIENT_SUSPENDED',
    ],
  ] as const)('because it %s returns nothing, of nobody', async (_, end, code) => {
    const answer = running();
    await settle();
    await end();
    expect(await answer).toMatchObject({ denied: true, code });
    expect(await answer).not.toHaveProperty('records');
    expect(world.entries.at(-1)).toMatchObject({
      customer: null,
      cross: 'CROSS-3',
      result: { status: code, records: 0 },
    });
  });

  it('is recorded as a call that was stopped while it ran, not as one that every gate let pass', async () => {
    const answer = running();
    await settle();
    await world.scope.replace(msp, [{ ...app, state: 'suspended' }], null);
    await answer;
    expect(world.entries.at(-1)?.gates?.map(({ gate, ok, code }) => [gate, ok, code])).toEqual([
      ['principal', true, undefined],
      ['tenant', true, undefined],
      ['customer', true, undefined],
      ['execution', false, 'CUSTOMER_CONTEXT_CHANGED'],
      ['audit', true, undefined],
    ]);
  });

  it('is over only when the whole has landed: nothing of it leaves after that', async () => {
    const seen: string[] = [];
    const recording = Promise.withResolvers<void>();
    world.onAppend = async ({ kind, customer }) => {
      if (kind !== 'call.outcome' || customer !== null) return;
      seen.push('recording');
      await recording.promise;
    };
    const answer = call().then((given) => (seen.push('answered'), given));
    await vi.waitFor(() => expect(seen).toEqual(['recording']));
    const closed = world.scope.replace(msp, [{ ...app, state: 'suspended' }], null).then(() => seen.push('closed'));
    await settle();
    expect(seen).toEqual(['recording']);
    recording.resolve();
    await closed;
    expect(await answer).toMatchObject({ denied: true, code: 'CUSTOMER_CONTEXT_CHANGED' });
  });
});

describe('many members', () => {
  beforeEach(async () => {
    const mapping = Object.fromEntries(many.map(({ id }, at) => [id, String(100 + at)]));
    const enrolment = await issuer.enrol({ bundle: { customers: many } });
    world = await makeWorld({ enrolment, instances: [instanceOf({ mapping })] });
    scope = scopeOf(app, { members: many.map(({ id }, at) => ({ customer: id, epoch: 20 + at })) });
    await open();
  });

  it('are asked four at a time, and answered in the order of the scope', async () => {
    let now = 0;
    let most = 0;
    world.worker = async ({ owner }: Admitted) => {
      now += 1;
      most = Math.max(most, now);
      await settle();
      await settle();
      now -= 1;
      return okAnswer([owner, Number(owner)]);
    };
    const answer = await call();
    expect(most).toBe(4);
    expect(answer).toMatchObject({
      records: many.map(({ code }, at) => ({ customer: code, record: { id: 100 + at } })),
    });
  });

  it('that are not done in time are named, and those not begun are never asked', async () => {
    vi.useFakeTimers();
    const begun: string[] = [];
    world.worker = async ({ customer, owner }, signal) => {
      begun.push(customer.code);
      if (begun.length === 1) return okAnswer([owner, 1]);
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      return promise;
    };
    const answer = call();
    await vi.advanceTimersByTimeAsync(50_000);
    expect(await answer).toMatchObject({
      records: [{ customer: many[0]?.code }],
      withheld: many.slice(1).map(({ code }) => withheld(code, 'TIMED_OUT')),
    });
    expect(begun.length).toBe(5);
  });
});
