import { beforeEach, describe, expect, it } from 'vitest';
import { entitle, entitlement } from '../../../src-gateway/gates/entitlement.ts';
import { CustomerId, InstanceId } from '../../../src-shared/model/ids.ts';
import type { EnrolInput } from '../../../src-gateway/tenant-session.ts';
import { bundleOf, instanceOf, testTools } from '../enrolment.ts';
import { bindingTo, callOf, clientOf, msp } from '../given.ts';
import { makeWorld, openSession, pinsOf, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

const ask = (tool: string, args: Record<string, unknown> = {}, session: object = {}, customer = 'acme') => {
  const found = world.session.customers.get(customer as never);
  if (!found) throw new Error('no such customer');
  return entitlement(
    {
      ...callOf(tool, args),
      session: { ...world.session, ...session },
      principal: { kind: 'technician', id: 'amy', name: 'Amy', client: 'x' },
      binding: bindingTo(customer),
      customer: found,
    },
    world.powers,
  );
};
const no = (code: string) => ({ ok: false, error: { code, gate: 'entitlement' } });

describe('entitlement', () => {
  it('proves the definition, the one account that serves the customer, and the owner it serves it as', () => {
    expect(ask('ticket_list')).toMatchObject({
      ok: true,
      value: { definition: { name: 'ticket_list' }, instance: { id: 'halo' }, owner: '12' },
    });
    expect(ask('ticket_list', {}, {}, 'zenith')).toMatchObject({ value: { owner: '17' } });
  });

  it('denies a tool nobody declared, whatever it is called', () => {
    for (const name of ['nothing', '', 'ticket_lis', 'TICKET_LIST', '__proto__', 'constructor', 'toString']) {
      expect(ask(name), name).toMatchObject(no('UNKNOWN_TOOL'));
    }
  });

  it('denies a tool whose definition is not the accepted one, or that nobody has accepted, before anything else is asked of it', async () => {
    const pins = pinsOf(testTools);
    const told = async (change: EnrolInput['pins'], tools = testTools) => {
      const { tools: known } = await openSession({ tools, pins: change });
      return ask('ticket_list', { nonsense: 1 }, { tools: known, bundle: bundleOf({ connectors: [] }) });
    };
    const changed = testTools.map((tool) => ({ ...tool, description: `${tool.description} Now also for others.` }));
    expect(await told(pins, changed)).toMatchObject({
      ok: false,
      error: {
        code: 'TOOL_CHANGED',
        gate: 'entitlement',
        reason: 'The definition of this tool changed since it was reviewed.',
      },
    });
    expect(await told({})).toMatchObject({
      ok: false,
      error: {
        code: 'TOOL_CHANGED',
        gate: 'entitlement',
        reason: 'This tool is new here, and nobody has reviewed it.',
      },
    });
    expect(await told({ ...pins, ticket_list: pins['ticket_get'] ?? '' })).toMatchObject(no('TOOL_CHANGED'));
    expect(await told({ ...pins, ticket_list: '' })).toMatchObject(no('TOOL_CHANGED'));
    expect(await told(pins)).toMatchObject(no('NOT_ENTITLED'));
  });

  it('denies a connector outside the subscription', () => {
    expect(ask('ticket_list', {}, { bundle: bundleOf({ connectors: ['hudu'] }) })).toMatchObject(no('NOT_ENTITLED'));
  });

  it('denies when no account is mapped to this customer', () => {
    const mapped = instanceOf({ mapping: { zenith: '17' } });
    expect(ask('ticket_list', {}, { instances: [mapped] })).toMatchObject(no('CONNECTOR_UNAVAILABLE'));
    expect(ask('ticket_list', {}, { instances: [] })).toMatchObject(no('CONNECTOR_UNAVAILABLE'));
    const hudu = instanceOf({ connector: 'hudu' });
    expect(ask('ticket_list', {}, { instances: [hudu] })).toMatchObject(no('CONNECTOR_UNAVAILABLE'));
  });

  it('denies while the circuit of the account is open', () => {
    const line = { instance: InstanceId.parse('halo'), customer: CustomerId.parse('acme') };
    for (let failures = 0; failures < 5; failures += 1) world.health.failed(line, 'down');
    expect(ask('ticket_list')).toMatchObject(no('CONNECTOR_UNAVAILABLE'));
  });

  it('denies arguments that are not exactly the declared ones', () => {
    const extra = { client_id: 17, client_ids: '17', advanced_search: 'x', page_size: 9000, constructor: 1 };
    for (const [name, value] of Object.entries(extra)) {
      expect(ask('ticket_list', { [name]: value }), name).toMatchObject(no('INVALID_ARGUMENTS'));
    }
    for (const id of ['5', 5.5, null, [5], { id: 5 }, Number.MAX_VALUE * 2]) {
      expect(ask('ticket_get', { id }), JSON.stringify(id)).toMatchObject(no('INVALID_ARGUMENTS'));
    }
    expect(ask('ticket_get')).toMatchObject(no('INVALID_ARGUMENTS'));
    expect(ask('ticket_get', { id: 5 })).toMatchObject({ ok: true });
  });

  it('denies arguments that would not be kept whole: more than 64 KiB of canonical text', () => {
    const most = 65_536 - Buffer.byteLength(JSON.stringify(callOf('ticket_list', { note: '' }).arguments));
    expect(ask('ticket_list', { note: 'x'.repeat(most) })).toMatchObject({ ok: true });
    for (const note of ['x'.repeat(most + 1), 'é'.repeat(most / 2 + 1)]) {
      expect(ask('ticket_list', { note })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_ARGUMENTS', reason: expect.stringContaining('they are longer than 64 KiB') as string },
      });
    }
  });

  it('says what does not fit in at most two hundred characters, and quotes no value', () => {
    const denied = ask('ticket_list', { ['x'.repeat(5000)]: 'the secret value' });
    const reason = !(denied instanceof Promise) && !denied.ok ? denied.error.reason : '';
    expect(reason).toMatch(/^The arguments do not fit the tool's input schema: .{10,}\.$/u);
    expect(reason.length).toBeLessThan(300);
    expect(reason).not.toContain('secret value');
  });
});

describe('entitle', () => {
  it('asks the same without the arguments', async () => {
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    const customer = world.session.customers.get('acme' as never);
    if (!customer) throw new Error('no such customer');
    const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
    const call = { tool: 'ticket_get', session: world.session, principal, binding: bindingTo('acme'), customer };
    expect(entitle(call, world.powers)).toMatchObject({ ok: true });
  });
});
