import { beforeEach, describe, expect, it } from 'vitest';
import { offeredTools } from '../../src-gateway/offered-tools.ts';
import { deny } from '../../src-shared/model/denial.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { instanceOf } from './enrolment.ts';
import { bindingTo, clientOf, msp } from './given.ts';
import { makeWorld, openSession, type World } from './world.ts';

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

  it('offers nothing of a connector that is unmapped or ill', async () => {
    const unmapped = await openSession({ instances: [instanceOf({ mapping: { zenith: '17' } })] });
    expect((await offered(clientOf(), 'acme', unmapped)).some(([, state]) => state === 'allowed')).toBe(false);
    const line = { instance: InstanceId.parse('halo'), customer: CustomerId.parse('acme') };
    for (let failures = 0; failures < 5; failures += 1) world.health.failed(line, 'down');
    expect((await offered(clientOf())).some(([, state]) => state === 'allowed')).toBe(false);
  });
});
