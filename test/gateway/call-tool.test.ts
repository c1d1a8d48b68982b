import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import type { Recorder } from '../../src-gateway/recorder.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { DenialCode } from '../../src-shared/model/denial.ts';
import type { DeniedAnswer } from '../../src-shared/model/tool-answer.ts';
import { toolOf } from './enrolment.ts';
import { bindingTo, callOf, clientOf, hashOf, msp, never, settle } from './given.ts';
import { makeWorld, okAnswer, type World } from './world.ts';
import { labelled } from '../connectors/labelled.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
  world.worker = async () => okAnswer(['12', 1], ['12', 2]);
});
const call = (tool = 'ticket_list', args = {}, signal = never) => callTool(callOf(tool, args), world.powers, signal);

const lookFirst = 'Look at the record before you call again, and ask the technician if in doubt.';

describe('callTool', () => {
  it('records the intent before the worker runs and the outcome before it answers', async () => {
    const answer = await call().then((given) => (world.deeds.push('answer'), given));
    expect(world.deeds).toEqual(['call.intent', 'dispatch', 'call.outcome', 'answer']);
    expect(answer).toEqual({
      customer: 'ACME-1',
      provenance: { connector: 'halopsa', trust: 'untrusted' },
      records: [{ id: 1 }, { id: 2 }],
      dropped: 0,
      redacted: 0,
      auditRef: '2',
    });
  });

  it('says in both entries who, where and what, and in the outcome how it went', async () => {
    await call();
    const about = {
      principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'assistant' },
      customer: 'ACME-1',
      tool: 'ticket_list',
      connector: 'halopsa',
      risk: 'read',
      policyVersion: 3,
      decision: { policies: ['may-read'] },
    };
    const passed = ['principal', 'tenant', 'customer', 'entitlement', 'policy', 'quota'];
    const trail = (names: string[]) => names.map((gate) => ({ gate, ok: true, ms: 0 }));
    expect(world.entries).toEqual([
      {
        ...about,
        kind: 'call.intent',
        gates: trail(passed),
        body: { under: 'acme', content: { params: { customer: 'ACME-1' } } },
      },
      {
        ...about,
        kind: 'call.outcome',
        ref: 1,
        gates: trail([...passed, 'execution', 'audit']),
        result: { status: 'ok', records: 2, dropped: 0, redacted: 0, bytes: 19, ms: 0 },
        body: { under: 'acme', content: { records: [{ id: 1 }, { id: 2 }] } },
      },
    ]);
  });

  it('says of an outcome without an answer nothing of records', async () => {
    world.worker = async () => ({ status: 'denied', code: 'VENDOR_ERROR' });
    await call();
    expect(world.entries.at(-1)).toMatchObject({ kind: 'call.outcome', result: { status: 'VENDOR_ERROR' } });
    expect(world.entries.at(-1)).not.toHaveProperty('body');
  });

  it('records an outcome whatever the worker sends: also what no text can hold', async () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
    world.worker = async () => ({ status: 'ok', records: [labelled('12', { deep })], dropped: 0 });
    expect(await call()).toMatchObject({ records: [], dropped: 1, auditRef: '2' });
    expect(world.entries.map(({ kind }) => kind)).toEqual(['call.intent', 'call.outcome']);
  });

  it('runs nothing, gives the quota back and records the denial when the intent is refused', async () => {
    world.refuses = ({ kind }) => kind === 'call.intent';
    expect(await call()).toMatchObject({ denied: true, gate: 'audit', code: 'AUDIT_UNAVAILABLE', auditRef: '1' });
    const [entry, ...others] = world.entries;
    expect(entry).toMatchObject({ kind: 'call.denied', result: { status: 'AUDIT_UNAVAILABLE' } });
    expect(entry?.gates?.filter(({ ok }) => !ok)).toEqual([
      { gate: 'audit', ok: false, code: 'AUDIT_UNAVAILABLE', ms: 0 },
    ]);
    expect(others).toEqual([]);
    expect(world.dispatched).toEqual([]);
    expect(world.session.quota.usage().calls).toBe(0);
  });

  it('does not wait a second time for a ledger that does not answer', async () => {
    const append = vi.fn(() => Promise.reject(new Fault('DEADLINE', 'late')));
    world.powers.recorder.use({ append } as unknown as Parameters<Recorder['use']>[0]);
    expect(await call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE', auditRef: '' });
    expect(append).toHaveBeenCalledTimes(1);
  });

  it('runs nothing while there is no ledger at all', async () => {
    world.powers.recorder.use(undefined);
    expect(await call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(world.dispatched).toEqual([]);
  });

  it('withholds the answer when the outcome is refused, and the quota stays taken', async () => {
    world.refuses = ({ kind }) => kind === 'call.outcome';
    const answer = await call();
    expect(answer).toMatchObject({ denied: true, code: 'AUDIT_UNAVAILABLE', auditRef: '1' });
    expect(answer).not.toHaveProperty('records');
    expect(world.session.quota.usage().calls).toBe(1);
  });

  it('denies with another code when even the denial cannot be recorded', async () => {
    world.refuses = () => true;
    expect(await call('nothing')).toMatchObject({ code: 'AUDIT_UNAVAILABLE', gate: 'audit', auditRef: '' });
  });

  describe.each([
    ['UNAUTHENTICATED', 'principal', () => world.scope.replace(msp, [clientOf({ tokenHash: hashOf('b') })], null), {}],
    ['NO_CUSTOMER', 'customer', () => world.scope.replace(msp, [clientOf()], null), {}],
    ['CLIENT_SUSPENDED', 'customer', () => world.scope.replace(msp, [clientOf({ state: 'suspended' })], null), {}],
    ['CUSTOMER_MISMATCH', 'customer', () => {}, { args: { customer: 'ZEN-2' } }],
    ['UNKNOWN_TOOL', 'entitlement', () => {}, { tool: 'nothing' }],
    ['INVALID_ARGUMENTS', 'entitlement', () => {}, { args: { client_id: 17 } }],
    ['POLICY_DENIED', 'policy', () => {}, { tool: 'secret_get', args: { id: 1 } }],
  ] as [DenialCode, string, () => unknown, { tool?: string; args?: object }][])('a %s', (code, gate, arrange, what) => {
    it('is answered, recorded once with its whole trail, and reaches no worker', async () => {
      await arrange();
      if (code === 'CLIENT_SUSPENDED') {
        await world.scope.replace(msp, [clientOf({ state: 'suspended' })], bindingTo('acme'));
      }
      const answer = await call(what.tool, what.args);
      expect(answer).toMatchObject({ denied: true, gate, code, auditRef: '1' });
      expect(world.deeds).toEqual(['call.denied']);
      const [entry] = world.entries;
      expect(entry).toMatchObject({ kind: 'call.denied', result: { status: code, records: 0, bytes: 0 } });
      expect(entry?.gates?.filter(({ ok }) => !ok)).toEqual([{ gate, ok: false, code, ms: 0 }]);
      expect(entry?.gates?.at(-1)).toEqual({ gate: 'audit', ok: true, ms: 0 });
      const isUnbound = code === 'UNAUTHENTICATED' || code === 'NO_CUSTOMER';
      expect([entry?.customer, entry?.body?.under]).toEqual(isUnbound ? [null, null] : ['ACME-1', 'acme']);
      expect(entry?.body?.content).toEqual({ params: expect.objectContaining({ customer: expect.any(String) }) });
      expect(entry?.params).toEqual(code === 'CLIENT_SUSPENDED' ? { because: 'not-armed' } : undefined);
    });
  });

  it('keeps what a denied call asked under the key of whom it was bound to, though it names another', async () => {
    await call('ticket_list', { customer: 'ZEN-2', note: 'x' });
    expect(world.entries).toMatchObject([
      { customer: 'ACME-1', body: { under: 'acme', content: { params: { customer: 'ZEN-2', note: 'x' } } } },
    ]);
  });

  it('records a stranger as nobody, not as whom it says it is', async () => {
    await world.scope.replace(msp, [], bindingTo('acme'));
    await callTool(callOf('ticket_list', { principal: 'amy' }), world.powers, never);
    expect(world.entries[0]).toMatchObject({
      principal: { kind: 'anonymous', id: '' },
      customer: null,
      body: { under: null, content: { params: { customer: 'ACME-1', principal: '[not recorded]' } } },
    });
  });

  it('answers with the worker’s own denial', async () => {
    for (const code of ['VENDOR_ERROR', 'TIMED_OUT', 'CREDENTIAL_UNAVAILABLE', 'OWNERSHIP_UNPROVEN'] as const) {
      world.worker = async () => ({ status: 'denied', code });
      expect(await call(), code).toMatchObject({ denied: true, code, gate: 'execution' });
      expect(world.entries.at(-1)).toMatchObject({ kind: 'call.outcome', result: { status: code } });
    }
  });

  it.each([
    ['a read that took too long', 'ticket_list', { code: 'TIMED_OUT' }, 'Try again, or ask for less at a time.'],
    [
      'a read over the rate limit',
      'ticket_list',
      { code: 'VENDOR_ERROR', isBusy: true },
      'Wait that long, and ask for less at a time.',
    ],
    ['a write that took too long', 'note_add', { code: 'TIMED_OUT' }, lookFirst],
    ['a write nobody knows the end of', 'note_add', { code: 'VENDOR_ERROR' }, lookFirst],
  ] as const)('says what to do after %s', async (_, tool, answer, remedy) => {
    world.worker = async () => ({ status: 'denied', reason: 'Words.', ...answer });
    expect(await call(tool, tool === 'note_add' ? { id: 1 } : {})).toMatchObject({ denied: true, remedy });
  });

  it('tells people of a vendor that does not keep to its customer filter, and callers nothing more than before', async () => {
    world.worker = async () => ({ status: 'ok', records: [labelled('12', { id: 1 })], dropped: 5 });
    await call();
    expect(world.told.at(-1)).toMatchObject({
      state: 'healthy',
      detail: expect.stringContaining('other customers') as string,
    });
    world.worker = async () => okAnswer(['12', 1]);
    await call();
    expect(world.told.at(-1)).toMatchObject({ state: 'healthy', detail: '' });
    world.worker = async () => ({ status: 'denied', code: 'VENDOR_ERROR', isBusy: true });
    await call();
    expect(world.told.at(-1)).toMatchObject({ state: 'failing', detail: 'The rate limit of the vendor is reached.' });
  });

  it('stops calling a vendor after five outages in a row, and after no number of refusals', async () => {
    world.worker = async () => ({ status: 'denied', code: 'VENDOR_ERROR' });
    for (let time = 0; time < 9; time += 1) expect(await call()).toMatchObject({ code: 'VENDOR_ERROR' });
    world.worker = async () => ({ status: 'denied', code: 'VENDOR_ERROR', isOutage: true });
    for (let time = 0; time < 5; time += 1) expect(await call()).toMatchObject({ code: 'VENDOR_ERROR' });
    expect(await call()).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  it('answers VENDOR_ERROR when the worker dies, without its words', async () => {
    world.worker = () => Promise.reject(new Error('the credential is hunter2'));
    const answer = await call();
    expect(answer).toMatchObject({ code: 'VENDOR_ERROR', gate: 'execution' });
    expect(JSON.stringify([answer, world.entries])).not.toContain('hunter2');
  });

  it.each([
    ['ends with a read in its hands', 'PORT_CLOSED', 'ticket_list', 'worker-ended'],
    ['ends with a write in its hands', 'PORT_CLOSED', 'note_add', 'worker-ended'],
    ['cannot be started for a write', 'WORKER_UNAVAILABLE', 'note_add', 'worker-not-started'],
  ] as const)('says that it was no fault of the vendor when the worker %s, and what is known of it', async (...row) => {
    const [, fault, tool, because] = row;
    world.worker = () => Promise.reject(new Fault(fault, 'x'));
    const answer = await call(tool, tool === 'note_add' ? { id: 1 } : {});
    expect(answer).toMatchObject({ code: 'VENDOR_ERROR', reason: expect.stringContaining("Bulkhead's own") as string });
    const { reason, remedy } = answer as DeniedAnswer;
    const isUnknown = fault === 'PORT_CLOSED' && tool === 'note_add';
    expect(reason.includes('may or may not have been made')).toBe(isUnknown);
    expect(remedy === lookFirst).toBe(isUnknown);
    expect(reason.includes('Nothing was sent')).toBe(fault === 'WORKER_UNAVAILABLE');
    expect(world.entries.at(-1)).toMatchObject({
      kind: 'call.outcome',
      params: { because },
      result: { status: 'VENDOR_ERROR' },
    });
  });

  it('says in the entry of a call that was stopped whether its app alone was, or all AI work', async () => {
    const stopped = { crosses: [], isStopped: true };
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'), stopped);
    expect(await call()).toMatchObject({ code: 'CLIENT_SUSPENDED', reason: 'All AI work is stopped.' });
    expect(world.entries.at(-1)).toMatchObject({ kind: 'call.denied', params: { because: 'ai-stopped' } });
    const app = clientOf();
    world.worker = (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Fault('CANCELLED', 'x'))));
    for (const [because, after, isStopped] of [
      ['ai-stopped', app, true],
      ['not-armed', { ...app, state: 'suspended' as const }, false],
    ] as const) {
      await world.scope.replace(msp, [app], bindingTo('acme'));
      const answer = call();
      await settle();
      await world.scope.replace(msp, [after], bindingTo('acme'), { crosses: [], isStopped });
      expect(await answer).toMatchObject({ code: 'CLIENT_SUSPENDED' });
      expect(world.entries.at(-1)).toMatchObject({ kind: 'call.outcome', params: { because } });
    }
  });

  it('answers TIMED_OUT when the worker overstays or the caller goes away', async () => {
    for (const code of ['DEADLINE', 'CANCELLED']) {
      world.worker = () => Promise.reject(new Fault(code, 'x'));
      expect(await call(), code).toMatchObject({ code: 'TIMED_OUT' });
    }
  });

  it('tells the worker when the caller goes away', async () => {
    const gone = new AbortController();
    world.worker = (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Fault('CANCELLED', 'x'))));
    const answer = call('ticket_list', {}, gone.signal);
    await settle();
    gone.abort();
    expect(await answer).toMatchObject({ code: 'TIMED_OUT' });
    expect(world.entries.at(-1)).toMatchObject({ kind: 'call.outcome', ref: 1 });
  });

  it('drops records that are not provably the bound customer’s, and says how many of a list', async () => {
    world.worker = async () => ({ ...okAnswer(['12', 1], ['17', 2]), dropped: 3 }) as never;
    expect(await call()).toMatchObject({ records: [{ id: 1 }], dropped: 4 });
    expect(world.entries.at(-1)).toMatchObject({ result: { records: 1, dropped: 4 } });
  });

  it('answers for a foreign id exactly as for a missing one, while the ledger knows better', async () => {
    world.worker = async () => okAnswer(['17', 1]);
    const foreign = await call('ticket_get', { id: 1 });
    world.worker = async () => okAnswer();
    const missing = await call('ticket_get', { id: 1 });
    expect({ ...foreign, auditRef: '' }).toEqual({ ...missing, auditRef: '' });
    expect(foreign).toMatchObject({ records: [], dropped: 0 });
    expect(world.entries.map(({ result }) => result?.dropped)).toEqual([undefined, 1, undefined, 0]);
  });

  it('refuses an answer larger than the tool may return, counted after narrowing', async () => {
    world = await makeWorld({ tools: [toolOf('ticket_list', 'list', 'read', 20)] });
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    world.worker = async () => okAnswer(['12', 1], ['17', 1_000_000_000]);
    expect(await call()).toMatchObject({ records: [{ id: 1 }] });
    world.worker = async () => okAnswer(['12', 1], ['12', 1_000_000_000]);
    const answer = await call();
    expect(answer).toMatchObject({ code: 'VENDOR_ERROR' });
    expect(answer).not.toHaveProperty('records');
  });

  it('hands on where the next page is', async () => {
    world.worker = async () => ({ ...okAnswer(), next: 'p2' }) as never;
    expect(await call()).toMatchObject({ page: { next: 'p2' } });
  });

  it('drops what arrives after the switch, and records that it did', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    world.worker = async () => {
      await promise;
      return okAnswer(['12', 1]);
    };
    const answer = call();
    await settle();
    const switched = world.scope.replace(msp, [clientOf()], bindingTo('zenith', 2));
    resolve();
    const given = await answer;
    expect(given).toMatchObject({ denied: true, gate: 'customer', code: 'CUSTOMER_CONTEXT_CHANGED' });
    expect(given).not.toHaveProperty('records');
    expect(world.entries.at(-1)).toMatchObject({ result: { status: 'CUSTOMER_CONTEXT_CHANGED', records: 0 } });
    await switched;
  });

  it('withholds the answer when the switch comes while the outcome is being written', async () => {
    world.onAppend = ({ kind }) => {
      if (kind === 'call.outcome') void world.scope.replace(msp, [clientOf()], bindingTo('zenith', 2));
    };
    const answer = await call();
    expect(answer).toMatchObject({ code: 'CUSTOMER_CONTEXT_CHANGED', auditRef: '2' });
    expect(answer).not.toHaveProperty('records');
  });

  it('dispatches nothing that was bound away while the intent was being written', async () => {
    world.onAppend = ({ kind }) => {
      if (kind === 'call.intent') void world.scope.replace(msp, [clientOf()], null);
    };
    world.worker = (_, signal) =>
      signal.aborted ? Promise.reject(new Fault('CANCELLED', 'x')) : Promise.resolve(okAnswer(['12', 1]));
    expect(await call()).toMatchObject({ code: 'CUSTOMER_CONTEXT_CHANGED' });
  });

  it('lands every call, whatever becomes of it, so that no switch waits for ever', async () => {
    world.refuses = ({ kind }) => kind === 'call.intent';
    await call();
    world.refuses = () => false;
    world.worker = () => Promise.reject(new Error('x'));
    await call();
    await world.scope.replace(msp, [], null);
  });
});
