import { beforeEach, describe, expect, it } from 'vitest';
import { callBuiltIn } from '../../src-gateway/built-in-tools.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { bindingTo, caller, clientOf, msp, scopeOf } from './given.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
async function ask(name: string, app: ClientApp | undefined = clientOf(), bound: string | null = 'acme') {
  await world.scope.replace(msp, app ? [app] : [], bound === null ? null : bindingTo(bound));
  return callBuiltIn(name, caller, world.powers);
}

describe('bulkhead_context', () => {
  it('says which customer is bound and which tools may be called', async () => {
    expect(await ask('bulkhead_context')).toEqual({
      customer: { code: 'ACME-1', name: 'Acme Ltd' },
      technician: 'Amy Kowalski',
      tools: [
        { name: 'ticket_list', risk: 'read', approval: false },
        { name: 'ticket_get', risk: 'read', approval: false },
        { name: 'note_add', risk: 'write', approval: false },
      ],
      policyVersion: 3,
    });
    expect(world.entries).toMatchObject([{ kind: 'call.outcome', tool: 'bulkhead_context', customer: 'ACME-1' }]);
  });

  it('tells a suspended app no customer, so that an old conversation does not learn the next name', async () => {
    const answer = await ask(
      'bulkhead_context',
      clientOf({ state: 'suspended', pin: { customer: 'zenith', epoch: 1 } }),
    );
    expect(answer).toMatchObject({ customer: null, tools: [], blocked: expect.any(String) as string });
    expect(JSON.stringify([answer, world.entries])).not.toMatch(/ACME|Acme|ZEN|Zenith/);
  });

  it('says that all AI work is stopped, and nothing else', async () => {
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'), { crosses: [], isStopped: true });
    expect(await callBuiltIn('bulkhead_context', caller, world.powers)).toEqual({
      customer: null,
      technician: 'Amy Kowalski',
      tools: [],
      policyVersion: 3,
      blocked: expect.stringContaining('AI work') as string,
    });
  });

  it('says that nothing is bound, and what to do', async () => {
    expect(await ask('bulkhead_context', clientOf(), null)).toMatchObject({ customer: null, tools: [] });
  });

  it('tells a pinned app its own customer, not the switcher’s', async () => {
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 2 } });
    expect(await ask('bulkhead_context', pinned)).toMatchObject({ customer: { code: 'ZEN-2' } });
  });
});

describe('bulkhead_context of an app that works on several customers', () => {
  const app = clientOf();
  const ask = async (isStopped = false) => {
    await world.scope.replace(msp, [app], bindingTo('acme', 4), { crosses: [scopeOf(app)], isStopped });
    return callBuiltIn('bulkhead_context', caller, world.powers);
  };

  it('gives the code to pass, names the members, and only tools that list', async () => {
    expect(await ask()).toEqual({
      customer: { code: 'CROSS-3', name: '2 customers' },
      members: [
        { code: 'ACME-1', name: 'Acme Ltd' },
        { code: 'ZEN-2', name: 'Zenith Group' },
      ],
      technician: 'Amy Kowalski',
      tools: [{ name: 'ticket_list', risk: 'read', approval: false }],
      policyVersion: 3,
    });
    expect(world.entries).toMatchObject([{ kind: 'call.outcome', customer: null, cross: 'CROSS-3' }]);
  });

  it('names nobody when its time is over, or all AI work is stopped', async () => {
    const nobody = { customer: null, tools: [], blocked: expect.any(String) as string };
    expect(await ask(true)).toMatchObject(nobody);
    world.now = Date.parse('2026-11-21T12:30:00.000Z');
    expect(await ask()).toMatchObject(nobody);
    expect(JSON.stringify(world.entries)).not.toMatch(/ACME|Acme|ZEN|Zenith/);
  });
});

describe('bulkhead_whoami', () => {
  it('says the kind of principal, the client app and the company, and no customer', async () => {
    expect(await ask('bulkhead_whoami')).toEqual({ kind: 'technician', client: 'assistant', tenant: 'Test MSP' });
  });
});

describe('callBuiltIn', () => {
  it('denies a stranger, and records it', async () => {
    for (const name of ['bulkhead_context', 'bulkhead_whoami']) {
      expect(await ask(name, clientOf({ state: 'revoked' }))).toMatchObject({ denied: true, code: 'UNAUTHENTICATED' });
    }
    expect(world.entries.map(({ kind, principal }) => [kind, principal.kind])).toEqual([
      ['call.denied', 'anonymous'],
      ['call.denied', 'anonymous'],
    ]);
  });

  it('answers nothing that it could not record', async () => {
    world.refuses = () => true;
    expect(await ask('bulkhead_context')).toEqual(
      expect.objectContaining({ denied: true, code: 'AUDIT_UNAVAILABLE', auditRef: '' }),
    );
  });

  it('takes no quota and reaches no worker', async () => {
    await ask('bulkhead_context');
    expect([world.session.quota.usage().calls, world.dispatched]).toEqual([0, []]);
  });
});
