import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../code-of.ts';
import { clientOf, settle } from '../gateway/given.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';

/** A deed at the desk that waits for the ledger, until the test lets it go on. */
let world: DeskWorld;
let goOn: () => void;
beforeEach(() => {
  world = deskWorld({
    epoch: 1,
    clients: [clientOf({ name: 'cursor', armedFor: 'acme' }), clientOf({ name: 'other' })],
  });
});
function holdUp(kind: string): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  goOn = resolve;
  world.onRecord = (recorded) => (recorded === kind ? promise : undefined);
}
const stateOf = (name: string) => world.facts.desk.clients.find((app) => app.name === name)?.state;
const known = () => ({
  app: world.scopes.at(-1)?.clients.find(({ name }) => name === 'cursor')?.state,
  bound: world.scopes.at(-1)?.bound,
});

describe('while another deed at the desk waits', () => {
  beforeEach(async () => {
    await world.switcher.bind('acme');
    holdUp('client.added');
    void world.clientApps.add('late', null);
    await settle();
  });

  it.each([
    ['suspend', 'suspended'],
    ['revoke', 'revoked'],
  ] as const)('%s counts at once, and stays when that deed is done', async (deed, state) => {
    await world.clientApps[deed]('cursor');
    expect([stateOf('cursor'), known().app]).toEqual([state, state]);
    goOn();
    await settle();
    expect([stateOf('cursor'), stateOf('late')]).toEqual([state, 'armed']);
  });

  it('release counts at once, and a bind that was asked for before it is not done after it', async () => {
    const bound = codeOf(world.switcher.bind('zenith'));
    await world.switcher.release();
    expect([world.facts.switcher, known().bound]).toEqual([null, null]);
    goOn();
    expect(await bound).toBe('CANCELLED');
    expect(world.facts.switcher).toBeNull();
    expect((await world.switcher.bind('zenith')).customer.id).toBe('zenith');
  });
});

describe('a deed that widens', () => {
  it('does not arm an app that is revoked while it is recorded', async () => {
    await world.switcher.bind('acme');
    await world.clientApps.suspend('cursor');
    holdUp('client.armed');
    const armed = codeOf(world.clientApps.arm('cursor', null));
    await settle();
    await world.clientApps.revoke('cursor');
    goOn();
    expect(await armed).toBe('CLIENT_CHANGED');
    expect([stateOf('cursor'), known().app]).toEqual(['revoked', 'revoked']);
  });

  it('does not open a scope for an app that is revoked while it is recorded', async () => {
    holdUp('customer.bound');
    const asked = { client: 'cursor', customers: ['acme', 'zenith'], reason: 'the yearly audit', minutes: 30 };
    const opened = codeOf(world.crosses.open(asked));
    await settle();
    await world.clientApps.revoke('cursor');
    goOn();
    expect(await opened).toBe('CLIENT_CHANGED');
    expect([stateOf('cursor'), world.facts.desk.crosses]).toEqual(['revoked', []]);
  });

  it('does not bind a customer that is released while that is recorded', async () => {
    holdUp('customer.bound');
    const bound = codeOf(world.switcher.bind('zenith'));
    await settle();
    await world.switcher.release();
    goOn();
    expect(await bound).toBe('CANCELLED');
    expect([world.facts.switcher, known().bound]).toEqual([null, null]);
  });

  it('does not bring back by a switch an app that is revoked while the old customer’s calls end', async () => {
    await world.switcher.bind('acme');
    const { promise, resolve } = Promise.withResolvers<void>();
    let isFirst = true;
    world.onScope = () => {
      const wait = isFirst ? promise : undefined;
      isFirst = false;
      return wait;
    };
    const bound = world.switcher.bind('zenith');
    await settle();
    await world.clientApps.revoke('cursor');
    resolve();
    await bound;
    expect([stateOf('cursor'), known().app]).toEqual(['revoked', 'revoked']);
  });

  it('closes a scope at once, whatever is being opened', async () => {
    const { code } = await world.crosses.open({
      client: 'cursor',
      customers: ['acme', 'zenith'],
      reason: 'the yearly audit',
      minutes: 30,
    });
    holdUp('client.added');
    void world.clientApps.add('late', null);
    await settle();
    await world.crosses.close(code);
    expect([world.facts.desk.crosses, stateOf('cursor')]).toEqual([[], 'suspended']);
    goOn();
    await settle();
    expect([world.facts.desk.crosses, stateOf('cursor'), stateOf('late')]).toEqual([[], 'suspended', 'armed']);
  });
});
