import { beforeEach, describe, expect, it } from 'vitest';
import type { FrontEndPowers } from '../../src-main/app/front-end.ts';
import { serveFrontEnd } from '../../src-main/app/front-end.ts';
import { makeOperator } from '../../src-main/app/operator.ts';
import { ui } from '../../src-shared/contract/ui.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import { deskWorld, type DeskWorld } from './desk-of.ts';

let world: DeskWorld;
let reached: string[];
let token: string;
let powers: FrontEndPowers;

beforeEach(() => {
  world = deskWorld();
  reached = [];
  const made = makeOperator(world.host);
  token = made.token;
  const note = (name: string, answer?: unknown) => async () => (reached.push(name), answer);
  powers = {
    host: world.host as never,
    facts: world.facts,
    crew: {
      gateway: { callTool: note('callTool', answer), usage: async () => null },
      views: () => [],
      problems: () => [],
    } as never,
    switcher: world.switcher,
    clientApps: world.clientApps,
    credentials: { sealing: () => ({ sealKey: 'k', purpose: 'p' }) } as never,
    instances: {
      add: note('addInstance', 'halopsa-two'),
      change: note('changeInstance'),
      remove: note('removeInstance'),
      map: note('mapCustomers', 1),
      setCredential: note('setCredential'),
      revokeCredential: note('revokeCredential'),
    } as never,
    surveys: { run: note('survey', { customers: [], isWhole: true }) } as never,
    operator: made.operator,
    version: '0',
    isDemo: false,
    window: () => ({ mintUrl: () => (reached.push('openWindow'), 'http://x') }) as never,
  };
});

function connect(provedOperator: boolean): Client<typeof ui> {
  const [near, far] = memoryPorts();
  serveFrontEnd(powers, far, provedOperator);
  return client(ui, near);
}

const answer = {
  customer: 'ACME-1',
  records: [],
  dropped: 0,
  redacted: 0,
  provenance: { connector: 'halopsa', trust: 'untrusted' },
  auditRef: '1',
};
const input = { name: 'Two', baseUrl: 'https://two.example', settings: {} };
const box = { key: '', iv: '', data: '' };
const widening: [string, (api: Client<typeof ui>) => Promise<unknown>][] = [
  ['bindCustomer', (api) => api.bindCustomer({ customer: 'ACME-1' })],
  ['addClient', (api) => api.addClient({ name: 'cursor', pin: null })],
  ['armClient', (api) => api.armClient({ name: 'cursor', customer: null })],
  ['callTool', (api) => api.callTool({ tool: 'ticket_list', arguments: {} })],
  ['setCredential', (api) => api.setCredential({ instance: 'halo', box })],
  ['revokeCredential', (api) => api.revokeCredential({ instance: 'halo' })],
  ['addInstance', (api) => api.addInstance({ connector: 'halopsa', ...input })],
  ['changeInstance', (api) => api.changeInstance({ instance: 'halo', ...input })],
  ['removeInstance', (api) => api.removeInstance({ instance: 'halo' })],
  ['surveyInstance', (api) => api.surveyInstance({ instance: 'halo' })],
  ['a probing test', (api) => api.testInstance({ instance: 'halo' })],
  ['mapCustomers', (api) => api.mapCustomers({ instance: 'halo', changes: [] })],
  ['openWindow', (api) => api.openWindow(undefined)],
];

describe('serveFrontEnd', () => {
  it.each(widening)('refuses %s to a connection that has not proved the operator, and does nothing', async (_, ask) => {
    await expect(ask(connect(false))).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    expect([reached, world.deeds, world.facts.switcher]).toEqual([[], [], null]);
  });

  it.each(widening)('does %s for an operator', async (name, ask) => {
    const api = connect(true);
    if (name === 'armClient') {
      await api.bindCustomer({ customer: 'ACME-1' });
      await api.addClient({ name: 'cursor', pin: null });
    }
    await ask(api);
  });

  it('takes the operator token, for this connection alone, and no other token', async () => {
    const [mine, theirs] = [connect(false), connect(false)];
    for (const wrong of ['', token.slice(1), 'f'.repeat(64)]) {
      await expect(mine.authenticate({ operatorToken: wrong })).rejects.toMatchObject({ code: 'OPERATOR_UNKNOWN' });
    }
    await expect(mine.bindCustomer({ customer: 'ACME-1' })).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    await mine.authenticate({ operatorToken: token });
    expect(await mine.bindCustomer({ customer: 'ACME-1' })).toEqual({ code: 'ACME-1', epoch: 1 });
    await expect(theirs.bindCustomer({ customer: 'ZEN-2' })).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
  });

  it('takes a client app’s token for no operator', async () => {
    const { token: clientToken } = await connect(true).addClient({ name: 'cursor', pin: null });
    await expect(connect(false).authenticate({ operatorToken: clientToken })).rejects.toMatchObject({
      code: 'OPERATOR_UNKNOWN',
    });
  });

  it('lets anyone of this machine take rights away: that can only stop an AI', async () => {
    const operator = connect(true);
    await operator.bindCustomer({ customer: 'ACME-1' });
    await operator.addClient({ name: 'cursor', pin: null });
    const anyone = connect(false);
    await anyone.suspendClient({ name: 'cursor' });
    await anyone.revokeClient({ name: 'cursor' });
    await anyone.releaseCustomer(undefined);
    expect([world.facts.switcher, world.facts.desk.clients[0]?.state]).toEqual([null, 'revoked']);
  });

  it('adds the bound customer for a person who names none, and never replaces what was named', async () => {
    const calls: unknown[] = [];
    Object.assign(powers.crew.gateway, {
      callTool: async (call: { arguments: unknown }) => {
        calls.push(call.arguments);
        return answer;
      },
    });
    const api = connect(true);
    await api.callTool({ tool: 't', arguments: {} });
    await api.bindCustomer({ customer: 'ACME-1' });
    await api.callTool({ tool: 't', arguments: { id: 1 } });
    await api.callTool({ tool: 't', arguments: { customer: 'ZEN-2' } });
    await api.callTool({ tool: 't', arguments: { customer: null } });
    expect(calls).toEqual([{}, { customer: 'ACME-1', id: 1 }, { customer: 'ZEN-2' }, { customer: null }]);
  });
});
