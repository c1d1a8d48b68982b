import { describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { readDesk } from '../../src-main/app/desk.ts';
import { clientOf, settle } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { diskFull } from './fake-host.ts';

const unwritable = () => {
  throw new Fault('LEDGER_UNWRITABLE', 'x');
};
const states = (world: ReturnType<typeof deskWorld>) =>
  world.facts.desk.clients.map(({ name, state }) => [name, state]);

describe('add', () => {
  it('hands the token out once and keeps only its hash', async () => {
    const world = deskWorld();
    const { app, token } = await world.clientApps.add('cursor', null);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(app).toMatchObject({ name: 'cursor', state: 'armed', pin: null, armedFor: null });
    expect(app.tokenHash).toBe(world.host.sha256Hex(token));
    expect(JSON.stringify([[...world.host.files.texts], world.entries, world.scopes])).not.toContain(token);
  });

  it('records and writes before the gateway hears of it', async () => {
    const world = deskWorld();
    await world.clientApps.add('cursor', null);
    expect(world.deeds).toEqual(['client.added', 'write', 'scope none']);
  });

  it.each([
    ['the ledger', 'onRecord', unwritable],
    ['the disk', 'onWrite', diskFull],
  ] as const)('adds nothing when %s refuses', async (_, at, refuse) => {
    const world = deskWorld();
    world[at] = refuse;
    await expect(world.clientApps.add('cursor', null)).rejects.toBeInstanceOf(Fault);
    expect([world.facts.desk.clients, world.scopes]).toEqual([[], []]);
  });

  it('arms a following app for the customer that is bound, or for none yet', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    expect((await world.clientApps.add('cursor', null)).app.armedFor).toBe('acme');
  });

  it('pins an app to a customer under an epoch of its own', async () => {
    const world = deskWorld({ epoch: 7 });
    const { app } = await world.clientApps.add('reports', 'ZEN-2');
    expect(app).toMatchObject({ pin: { customer: 'zenith', epoch: 8 }, armedFor: 'zenith' });
    expect((await world.switcher.bind('zenith')).epoch).toBe(9);
    await expect(world.clientApps.add('x', 'nobody')).rejects.toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
  });

  it('refuses a name that is taken, and gives a revoked one’s name away again', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor' })] });
    await expect(world.clientApps.add('cursor', null)).rejects.toMatchObject({ code: 'CLIENT_EXISTS' });
    for (const name of ['operator', ' Operator', 'bulkhead']) {
      await expect(world.clientApps.add(name, null), name).rejects.toMatchObject({ code: 'CLIENT_EXISTS' });
    }
    await world.clientApps.revoke('cursor');
    await world.clientApps.add('cursor', null);
    expect(states(world)).toEqual([
      ['cursor', 'revoked'],
      ['cursor', 'armed'],
    ]);
  });

  it('refuses more than a hundred: beyond two hundred the gateway could not even be told of a revocation', async () => {
    const clients = Array.from({ length: 100 }, (_, at) => clientOf({ name: `app ${at}` }));
    const world = deskWorld({ clients });
    await expect(world.clientApps.add('one more', null)).rejects.toMatchObject({ code: 'CLIENT_LIMIT' });
    await world.clientApps.revoke('app 0');
    await world.clientApps.add('one more', null);
  });

  it('forgets the oldest revoked apps beyond fifty', async () => {
    const clients = Array.from({ length: 60 }, (_, at) => clientOf({ name: `app ${at}`, state: 'revoked' }));
    const world = deskWorld({ clients });
    await world.clientApps.add('new', null);
    expect(states(world).map(([name]) => name)).toEqual([...clients.slice(10).map(({ name }) => name), 'new']);
  });
});

describe('arm', () => {
  it('arms for the customer that is bound now', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor', armedFor: 'acme' })] });
    await world.switcher.bind('zenith');
    expect(states(world)).toEqual([['cursor', 'suspended']]);
    world.deeds.length = 0;
    await world.clientApps.arm('cursor', 'ZEN-2');
    expect(world.facts.desk.clients[0]).toMatchObject({ state: 'armed', armedFor: 'zenith' });
    expect(world.deeds).toEqual(['client.armed', 'write', 'scope zenith/1']);
    await world.clientApps.arm('cursor', 'zenith');
    await world.clientApps.arm('cursor', null);
  });

  it('refuses when the person saw another customer than the one bound by now', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor', armedFor: 'acme' })] });
    const [, armed] = await Promise.allSettled([
      world.switcher.bind('zenith'),
      world.clientApps.arm('cursor', 'ACME-1'),
    ]);
    expect(armed).toMatchObject({ reason: { code: 'SCOPE_CHANGED' } });
    expect(states(world)).toEqual([['cursor', 'suspended']]);
  });

  it('refuses while nothing is bound, and an app that is not there or is revoked', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor' }), clientOf({ name: 'old', state: 'revoked' })] });
    await expect(world.clientApps.arm('cursor', null)).rejects.toMatchObject({ code: 'NO_CUSTOMER' });
    await world.switcher.bind('acme');
    await expect(world.clientApps.arm('old', null)).rejects.toMatchObject({ code: 'CLIENT_REVOKED' });
    await expect(world.clientApps.arm('nobody', null)).rejects.toMatchObject({ code: 'UNKNOWN_CLIENT' });
  });

  it('looks at a pinned app’s own customer, whatever the switcher says', async () => {
    const pinned = clientOf({
      name: 'reports',
      state: 'suspended',
      pin: { customer: 'zenith', epoch: 1 },
      armedFor: null,
    });
    const world = deskWorld({ epoch: 1, clients: [pinned] });
    await world.switcher.bind('acme');
    await expect(world.clientApps.arm('reports', 'ACME-1')).rejects.toMatchObject({ code: 'SCOPE_CHANGED' });
    await world.clientApps.arm('reports', 'ZEN-2');
    expect(world.facts.desk.clients[0]).toMatchObject({ state: 'armed', armedFor: 'zenith', pin: { epoch: 1 } });
  });

  it('arms nothing that the ledger refuses', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor', state: 'suspended' })] });
    await world.switcher.bind('acme');
    world.onRecord = unwritable;
    await expect(world.clientApps.arm('cursor', null)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(states(world)).toEqual([['cursor', 'suspended']]);
  });
});

describe.each([
  ['suspend', 'suspended'],
  ['revoke', 'revoked'],
] as const)('%s', (deed, state) => {
  it('counts at once: the gateway knows before anything is written', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor' })] });
    world.onScope = () => void world.deeds.push('told');
    await world.clientApps[deed]('cursor');
    expect(world.deeds).toEqual(['told', 'write', 'scope none', 'endStale', `client.${state}`]);
    expect(world.scopes.at(-1)?.clients[0]?.state).toBe(state);
  });

  it('is on the disk while the last calls still end: a crash then brings nothing back', async () => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor' })] });
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    world.onScope = () => ended;
    const done = world.clientApps[deed]('cursor');
    await settle();
    expect(readDesk(world.host, world.facts.tenant).clients.map((app) => app.state)).toEqual([state]);
    end();
    await done;
  });

  it.each([
    ['ledger', 'onRecord', unwritable],
    ['disk', 'onWrite', diskFull],
  ] as const)('counts even if the %s refuses, and its caller hears of it', async (_, at, refuse) => {
    const world = deskWorld({ clients: [clientOf({ name: 'cursor' })] });
    world[at] = refuse;
    await expect(world.clientApps[deed]('cursor')).rejects.toBeInstanceOf(Fault);
    expect(states(world)).toEqual([['cursor', state]]);
    expect(world.scopes.at(-1)?.clients[0]?.state).toBe(state);
  });

  it('refuses an app that is not there', async () => {
    await expect(deskWorld().clientApps[deed]('nobody')).rejects.toMatchObject({ code: 'UNKNOWN_CLIENT' });
  });
});
