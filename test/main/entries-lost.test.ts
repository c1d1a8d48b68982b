// The ledger is opened as what the broker remembers to have signed; that entries of it are gone is its first new entry.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Crew } from '../../src-main/app/crew.ts';
import type { Facts } from '../../src-main/app/facts.ts';
import type { Host } from '../../src-main/host.ts';
import { brokerControl } from '../../src-shared/contract/broker.ts';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { LastSigned } from '../../src-shared/model/last-signed.ts';
import type { Contract, Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { deskWorld } from './desk-of.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

const root = Buffer.alloc(32).toString('base64');
const only = <C extends Contract>(handlers: Partial<Handlers<C>>): Handlers<C> => handlers as Handlers<C>;

/** What happened, in order, and the processes by name: the last of a name is the one that runs. */
let deeds: unknown[];
let children: Map<string, FakeChild>;
let signed: LastSigned | null;
let isCut: boolean;
let facts: Facts;
/** Ends what it is told to at a moment, or makes it fail. */
let before: (deed: string) => void;

beforeEach(() => {
  vi.useFakeTimers();
  [deeds, children, signed, isCut, before] = [[], new Map(), { size: 9, root, isGivenUp: false }, false, () => {}];
});
afterEach(() => vi.useRealTimers());

const did = (deed: string, more: unknown[] = []): void => {
  before(deed);
  deeds.push(more.length === 0 ? deed : [deed, ...more]);
};

function start(): Promise<unknown> {
  const { host, ...world } = deskWorld();
  ({ facts } = world);
  const spawn: Host['spawn'] = async ({ name }) => {
    const child = fakeChild(name);
    children.set(name, child);
    if (name === 'gateway') return new Promise(() => {}); // Not needed here.
    if (name === 'broker') {
      const handlers = only<typeof brokerControl>({
        open: () => ({ sealKey: 'k'.repeat(43), deviceKey: 'd'.repeat(43), device: 'laptop-1' }),
        lastSigned: () => {
          before('ask');
          return signed;
        },
        giveUpSigned: () => {
          did('give up');
          signed = signed && { ...signed, isGivenUp: true };
        },
      });
      serve(brokerControl, handlers, child.far);
    } else {
      const handlers = only<typeof ledgerControl>({
        open: (opening) => {
          did('open', [opening.signed]);
          return { entries: 2, interrupted: [], isCut };
        },
        append: ({ kind, principal, params }) => {
          did('append', [kind, principal.kind, params]);
          return { seq: 3, leaf: '' };
        },
        page: () => ({ entries: [], isEnd: true }),
      });
      serve(ledgerControl, handlers, child.far);
    }
    return child;
  };
  const link: Host['link'] = async (one, other) => void deeds.push(`link ${one.child.name}-${other.child.name}`);
  const crew = new Crew({ ...host, spawn, link } as unknown as Host, facts, () => {}, {
    version: '1',
    mcpPort: 0,
    keychain: {},
  });
  return crew.start().then(
    () => 'started',
    (thrown: Fault) => thrown.code,
  );
}

const settled = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const alert = ['append', 'alert', 'system', { alert: 'entries-lost', signed: 9, entries: 2 }];
const linked = 'link ledger-broker';

describe('the ledger at a start', () => {
  it('is opened as what was signed, and nothing is recorded where that is all there', async () => {
    void start();
    await settled();
    expect(deeds).toEqual([['open', signed], linked]);
    expect(facts.ledger.checkpoint).toBe(9);
  });

  it('begins with what is gone: told to the broker, then recorded, and only then can anything be signed', async () => {
    const was = signed;
    isCut = true;
    void start();
    await settled();
    expect(deeds).toEqual([['open', was], 'give up', alert, linked]);
    expect(facts.ledger.checkpoint).toBe(null);
  });

  it('records nothing where the broker remembers nothing', async () => {
    [signed, isCut] = [null, false];
    void start();
    await settled();
    expect(deeds).toEqual([['open', null], linked]);
  });

  it('is not opened by a broker that cannot tell', async () => {
    before = () => {
      throw new Fault('VAULT_LOCKED', 'no');
    };
    expect(await start()).toBe('VAULT_LOCKED');
    expect(deeds).toEqual([]);
  });
});

describe('a ledger that is started again', () => {
  it('is opened as what was signed meanwhile, by whichever broker there is then', async () => {
    void start();
    await settled();
    signed = { size: 12, root, isGivenUp: false };
    deeds = [];
    children.get('ledger')?.kill();
    children.get('broker')?.kill();
    await settled(1000);
    expect(deeds).toEqual([['open', signed], linked]);
  });

  it('waits for a broker that is silent, and is not opened meanwhile', async () => {
    void start();
    await settled();
    deeds = [];
    before = () => {
      throw new Fault('VAULT_LOCKED', 'no');
    };
    children.get('ledger')?.kill();
    await settled(1000);
    expect(deeds).toEqual([]);
    before = () => {};
    await settled(6000);
    expect(deeds).toEqual([['open', signed], linked]);
  });

  it.each(['give up', 'append'])('records what is gone, whatever ended it before: %s', async (moment) => {
    void start();
    await settled();
    isCut = true;
    before = (deed) => {
      if (deed !== moment) return;
      before = () => {};
      children.get('ledger')?.kill();
      throw new Fault('KILLED', 'no');
    };
    deeds = [];
    children.get('ledger')?.kill();
    await settled(1000);
    const given = { ...signed, isGivenUp: true };
    const first = { ...signed, isGivenUp: false };
    expect(deeds).toEqual(
      moment === 'append'
        ? [['open', first], 'give up', ['open', given], 'give up', alert, linked]
        : [['open', first], ['open', first], 'give up', alert, linked],
    );
  });
});
