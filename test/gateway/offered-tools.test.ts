import { beforeEach, describe, expect, it } from 'vitest';
import { offeredTools } from '../../src-gateway/offered-tools.ts';
import { deny } from '../../src-shared/model/denial.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { instanceOf } from './enrolment.ts';
import { bindingTo, clientOf, msp, scopeOf } from './given.ts';
import type { TenantSession } from '../../src-gateway/tenant-session.ts';
import { issuer, makeWorld, openSession, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
async function offered(app: ClientApp | 'operator', bound: string | null = 'acme', session = world.session) {
  await world.scope.replace(msp, app === 'operator' ? [] : [app], bound === null ? null : bindingTo(bound));
  const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
  const tools = offeredTools({ app, issuedIn: msp, session, principal }, world.powers);
  return tools.map(({ definition, isAllowed, reason }) => [definition.name, isAllowed ? 'allowed' : reason]);
}
const all = ['ticket_list', 'ticket_get', 'note_add', 'secret_get'];

describe('offeredTools', () => {
  it('says of every tool whether the gates would let it now', async () => {
    for (const app of [clientOf(), 'operator'] as const) {
      expect(await offered(app)).toEqual([
        ['ticket_list', 'allowed'],
        ['ticket_get', 'allowed'],
        ['note_add', 'allowed'],
        ['secret_get', deny('POLICY_DENIED').reason],
      ]);
    }
  });

  it('offers nothing while no customer is bound, or one the company no longer has', async () => {
    const none = all.map((name) => [name, deny('NO_CUSTOMER').reason]);
    expect(await offered(clientOf(), null)).toEqual(none);
    const gone = all.map((name) => [name, 'The bound customer is no longer one of this company.']);
    expect(await offered(clientOf(), 'gone')).toEqual(gone);
  });

  it('offers nothing to a suspended app', async () => {
    const none = all.map((name) => [name, deny('CLIENT_SUSPENDED').reason]);
    expect(await offered(clientOf({ state: 'suspended' }))).toEqual(none);
  });

  it('offers nothing to any app while all AI work is stopped, and everything to the operator', async () => {
    const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'), { crosses: [], isStopped: true });
    const states = (app: ClientApp | 'operator') =>
      offeredTools({ app, issuedIn: msp, session: world.session, principal }, world.powers).map(
        ({ isAllowed }) => isAllowed,
      );
    expect(states(clientOf())).toEqual([false, false, false, false]);
    expect(states('operator')).toContain(true);
  });

  it('offers an app that works on several customers what lists and reads, when one of them may be asked', async () => {
    const app = clientOf();
    const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
    await world.scope.replace(msp, [app], bindingTo('acme'), { crosses: [scopeOf(app)], isStopped: false });
    const tools = (session = world.session) =>
      offeredTools({ app, issuedIn: msp, session, principal }, world.powers).flatMap(({ definition, isAllowed }) =>
        isAllowed ? [definition.name] : [],
      );
    expect(tools()).toEqual(['ticket_list']);
    expect(tools(await openSession({ instances: [instanceOf({ mapping: { zenith: '17' } })] }))).toEqual([
      'ticket_list',
    ]);
    expect(tools(await openSession({ instances: [instanceOf({ mapping: {} })] }))).toEqual([]);
  });

  it('offers nothing of a connector that is unmapped or ill', async () => {
    const unmapped = await openSession({ instances: [instanceOf({ mapping: { zenith: '17' } })] });
    expect((await offered(clientOf(), 'acme', unmapped)).some(([, state]) => state === 'allowed')).toBe(false);
    const line = { instance: InstanceId.parse('halo'), customer: CustomerId.parse('acme') };
    for (let failures = 0; failures < 5; failures += 1) world.health.failed(line, 'down');
    expect((await offered(clientOf())).some(([, state]) => state === 'allowed')).toBe(false);
  });

  const policies = {
    calls: `permit (principal, action in [Bulkhead::Action::"read", Bulkhead::Action::"write"], resource);`,
    secrets: `permit (principal, action == Bulkhead::Action::"credential", resource) when { context.approvals >= 2 };`,
    changes:
      '@says("A person approves it.") forbid (principal, action == Bulkhead::Action::"write", resource) unless { context.approvals >= 1 };',
    own: 'permit (principal, action == Bulkhead::Action::"approve", resource) when { context.risk == "write" };',
  };
  const rules = async (change: object = {}) =>
    openSession({ enrolment: await issuer.enrol({ bundle: { policy: { policies, ...change } } }) });
  async function asks(app: ClientApp | 'operator', session: TenantSession) {
    await world.scope.replace(msp, app === 'operator' ? [] : [app], bindingTo('acme'));
    const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
    return offeredTools({ app, issuedIn: msp, session, principal }, world.powers).map(
      ({ definition, risk, isAllowed, asks: persons }) => [definition.name, risk, isAllowed, persons],
    );
  }

  it('says how many persons must approve each call, without the operator who may approve their own', async () => {
    const session = await rules();
    expect(await asks(clientOf(), session)).toEqual([
      ['ticket_list', 'read', true, 0],
      ['ticket_get', 'read', true, 0],
      ['note_add', 'write', true, 1],
      ['secret_get', 'credential', true, 2],
    ]);
    expect((await asks('operator', session)).map(([, , , persons]) => persons)).toEqual([0, 0, 0, 2]);
  });

  it('judges a tool by the stricter class the company puts it in', async () => {
    const session = await rules({ risks: { ticket_list: 'write', ticket_get: 'spend' } });
    expect((await asks(clientOf(), session)).slice(0, 2)).toEqual([
      ['ticket_list', 'write', true, 1],
      ['ticket_get', 'spend', false, 0],
    ]);
  });

  it('names the rules that decided, and gives the reason of one that forbids', async () => {
    const never =
      '@says("Not this tool.") forbid (principal, action in Bulkhead::Action::"call", resource) when { context.tool == "ticket_get" };';
    const session = await rules({ policies: { ...policies, never } });
    const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
    await world.scope.replace(msp, [], bindingTo('acme'));
    const [list, get, add] = offeredTools({ app: 'operator', issuedIn: msp, session, principal }, world.powers);
    expect(list?.because).toEqual([{ id: 'calls', says: '' }]);
    expect(get).toMatchObject({
      isAllowed: false,
      because: [{ id: 'never', says: 'Not this tool.' }],
      reason: 'Not this tool.',
    });
    expect(add?.because).toEqual([
      { id: 'calls', says: '' },
      { id: 'changes', says: 'A person approves it.' },
    ]);
  });
});
