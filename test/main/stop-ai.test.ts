import { describe, expect, it } from 'vitest';
import { readDesk } from '../../src-main/app/desk.ts';
import { Fault } from '../../src-shared/fault.ts';
import { bindingTo, clientOf, msp, settle } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { diskFull, hostNow } from './fake-host.ts';

const unwritable = () => {
  throw new Fault('LEDGER_UNWRITABLE', 'The disk is full.');
};
const since = new Date(hostNow).toISOString();

describe('stop', () => {
  it('counts at once: the gateway knows before anything is written or recorded', async () => {
    const world = deskWorld();
    await world.aiSwitch.stop();
    expect(world.deeds).toEqual(['write', 'scope none', 'endStale', 'alert']);
    expect(world.scopes).toMatchObject([{ isStopped: true }]);
    expect(world.entries).toEqual([{ kind: 'alert', customer: null, params: { alert: 'ai-stopped' } }]);
  });

  it('tells the gateway before it writes', async () => {
    const world = deskWorld();
    const order: string[] = [];
    world.onScope = () => void order.push('told');
    world.onWrite = () => void order.push('written');
    await world.aiSwitch.stop();
    expect(order).toEqual(['told', 'written']);
  });

  it('is kept over a restart, with since when and by whom', async () => {
    const world = deskWorld();
    await world.aiSwitch.stop();
    expect(readDesk(world.host, msp).stopped).toEqual({ since, by: 'Amy Kowalski' });
  });

  it.each([
    ['the disk', 'onWrite', diskFull, 'HOME_UNUSABLE'],
    ['the ledger', 'onRecord', unwritable, 'LEDGER_UNWRITABLE'],
  ] as const)('counts when %s refuses, and says so', async (_, at, refuse, code) => {
    const world = deskWorld();
    world[at] = refuse;
    await expect(world.aiSwitch.stop()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^All AI work is stopped/) as string,
    });
    expect(world.scopes).toMatchObject([{ isStopped: true }]);
    expect(world.facts.desk.stopped).not.toBeNull();
    expect(world.deeds).toContain('endStale');
  });

  it('waits for no other deed at the desk', async () => {
    const world = deskWorld();
    const { promise: hung, resolve } = Promise.withResolvers<void>();
    world.onRecord = (kind) => (kind === 'customer.bound' ? hung : undefined);
    const bound = world.switcher.bind('acme');
    await settle();
    await world.aiSwitch.stop();
    expect(world.scopes.at(-1)).toMatchObject({ isStopped: true });
    resolve();
    await bound;
    expect([world.facts.desk.stopped?.by, readDesk(world.host, msp).stopped?.by]).toEqual([
      'Amy Kowalski',
      'Amy Kowalski',
    ]);
    expect(world.scopes.at(-1)).toMatchObject({ bound: 'acme/1', isStopped: true });
  });

  it('leaves no worker of a client app current, and the operator’s', async () => {
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 1 } });
    const { facts, aiSwitch, switcher } = deskWorld({ epoch: 1, clients: [pinned] });
    await switcher.bind('acme');
    expect(facts.isCurrent(bindingTo('zenith', 1))).toBe(true);
    await aiSwitch.stop();
    expect([facts.isCurrent(bindingTo('zenith', 1)), facts.isCurrent(bindingTo('acme', 2))]).toEqual([false, true]);
  });

  it('keeps the first moment when it is stopped twice', async () => {
    const world = deskWorld({ stopped: { since: '2026-11-20T08:00:00.000Z', by: 'Helen' } });
    await world.aiSwitch.stop();
    expect(world.facts.desk.stopped).toEqual({ since: '2026-11-20T08:00:00.000Z', by: 'Amy Kowalski' });
  });
});

describe('resume', () => {
  const stopped = { since, by: 'Helen' };

  it('is recorded and on the disk before the gateway hears of it', async () => {
    const world = deskWorld({ stopped });
    await world.aiSwitch.resume();
    expect(world.deeds).toEqual(['alert', 'write', 'scope none']);
    expect(world.entries).toEqual([
      { kind: 'alert', customer: null, params: { alert: 'ai-resumed', stoppedAt: since } },
    ]);
    expect([world.scopes.at(-1)?.isStopped, readDesk(world.host, msp).stopped]).toEqual([false, null]);
  });

  it.each([
    ['the ledger', 'onRecord', unwritable],
    ['the disk', 'onWrite', diskFull],
  ] as const)('lets nothing run when %s refuses', async (_, at, refuse) => {
    const world = deskWorld({ stopped });
    world[at] = refuse;
    await expect(world.aiSwitch.resume()).rejects.toBeInstanceOf(Fault);
    expect([world.facts.desk.stopped, world.scopes]).toEqual([stopped, []]);
  });

  it('lets nothing run when whoever asked gave up while it was being recorded', async () => {
    const world = deskWorld({ stopped });
    const givingUp = new AbortController();
    world.onRecord = () => givingUp.abort();
    await expect(world.aiSwitch.resume(givingUp.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([world.facts.desk.stopped, world.scopes]).toEqual([stopped, []]);
  });

  it('loses against a stop that came while it was being recorded', async () => {
    const world = deskWorld({ stopped });
    world.onRecord = async (kind) => {
      world.onRecord = () => {};
      if (kind === 'alert') await world.aiSwitch.stop();
    };
    await expect(world.aiSwitch.resume()).rejects.toMatchObject({ code: 'AI_STOPPED_AGAIN' });
    expect(world.facts.desk.stopped).not.toBeNull();
    expect(world.scopes.every(({ isStopped }) => isStopped)).toBe(true);
  });

  it('does nothing while nothing is stopped', async () => {
    const world = deskWorld();
    await world.aiSwitch.resume();
    expect(world.deeds).toEqual([]);
  });
});
