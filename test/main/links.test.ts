import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Links, type MemberName } from '../../src-main/app/links.ts';
import { Fault } from '../../src-shared/fault.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

let up: Partial<Record<MemberName, FakeChild>>;
let made: string[];
/** What becomes of the next links, in order; then they are made. */
let fails: (() => Promise<void>)[];
let links: Links;

const refuse = () => Promise.reject(new Fault('LINK_FAILED', 'x'));
const nameOf = (child: unknown): string => {
  const name = (Object.keys(up) as MemberName[]).find((each) => up[each] === child);
  return name ?? 'one that is gone';
};

beforeEach(() => {
  vi.useFakeTimers();
  up = { broker: fakeChild('broker'), ledger: fakeChild('ledger'), gateway: fakeChild('gateway') };
  made = [];
  fails = [];
  const link = async (one: { child: unknown; name: string }, other: { child: unknown; name: string }) => {
    await fails.shift()?.();
    made.push(`${nameOf(one.child)}.${one.name}-${nameOf(other.child)}.${other.name}`);
  };
  links = new Links({ link }, (name) => up[name]);
});
afterEach(() => vi.useRealTimers());

const [gatewayToLedger, ledgerToBroker] = ['gateway.ledger-ledger.gateway', 'ledger.broker-broker.ledger'];

describe('make', () => {
  it('links who is up, once, and whoever comes afresh anew', async () => {
    delete up.gateway;
    await links.make();
    await links.make();
    expect(made).toEqual([ledgerToBroker]);
    up.gateway = fakeChild('gateway');
    await links.make();
    expect(made).toEqual([ledgerToBroker, gatewayToLedger]);
  });

  it('tries again after a second when a link fails and both live, until it is made', async () => {
    fails = [refuse, async () => {}, refuse];
    await links.make();
    expect(made).toEqual([ledgerToBroker]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(made).toEqual([ledgerToBroker]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(made).toEqual([ledgerToBroker, gatewayToLedger]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves a link that failed to the restart of a member that died meanwhile', async () => {
    fails = [refuse];
    await links.make();
    delete up.gateway;
    await vi.advanceTimersByTimeAsync(1000);
    expect([made, vi.getTimerCount()]).toEqual([[ledgerToBroker], 0]);
  });

  it('keeps the link of the next process when that of the one before fails late', async () => {
    const { promise: isLate, reject } = Promise.withResolvers<void>();
    fails = [() => isLate];
    const first = links.make();
    up.gateway = fakeChild('gateway');
    await links.make();
    reject(new Fault('LINK_FAILED', 'x'));
    await first;
    await vi.advanceTimersByTimeAsync(10_000);
    await links.make();
    expect(made.filter((each) => each === gatewayToLedger)).toHaveLength(1);
  });
});

describe('makeEarly', () => {
  it('links one that does not count as up yet, and nobody else', async () => {
    const early = fakeChild('gateway');
    delete up.gateway;
    await links.makeEarly('gateway', early);
    up.gateway = early;
    expect(made).toHaveLength(1);
    await links.make();
    expect(made).toEqual(['one that is gone.ledger-ledger.gateway', ledgerToBroker]);
  });

  it('throws when that link cannot be made: it must not be used without', async () => {
    const early = fakeChild('gateway');
    delete up.gateway;
    fails = [refuse];
    await expect(links.makeEarly('gateway', early)).rejects.toMatchObject({ code: 'LINK_FAILED' });
    up.gateway = early;
    await links.make();
    expect(made).toEqual([gatewayToLedger, ledgerToBroker]);
  });
});
