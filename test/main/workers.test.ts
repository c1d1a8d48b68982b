// Every worker the supervisor starts is on its list until it has ended: what is not on the list outlives the switch.
import { describe, expect, it } from 'vitest';
import { Workers } from '../../src-main/app/workers.ts';
import type { Child, Host } from '../../src-main/host.ts';
import { workerControl, WorkerBinding } from '../../src-shared/contract/worker.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { settle } from '../gateway/given.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

const binding = WorkerBinding.parse({
  tenant: 'msp',
  customer: 'acme',
  customerCode: 'ACME-1',
  instance: 'halopsa-main',
  connector: 'halopsa',
  epoch: 1,
  owner: '12',
  baseUrl: 'https://halo.example',
  settings: {},
  grantKey: 'k'.repeat(43),
});

const nothing = (): never => {
  throw new Error('not asked here');
};

function world() {
  const spawned: FakeChild[] = [];
  const held: (() => void)[] = [];
  const dismissed: string[] = [];
  const host: Pick<Host, 'spawn' | 'link'> = {
    spawn: async (): Promise<Child> => {
      const child = fakeChild('worker');
      spawned.push(child);
      serve(workerControl, { bind: () => {}, describe: nothing, survey: nothing }, child.far);
      return child;
    },
    // A slow machine: each link waits until the test lets it go.
    link: () => new Promise((resolve) => void held.push(resolve)),
  };
  const brokerApi = { admit: async () => {}, dismiss: async ({ link }: { link: string }) => void dismissed.push(link) };
  const peers = { gateway: fakeChild('gateway'), broker: fakeChild('broker'), brokerApi } as unknown as Parameters<
    Workers['open']
  >[1];
  const workers = new Workers(host, ({ epoch }) => epoch >= 1000); // As members of cross-customer scopes would be.
  return {
    workers,
    spawned,
    held,
    open: (epoch = 1) => workers.open({ ...binding, epoch }, peers, () => true),
  };
}

async function letGo(held: (() => void)[]): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await settle();
    for (const resolve of held.splice(0)) resolve();
  }
}

describe('open', () => {
  it('starts one worker of a name however often it is asked, so that none outlives the switch unseen', async () => {
    const { workers, spawned, held, open } = world();
    const asked = Promise.allSettled([open(), open()]); // A gateway under someone else's control asks twice at once.
    await letGo(held);
    expect((await asked).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await workers.endStale(() => false);
    expect(spawned.map((child) => child.isKilled())).toEqual(spawned.map(() => true));
  });

  it('starts a worker anew when the one before has ended', async () => {
    const { workers, spawned, held, open } = world();
    for (const count of [1, 2]) {
      const opened = open();
      await letGo(held);
      await opened;
      expect([workers.count, spawned.length]).toEqual([1, count]);
    }
    expect(spawned[0]?.isKilled()).toBe(true);
  });

  it('keeps at most 24: spare ones end first, the oldest of them, and never the one just opened', async () => {
    const { spawned, held, open } = world();
    const openAll = async (epochs: readonly number[]): Promise<void> => {
      for (const epoch of epochs) {
        const opened = open(epoch);
        await letGo(held);
        await opened;
      }
    };
    const isAlive = () => spawned.map((child) => !child.isKilled());
    await openAll([1, 2, 1000, 1001]);
    await openAll(Array.from({ length: 20 }, (_, at) => 10 + at));
    expect(isAlive().every(Boolean)).toBe(true);
    await openAll([1002]);
    expect(isAlive().slice(0, 4)).toEqual([true, true, false, true]);
    await openAll([40]);
    expect(isAlive().slice(0, 4)).toEqual([true, true, false, false]);
    await openAll([41, 42, 1003]); // The last spare one goes, then the oldest of all, and what was asked for stays.
    expect([isAlive().slice(0, 2), isAlive().at(-1)]).toEqual([[false, false], true]);
  });
});
