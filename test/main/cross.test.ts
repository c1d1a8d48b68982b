import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDesk } from '../../src-main/app/desk.ts';
import { renewBindings } from '../../src-main/app/renew-bindings.ts';
import { Fault } from '../../src-shared/fault.ts';
import { bindingTo, clientOf, msp } from '../gateway/given.ts';
import { deskWorld, type DeskWorld } from './desk-of.ts';
import { diskFull, hostNow } from './fake-host.ts';

const unwritable = () => {
  throw new Fault('LEDGER_UNWRITABLE', 'x');
};
const app = clientOf({ name: 'cursor' });
const asked = { client: 'cursor', customers: ['ACME-1', 'zenith'], reason: 'Compare their backups', minutes: 60 };
const until = new Date(hostNow + 3_600_000).toISOString();
const scope = {
  code: 'CROSS-1',
  app: app.id,
  members: [
    { customer: 'acme', epoch: 5 },
    { customer: 'zenith', epoch: 6 },
  ],
  reason: 'Compare their backups',
  openedBy: 'Amy Kowalski',
  openedAt: new Date(hostNow).toISOString(),
  until,
};

let world: DeskWorld;
beforeEach(() => {
  vi.useFakeTimers();
  world = deskWorld({ epoch: 4, clients: [app] });
});
afterEach(() => {
  world.crosses.unwatch();
  vi.useRealTimers();
});

const state = () => world.facts.desk.clients[0]?.state;

describe('open', () => {
  it('is recorded for each customer and written before the gateway hears of it', async () => {
    expect(await world.crosses.open(asked)).toEqual(scope);
    expect(world.deeds).toEqual(['customer.bound', 'customer.bound', 'write', 'scope none']);
    expect(world.scopes.at(-1)?.crosses).toEqual([scope]);
    expect(readDesk(world.host, msp)).toMatchObject({ epoch: 6, lastCross: 1, crosses: [scope] });
  });

  it('says in each customer’s entry who, why and until when, and names no other customer', async () => {
    await world.crosses.open(asked);
    const params = { cross: 'CROSS-1', client: 'cursor', reason: 'Compare their backups', until, customers: 2 };
    expect(world.entries).toEqual([
      { kind: 'customer.bound', customer: 'ACME-1', cross: 'CROSS-1', params: { ...params, epoch: 5 } },
      { kind: 'customer.bound', customer: 'ZEN-2', cross: 'CROSS-1', params: { ...params, epoch: 6 } },
    ]);
  });

  it('asks for the right of each customer, and opens nothing without one of them', async () => {
    const heard: unknown[] = [];
    world.mayDo = (what) => (heard.push(what), what.customer !== 'zenith');
    await expect(world.crosses.open(asked)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(heard).toEqual([
      { right: 'cross', customer: 'acme' },
      { right: 'cross', customer: 'zenith' },
    ]);
    expect([world.deeds, world.facts.desk.crosses]).toEqual([[], []]);
  });

  it.each([
    ['the ledger', 'onRecord', unwritable],
    ['the disk', 'onWrite', diskFull],
  ] as const)('opens nothing when %s refuses', async (_, at, refuse) => {
    world[at] = refuse;
    await expect(world.crosses.open(asked)).rejects.toBeInstanceOf(Fault);
    expect([world.facts.desk.crosses, world.facts.desk.epoch, world.scopes]).toEqual([[], 4, []]);
  });

  it.each([
    ['an app that is not there', { client: 'nobody' }, 'UNKNOWN_CLIENT'],
    ['a customer that is not there', { customers: ['ACME-1', 'GONE-9'] }, 'UNKNOWN_CUSTOMER'],
    ['one customer under two names', { customers: ['ACME-1', 'acme'] }, 'CROSS_TOO_FEW'],
  ] as const)('refuses %s', async (_, change, code) => {
    await expect(world.crosses.open({ ...asked, ...change })).rejects.toMatchObject({ code });
    expect(world.deeds).toEqual([]);
  });

  it('refuses a pinned app, a second scope for one app, and more than twenty', async () => {
    const others = Array.from({ length: 20 }, (_, at) => clientOf({ name: `app ${at}` }));
    const pinned = clientOf({ name: 'reports', pin: { customer: 'acme', epoch: 2 } });
    world = deskWorld({ epoch: 4, clients: [app, pinned, ...others] });
    await expect(world.crosses.open({ ...asked, client: 'reports' })).rejects.toMatchObject({ code: 'CLIENT_PINNED' });
    for (const { name } of others) await world.crosses.open({ ...asked, client: name });
    await expect(world.crosses.open({ ...asked, client: 'app 3' })).rejects.toMatchObject({ code: 'CROSS_OPEN' });
    await expect(world.crosses.open(asked)).rejects.toMatchObject({ code: 'CROSS_LIMIT' });
  });

  it('arms the app: a person chose it and these customers together', async () => {
    world = deskWorld({ clients: [{ ...app, state: 'suspended' }] });
    await world.crosses.open(asked);
    expect(state()).toBe('armed');
  });

  it('takes a code and epochs that were never given out before', async () => {
    await world.crosses.open(asked);
    await world.crosses.close('CROSS-1');
    expect(await world.crosses.open(asked)).toMatchObject({ code: 'CROSS-2', members: [{ epoch: 7 }, { epoch: 8 }] });
    expect((await world.switcher.bind('acme')).epoch).toBe(9);
  });

  it('makes its members’ bindings current, each at its own epoch', async () => {
    await world.crosses.open(asked);
    const { facts } = world;
    expect([facts.isCurrent(bindingTo('acme', 5)), facts.isCurrent(bindingTo('zenith', 6))]).toEqual([true, true]);
    for (const other of [bindingTo('acme', 6), bindingTo('zenith', 5), bindingTo('acme', 5, 'other')]) {
      expect(facts.isCurrent(other), JSON.stringify(other)).toBe(false);
    }
  });

  it('is untouched by a switch', async () => {
    await world.crosses.open(asked);
    await world.switcher.bind('zenith');
    expect([state(), world.facts.desk.crosses.length]).toEqual(['armed', 1]);
    expect(world.entries.filter(({ kind }) => kind === 'client.suspended')).toEqual([]);
  });
});

describe('close', () => {
  it('counts at once, suspends the app, and is recorded for each customer', async () => {
    await world.crosses.open(asked);
    await world.crosses.close('CROSS-1');
    expect(world.scopes.at(-1)).toMatchObject({ crosses: [], clients: [{ state: 'suspended' }] });
    expect(world.facts.isCurrent(bindingTo('acme', 5))).toBe(false);
    expect(readDesk(world.host, msp)).toMatchObject({ crosses: [], clients: [{ state: 'suspended' }] });
  });

  it.each([
    ['the disk', 'onWrite', diskFull],
    ['the ledger', 'onRecord', unwritable],
  ] as const)('counts when %s refuses, and says so', async (_, at, refuse) => {
    await world.crosses.open(asked);
    world[at] = refuse;
    await expect(world.crosses.close('CROSS-1')).rejects.toBeInstanceOf(Fault);
    expect([world.scopes.at(-1)?.crosses, state()]).toEqual([[], 'suspended']);
  });

  it('refuses a code that is not open', async () => {
    await expect(world.crosses.close('CROSS-1')).rejects.toMatchObject({ code: 'UNKNOWN_CROSS' });
  });
});

describe('the end of its time', () => {
  const clock = (now: number) => Object.assign(world.host, { now: () => now });
  const released = (customer: string, epoch: number, because: string) => ({
    kind: 'customer.released',
    customer,
    cross: 'CROSS-1',
    params: { cross: 'CROSS-1', client: 'cursor', epoch, because },
  });

  it('closes it by itself, and records that', async () => {
    await world.crosses.open(asked);
    world.entries.length = 0;
    clock(hostNow + 3_600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([state(), world.facts.desk.crosses]).toEqual(['suspended', []]);
    expect(world.entries).toEqual([
      released('ACME-1', 5, 'time'),
      released('ZEN-2', 6, 'time'),
      {
        kind: 'client.suspended',
        customer: null,
        cross: 'CROSS-1',
        params: { client: 'cursor', because: 'cross-ended' },
      },
    ]);
  });

  it('is not before', async () => {
    await world.crosses.open(asked);
    clock(hostNow + 3_599_000);
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect([state(), world.facts.desk.crosses.length]).toEqual(['armed', 1]);
  });

  it.each([
    ['over', hostNow + 3_600_000, 0],
    ['not over', hostNow + 3_599_999, 1],
    ['of a clock that was set back since', hostNow - 1, 0],
  ])('is looked at when Bulkhead starts: one that is %s', async (_, now, left) => {
    await world.crosses.open(asked);
    const { desk } = world.facts;
    world.crosses.unwatch();
    world = deskWorld(desk);
    clock(now);
    await world.crosses.watch();
    expect([world.facts.desk.crosses.length, state()]).toEqual([left, left === 0 ? 'suspended' : 'armed']);
  });

  it.each([
    ['suspend', 'suspended'],
    ['revoke', 'revoked'],
  ] as const)('comes when a person makes the app be %s', async (deed, state) => {
    await world.crosses.open(asked);
    world.entries.length = 0;
    await world.clientApps[deed]('cursor');
    expect(world.scopes.at(-1)).toMatchObject({ crosses: [], clients: [{ state }] });
    expect(world.entries.slice(1)).toEqual([released('ACME-1', 5, state), released('ZEN-2', 6, state)]);
  });
});

describe('renewBindings', () => {
  it('gives a member whose mapping changed an epoch that was never given out before', async () => {
    await world.crosses.open(asked);
    const { desk } = renewBindings(world.facts, (customer) => customer === 'zenith');
    expect(desk.crosses[0]?.members).toEqual([
      { customer: 'acme', epoch: 5 },
      { customer: 'zenith', epoch: 7 },
    ]);
    expect(desk.epoch).toBe(7);
  });
});
