import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Crew } from '../../src-main/app/crew.ts';
import { brokerControl } from '../../src-shared/contract/broker.ts';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import type { Host } from '../../src-main/host.ts';
import type { Contract, Emit, Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

let world: DeskWorld;
/** The ledgers that were started, and what each tells. */
let ledgers: { readonly child: FakeChild; readonly emit: Emit<typeof ledgerControl> }[];
const only = <C extends Contract>(handlers: Partial<Handlers<C>>): Handlers<C> => handlers as Handlers<C>;

beforeEach(async () => {
  vi.useFakeTimers();
  world = deskWorld();
  ledgers = [];
  const spawn: Host['spawn'] = async ({ name }) => {
    const child = fakeChild(name);
    if (name === 'gateway') return new Promise(() => {}); // Not needed here.
    if (name === 'broker') {
      const open = () => ({ sealKey: 'k'.repeat(43), deviceKey: 'd'.repeat(43), device: 'laptop-1' });
      serve(brokerControl, only<typeof brokerControl>({ open, lastSigned: () => null }), child.far);
    } else {
      const handlers = only<typeof ledgerControl>({
        open: () => ({ entries: 3, interrupted: [], isCut: false }),
        page: () => ({ entries: [], isEnd: true }),
      });
      ledgers.push({ child, ...serve(ledgerControl, handlers, child.far) });
    }
    return child;
  };
  const host = { ...world.host, spawn, link: async () => {} } as unknown as Host;
  void new Crew(host, world.facts, () => {}, { version: '1', mcpPort: 0, keychain: {} }).start();
  await vi.waitFor(() => expect(ledgers).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => vi.useRealTimers());

describe('a ledger that comes after another', () => {
  it('begins without what that one told of its disk and of the clock', async () => {
    const { facts } = world;
    const [first] = ledgers;
    first?.emit('state', { problem: 'The disk is full.', remedy: 'Free some space.' });
    first?.emit('clock', { behind: 7200 });
    await vi.advanceTimersByTimeAsync(0);
    expect([facts.ledger.problem, facts.ledgerRemedy, facts.clockBehind]).toEqual([
      'The disk is full.',
      'Free some space.',
      7200,
    ]);
    first?.child.kill();
    await vi.advanceTimersByTimeAsync(0);
    expect([facts.ledger.problem, facts.ledgerRemedy]).toEqual([
      'The ledger is starting again: until then every call is refused.',
      expect.stringMatching(/by itself/),
    ]);
    await vi.advanceTimersByTimeAsync(200);
    expect(ledgers).toHaveLength(2);
    expect([facts.ledger.problem, facts.ledgerRemedy, facts.clockBehind]).toEqual([null, null, null]);
  });
});
