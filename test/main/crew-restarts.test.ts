import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Crew } from '../../src-main/app/crew.ts';
import type { Host } from '../../src-main/host.ts';
import { brokerControl } from '../../src-shared/contract/broker.ts';
import { gatewayControl } from '../../src-shared/contract/gateway.ts';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Contract, Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { makeIssuer } from '../gateway/enrolment.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

interface FakeBroker {
  readonly child: FakeChild;
  /** The gateways' keys it was told, in order. */
  readonly told: string[];
}
interface FakeGateway {
  readonly child: FakeChild;
  readonly key: string;
  isListening: boolean;
}

let world: DeskWorld;
let crew: Crew;
let brokers: FakeBroker[];
let gateways: FakeGateway[];
/** What the broker does before it answers anything that it is asked from now on. */
let atBroker: () => Promise<void> | void;
let link: Host['link'];
/** The name that the key of the broker to come has. */
let device: string;
let ledgers: FakeChild[];
/** What the ledger does before it answers a page, from now on. */
let atLedger: () => Promise<void> | void;
const only = <C extends Contract>(handlers: Partial<Handlers<C>>): Handlers<C> => handlers as Handlers<C>;

const spawn: Host['spawn'] = async ({ name }) => {
  const child = fakeChild(name);
  if (name === 'broker') serveBroker(child);
  else if (name === 'gateway') serveGateway(child);
  else {
    ledgers.push(child);
    const ledger = only<typeof ledgerControl>({
      open: () => ({ entries: 3, interrupted: [], isCut: false }),
      page: async () => (await atLedger(), { entries: [], isEnd: true }),
      countCalls: () => ({ calls: 0 }),
      tallyCalls: () => [],
      interrupted: () => [],
    });
    serve(ledgerControl, ledger, child.far);
  }
  return child;
};

function serveBroker(child: FakeChild): void {
  const broker: FakeBroker = { child, told: [] };
  brokers.push(broker);
  const handlers = only<typeof brokerControl>({
    open: () => ({ sealKey: 'k'.repeat(43), deviceKey: 'd'.repeat(43), device }),
    lastSigned: async () => (await atBroker(), null),
    trustGateway: async ({ grantKey }) => {
      broker.told.push(grantKey);
      await atBroker();
    },
  });
  serve(brokerControl, handlers, child.far);
}

function serveGateway(child: FakeChild): void {
  const gateway: FakeGateway = { child, key: `${gateways.length + 1}`.repeat(43), isListening: false };
  gateways.push(gateway);
  const handlers = only<typeof gatewayControl>({
    start: () => ({ grantKey: gateway.key }),
    enrol: () => {},
    scope: () => {},
    usage: () => ({ period: '2026-11', calls: 0, included: 100, overage: 'block' }),
    listen: () => ((gateway.isListening = true), { port: 4711, mcpUrl: 'http://127.0.0.1:4711/mcp' }),
  });
  serve(gatewayControl, handlers, child.far);
}

beforeEach(async () => {
  const enrolment = await (await makeIssuer()).enrol();
  vi.useFakeTimers();
  world = deskWorld({}, { enrolment });
  [brokers, gateways, ledgers] = [[], [], []];
  device = 'laptop-1';
  atBroker = () => {};
  atLedger = () => {};
  link = async () => {};
  const host = { ...world.host, spawn, link: (...ends: Parameters<Host['link']>) => link(...ends) } as unknown as Host;
  crew = new Crew(host, world.facts, () => {}, { version: '1', mcpPort: 0, keychain: {} });
  await crew.start();
});
afterEach(async () => {
  await crew.stop();
  vi.useRealTimers();
});

const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const stateOf = (name: string) => crew.views().find((view) => view.name === name)?.state;
const hang = () => (atBroker = () => new Promise<void>(() => {}));
const keys = () => gateways.map(({ key }) => key);

describe('a broker that hangs', () => {
  it('does not keep the gateway from coming up', async () => {
    hang();
    gateways[0]?.child.kill();
    await after(10_000);
    expect([stateOf('gateway'), gateways.length, gateways[1]?.isListening]).toEqual(['up', 2, true]);
  });

  it('is ended after a while, and the one that comes next is told whose grants it may honour', async () => {
    hang();
    gateways[0]?.child.kill();
    await after(5000);
    expect(brokers).toHaveLength(1);
    await after(13_000);
    expect([brokers.length, brokers[0]?.child.isKilled()]).toEqual([2, true]);
    atBroker = () => {};
    brokers[1]?.child.kill(); // It came up while everything hung.
    await after(1000);
    expect([stateOf('broker'), brokers.at(-1)?.told]).toEqual(['up', [keys()[1]]]);
  });

  it('is not ended for a question that it answers late', async () => {
    atBroker = () => new Promise((resolve) => setTimeout(resolve, 10_000));
    await after(120_000);
    expect([brokers.length, stateOf('broker')]).toEqual([1, 'up']);
  });
});

describe('a ledger that hangs', () => {
  const told = () => [world.facts.ledger.problem, world.facts.ledgerRemedy];
  const never = () => new Promise<void>(() => {});
  const late = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms));

  it('is told with a remedy of its own: no disk is to be freed, and it is ended by itself', async () => {
    atLedger = never;
    await after(6000);
    expect(told()).toEqual([
      expect.stringMatching(/^The ledger does not answer: /),
      expect.stringMatching(/ended and started anew by itself/),
    ]);
    expect(world.facts.ledgerRemedy).not.toMatch(/write access/);
    expect(ledgers).toHaveLength(1);
  });

  it('is told no more once it answers', async () => {
    atLedger = late(10_000);
    await after(6000);
    expect(told()[0]).toMatch(/^The ledger does not answer: /);
    atLedger = () => {};
    await after(12_000);
    expect([told(), ledgers.length]).toEqual([[null, null], 1]);
  });

  it('is ended after half a minute, and another comes up', async () => {
    atLedger = never;
    await after(29_000);
    expect([ledgers.length, ledgers[0]?.isKilled()]).toEqual([1, false]);
    await after(4000);
    expect([ledgers.length, ledgers[0]?.isKilled(), stateOf('ledger')]).toEqual([2, true, 'up']);
    expect(told()).toEqual([null, null]);
  });

  it('is not ended while it is only busy: one whose disk is slow answers late, again and again', async () => {
    atLedger = late(25_000);
    await after(600_000);
    expect(ledgers).toHaveLength(1);
  });

  it('is not ended in a loop: each that follows one is given twice the time, until one was well for ten minutes', async () => {
    atLedger = late(50_000); // A flush that takes longer than the first is given.
    await after(600_000);
    expect(ledgers).toHaveLength(2);
    atLedger = () => {};
    await after(650_000);
    ledgers[1]?.kill();
    await after(1000);
    expect(ledgers).toHaveLength(3);
    atLedger = never;
    await after(35_000);
    expect(ledgers).toHaveLength(4);
  });

  it('is given no more than some minutes, however often it hung', async () => {
    atLedger = never;
    for (const seconds of [32, 62, 122, 242, 482, 482]) {
      const before = ledgers.length;
      await after(seconds * 1000 + 6000); // And the pause before it is started again.
      expect(ledgers.length).toBeGreaterThan(before);
    }
  });
});

describe('a broker that starts again', () => {
  it('signs on with its key, unless that ended with it', async () => {
    brokers[0]?.child.kill();
    await after(150);
    expect([stateOf('broker'), world.facts.isKeyLost]).toEqual(['up', false]);
    device = 'laptop-2'; // A keystore in memory: the next one makes a key of its own.
    brokers[1]?.child.kill();
    await after(300);
    expect([stateOf('broker'), world.facts.isKeyLost]).toEqual(['up', true]);
    ledgers[0]?.kill();
    await after(300);
    expect([stateOf('ledger'), world.facts.isKeyLost]).toEqual(['up', false]);
  });
});

describe('a broker that starts again together with the gateway', () => {
  it('is told of the latest gateway before it counts as up', async () => {
    const { promise: isTold, resolve: go } = Promise.withResolvers<void>();
    atBroker = () => isTold;
    brokers[0]?.child.kill();
    await after(150);
    expect([brokers[1]?.told, stateOf('broker')]).toEqual([[keys()[0]], 'starting']);
    gateways[0]?.child.kill();
    await after(150);
    expect(keys()).toHaveLength(2);
    atBroker = () => {};
    go();
    await after(150);
    expect([brokers[1]?.told, stateOf('broker'), stateOf('gateway')]).toEqual([keys(), 'up', 'up']);
  });
});

describe('a gateway that starts again', () => {
  it('lets nobody call while it is not linked to the ledger: it starts once more', async () => {
    link = () => Promise.reject(new Fault('LINK_FAILED', 'x'));
    gateways[0]?.child.kill();
    await after(150);
    expect([gateways[1]?.isListening, gateways[1]?.child.isKilled()]).toEqual([false, true]);
    link = async () => {};
    await after(1000);
    expect([stateOf('gateway'), gateways.at(-1)?.isListening]).toEqual(['up', true]);
  });

  it('has the windows ask again once it can answer: what waited in the one before is gone', async () => {
    gateways[0]?.child.kill();
    await after(50);
    const atDown = world.facts.approvalChanges;
    expect([stateOf('gateway'), atDown]).toEqual(['down', 2]);
    await after(1000);
    expect([stateOf('gateway'), world.facts.approvalChanges]).toEqual(['up', 3]);
  });
});
