import { beforeEach, describe, expect, it } from 'vitest';
import type { FrontEndPowers } from '../../src-main/app/front-end.ts';
import type { ui } from '../../src-shared/contract/ui.ts';
import type { CallOptions, Client } from '../../src-shared/wire/contract.ts';
import { settle } from '../gateway/given.ts';
import type { DeskWorld } from './desk-of.ts';
import { answer, type FrontEndWorld, frontEndWorld } from './front-end-of.ts';

let frontEnd: FrontEndWorld;
let world: DeskWorld;
let reached: string[];
let token: string;
let powers: FrontEndPowers;
let connect: FrontEndWorld['connect'];

beforeEach(() => {
  frontEnd = frontEndWorld();
  ({ desk: world, reached, operatorToken: token, powers, connect } = frontEnd);
});

const input = { name: 'Two', baseUrl: 'https://two.example', settings: {} };
const box = { key: '', iv: '', data: '' };
const cross = { client: 'cursor', customers: ['ACME-1', 'ZEN-2'], reason: 'Compare their backups', minutes: 5 };
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
  ['testInstance', (api) => api.testInstance({ instance: 'halo' })],
  ['mapCustomers', (api) => api.mapCustomers({ instance: 'halo', changes: [] })],
  ['acceptTool', (api) => api.acceptTool({ name: 'ticket_list', hash: '' })],
  ['resumeAi', (api) => api.resumeAi(undefined)],
  ['openCross', (api) => api.openCross(cross)],
  ['openWindow', (api) => api.openWindow(undefined)],
  ['bodiesOf', (api) => api.bodiesOf({ seqs: [1] })],
  ['destroyCustomerKey', (api) => api.destroyCustomerKey({ customer: 'acme', code: 'ACME-1' })],
  ['beginExport with bodies', (api) => api.beginExport({ format: 'bundle', filter: {}, bodies: true })],
];

describe('serveFrontEnd', () => {
  it.each(widening)('refuses %s to a connection that has not proved the operator, and does nothing', async (_, ask) => {
    await expect(ask(connect(false))).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    expect([reached, world.deeds, world.facts.switcher]).toEqual([[], [], null]);
  });

  it.each(widening)('does %s for an operator', async (name, ask) => {
    const api = connect(true);
    if (name === 'armClient' || name === 'openCross') {
      await api.bindCustomer({ customer: 'ACME-1' });
      await api.addClient({ name: 'cursor', pin: null });
    }
    await ask(api);
  });

  it('tells how far the ledger has come with a walk, while the connection is open', async () => {
    const api = connect(false);
    const told: unknown[] = [];
    for (const walk of ['verifying', 'searching'] as const) api.on(walk, (progress) => told.push([walk, progress]));
    const { progress } = powers.crew;
    progress.tell({ walk: 'verifying', entries: 5, of: 10 });
    progress.tell({ walk: 'searching', entries: 6, of: 10 });
    await Promise.resolve();
    expect(told).toEqual([
      ['verifying', { entries: 5, of: 10 }],
      ['searching', { entries: 6, of: 10 }],
    ]);
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

  it('says when there were too many wrong tokens, over all connections, and still takes the right one', async () => {
    const wrong = () => connect(false).authenticate({ operatorToken: 'x' });
    for (let time = 0; time < 5; time += 1) await expect(wrong()).rejects.toMatchObject({ code: 'OPERATOR_UNKNOWN' });
    for (let time = 0; time < 5; time += 1) await expect(wrong()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(frontEnd.manyWrong).toBe(1);
    const mine = connect(false);
    await mine.authenticate({ operatorToken: token });
    expect(await mine.bindCustomer({ customer: 'ACME-1' })).toEqual({ code: 'ACME-1', epoch: 1 });
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
    const { code } = await operator.openCross(cross);
    const anyone = connect(false);
    await anyone.stopAi(undefined);
    await anyone.closeCross({ code });
    await anyone.suspendClient({ name: 'cursor' });
    await anyone.revokeClient({ name: 'cursor' });
    await anyone.releaseCustomer(undefined);
    const { switcher, desk } = world.facts;
    expect([reached, switcher, desk.clients[0]?.state, desk.crosses]).toEqual([['stopAi'], null, 'revoked', []]);
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

describe('a deed whose caller gave up', () => {
  const pinned = { name: 'reports', pin: 'ZEN-2' };
  const deeds: [string, string, (api: Client<typeof ui>, within: CallOptions) => Promise<unknown>][] = [
    ['bindCustomer', 'customer.bound', (api, within) => api.bindCustomer({ customer: 'ZEN-2' }, within)],
    ['addClient', 'client.added', (api, within) => api.addClient(pinned, within)],
    ['armClient', 'client.armed', (api, within) => api.armClient({ name: 'cursor', customer: null }, within)],
    ['openCross', 'customer.bound', (api, within) => api.openCross(cross, within)],
  ];
  let api: Client<typeof ui>;
  let givingUp: AbortController;
  beforeEach(async () => {
    api = connect(true);
    givingUp = new AbortController();
    for (const name of ['cursor', 'other']) await api.addClient({ name, pin: null });
    await api.bindCustomer({ customer: 'ACME-1' });
    await api.suspendClient({ name: 'cursor' });
  });
  const scopeOf = () => {
    const { clients, crosses } = world.facts.desk;
    return { bound: world.facts.switcher?.binding.customer, clients, crosses };
  };
  const givenUp = async (asked: Promise<unknown>): Promise<void> => {
    givingUp.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  };

  it.each(deeds)('is not begun when its turn comes: %s', async (_, __, ask) => {
    const { promise: isFree, resolve: free } = Promise.withResolvers<void>();
    world.onScope = () => isFree;
    const before = api.addClient({ name: 'late', pin: null }); // Has the turn until the gateway has heard of it.
    await settle();
    const asked = ask(api, { signal: givingUp.signal });
    await settle();
    await givenUp(asked);
    const { deeds: done } = world;
    done.length = 0;
    const scope = scopeOf();
    free();
    await before;
    await settle();
    expect(done).toEqual(['scope acme/3']); // The one before it, and no other.
    expect(scopeOf()).toEqual(scope);
  });

  it.each(deeds)('does not take effect while it is being recorded: %s', async (name, recorded, ask) => {
    const { promise: isOnDisk, resolve: arrive } = Promise.withResolvers<void>();
    let isBeingRecorded = false;
    world.onRecord = (kind) => (kind === recorded ? ((isBeingRecorded = true), isOnDisk) : undefined);
    const asked = ask(api, { signal: givingUp.signal });
    await settle();
    expect(isBeingRecorded).toBe(true);
    await givenUp(asked);
    arrive();
    await settle();
    const { bound, clients, crosses } = scopeOf();
    const armed = clients.filter(({ state }) => state === 'armed').map((app) => app.name);
    // Of a switch what it ends has ended by then: the old binding, and the work of whoever followed it.
    expect([bound, armed, crosses]).toEqual(name === 'bindCustomer' ? [undefined, [], []] : ['acme', ['other'], []]);
  });

  it('is done all the same when it only takes away', async () => {
    const { promise: isFree, resolve: free } = Promise.withResolvers<void>();
    world.onScope = () => isFree;
    const before = api.suspendClient({ name: 'other' });
    await settle();
    const within = { signal: givingUp.signal };
    const asked = [api.revokeClient({ name: 'cursor' }, within), api.releaseCustomer(undefined, within)];
    await settle();
    givingUp.abort();
    await Promise.allSettled(asked);
    free();
    await before;
    await settle();
    expect([scopeOf().bound, world.facts.client('cursor')]).toEqual([undefined, undefined]);
  });
});
