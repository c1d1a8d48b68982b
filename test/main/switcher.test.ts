import { describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { clientOf } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { diskFull } from './fake-host.ts';

const unwritable = () => {
  throw new Fault('LEDGER_UNWRITABLE', 'x');
};

describe('bind', () => {
  it('ends the old binding everywhere, writes and records, and only then begins the new one', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.deeds.length = 0;
    expect(await world.switcher.bind('ZEN-2')).toMatchObject({ customer: { id: 'zenith' }, epoch: 2 });
    expect(world.deeds).toEqual([
      'scope none',
      'endStale',
      'write',
      'customer.released',
      'customer.bound',
      'scope zenith/2',
    ]);
    expect(world.entries.slice(1)).toEqual([
      { kind: 'customer.released', customer: 'ACME-1', params: { epoch: 1 } },
      { kind: 'customer.bound', customer: 'ZEN-2', params: { epoch: 2, from: 'ACME-1' } },
    ]);
  });

  it('refuses a customer the company does not have, and touches nothing', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.deeds.length = 0;
    for (const name of ['nobody', '', 'acme ', 'acme-1', '__proto__']) {
      await expect(world.switcher.bind(name)).rejects.toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
    }
    expect([world.deeds, world.facts.switcher?.binding.customer]).toEqual([[], 'acme']);
  });

  it('does nothing when the customer is bound already', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.deeds.length = 0;
    expect(await world.switcher.bind('ACME-1')).toMatchObject({ epoch: 1 });
    expect(world.deeds).toEqual([]);
  });

  it('gives every binding an epoch that was never given before, also to a customer that comes back', async () => {
    const world = deskWorld({ epoch: 41 });
    const epochs = [];
    for (const code of ['ACME-1', 'ZEN-2', 'ACME-1']) epochs.push((await world.switcher.bind(code)).epoch);
    await world.switcher.release();
    epochs.push((await world.switcher.bind('ACME-1')).epoch);
    expect(epochs).toEqual([42, 43, 44, 45]);
    expect(JSON.parse([...world.host.files.texts.values()][0] ?? '')).toMatchObject({ epoch: 45 });
  });

  it.each(['customer.released', 'customer.bound'])('leaves nothing bound when the ledger refuses %s', async (kind) => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.onRecord = (given) => (given === kind ? unwritable() : undefined);
    await expect(world.switcher.bind('zenith')).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect([world.facts.switcher, world.scopes.at(-1)?.bound]).toEqual([null, null]);
    world.onRecord = () => {};
    const { epoch } = await world.switcher.bind('zenith');
    expect(epoch).toBeGreaterThan(1);
  });

  it('leaves nothing bound when the desk cannot be written', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.onWrite = diskFull;
    await expect(world.switcher.bind('zenith')).rejects.toMatchObject({ code: 'HOME_UNUSABLE' });
    expect([world.facts.switcher, world.scopes.at(-1)?.bound]).toEqual([null, null]);
  });

  it('suspends every app that has worked for another customer, before the new one is bound, and says why', async () => {
    const [follower, fresh, pinned, returning, revoked] = [
      clientOf({ name: 'follower', armedFor: 'acme' }),
      clientOf({ name: 'fresh', armedFor: null }),
      clientOf({ name: 'pinned', armedFor: 'acme', pin: { customer: 'acme', epoch: 1 } }),
      clientOf({ name: 'returning', armedFor: 'zenith' }),
      clientOf({ name: 'revoked', armedFor: 'acme', state: 'revoked' }),
    ];
    const world = deskWorld({ epoch: 1, clients: [follower, fresh, pinned, returning, revoked] });
    await world.switcher.bind('zenith');
    expect(world.facts.desk.clients).toEqual([
      { ...follower, state: 'suspended' },
      { ...fresh, armedFor: 'zenith' },
      pinned,
      returning,
      revoked,
    ]);
    expect(world.scopes.at(-1)).toMatchObject({ clients: world.facts.desk.clients, bound: 'zenith/2' });
    expect(world.entries.filter(({ kind }) => kind === 'client.suspended')).toEqual([
      { kind: 'client.suspended', customer: 'ZEN-2', params: { client: 'follower', because: 'switch' } },
    ]);
  });

  it('never shows the gateway the new customer with a follower still armed', async () => {
    const world = deskWorld({ clients: [clientOf({ armedFor: 'acme' })] });
    await world.switcher.bind('acme');
    await world.switcher.bind('zenith');
    for (const { bound, clients } of world.scopes) {
      if (bound?.startsWith('zenith')) expect(clients[0]?.state).toBe('suspended');
    }
  });

  it('takes concurrent binds in turn: the last asked for wins and none mix', async () => {
    const world = deskWorld();
    const bound = await Promise.all(['acme', 'zenith', 'acme', 'zenith'].map((id) => world.switcher.bind(id)));
    expect(bound.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(world.facts.switcher?.binding).toEqual({ tenant: 'msp', customer: 'zenith', epoch: 4 });
    const spoken = world.deeds.filter((deed) => deed.startsWith('scope'));
    expect(spoken).toEqual(
      [1, 2, 3, 4].flatMap((epoch) => ['scope none', `scope ${epoch % 2 ? 'acme' : 'zenith'}/${epoch}`]),
    );
  });

  it('does not hold up the next bind when one fails', async () => {
    const world = deskWorld();
    let calls = 0;
    world.onRecord = () => ((calls += 1) === 1 ? unwritable() : undefined);
    const [first, second] = await Promise.allSettled([world.switcher.bind('acme'), world.switcher.bind('zenith')]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('keeps the last eight customers, the newest first and none twice', async () => {
    const world = deskWorld({ recents: ['a', 'b', 'acme', 'c', 'd', 'e', 'f', 'g'] as never });
    await world.switcher.bind('acme');
    await world.switcher.bind('zenith');
    expect(world.facts.desk.recents).toEqual(['zenith', 'acme', 'a', 'b', 'c', 'd', 'e', 'f']);
  });
});

describe('release', () => {
  it('ends the binding first and records it then, and counts even if the ledger refuses', async () => {
    const world = deskWorld();
    await world.switcher.bind('acme');
    world.deeds.length = 0;
    world.onRecord = unwritable;
    await expect(world.switcher.release()).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(world.deeds).toEqual(['scope none', 'endStale']);
    expect(world.facts.switcher).toBeNull();
  });

  it('does nothing when nothing is bound', async () => {
    const world = deskWorld();
    await world.switcher.release();
    expect(world.deeds).toEqual([]);
  });
});
