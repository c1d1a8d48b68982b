import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Member } from '../../src-main/app/member.ts';
import type { ChildOptions } from '../../src-main/host.ts';
import { Fault } from '../../src-shared/fault.ts';
import { fakeChild, type FakeChild } from './fake-host.ts';

let now: number;
let children: FakeChild[];
let downs: number;
let ups: string[];
let lines: string[];
let setUp: (child: unknown) => Promise<void>;
let spawn: () => Promise<FakeChild>;
let member: Member;

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  children = [];
  downs = 0;
  ups = [];
  lines = [];
  setUp = async () => {};
  spawn = async () => fakeChild('ledger');
  member = new Member({
    host: {
      now: () => now,
      spawn: async () => {
        const child = await spawn();
        children.push(child);
        return child;
      },
    },
    log: (_, event) => lines.push(event),
    child: () => ({ name: 'ledger' }) as ChildOptions,
    setUp: (child) => setUp(child),
    setUpDeadline: 1000,
    onUp: async () => void ups.push(member.view().state),
    onDown: () => (downs += 1),
    onChange: () => {},
  });
});
afterEach(() => vi.useRealTimers());

const last = () => children.at(-1) as FakeChild;
/** Milliseconds, in steps of ten, until there is one child more. */
async function untilNext(): Promise<number> {
  const before = children.length;
  let waited = 0;
  while (children.length === before && waited < 20_000) {
    await vi.advanceTimersByTimeAsync(10);
    waited += 10;
  }
  return waited;
}

describe('Member', () => {
  it('is up once it is set up, and not before', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    setUp = () => promise;
    const started = member.start();
    await vi.advanceTimersByTimeAsync(0);
    expect([member.view().state, member.child, ups]).toEqual(['starting', undefined, []]);
    resolve();
    await started;
    expect([member.view().state, member.child, ups]).toEqual(['up', last(), ['up']]);
    await member.stop();
  });

  it('starts again after a crash, each time later, up to five seconds', async () => {
    await member.start();
    const waits = [];
    for (let crash = 0; crash < 8; crash += 1) {
      last().end();
      waits.push(await untilNext());
    }
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    expect([downs, member.view().restarts]).toEqual([8, 8]);
    expect(lines).toEqual(Array(8).fill('process.ended'));
    await member.stop();
  });

  it('forgets its patience after a quiet spell', async () => {
    await member.start();
    for (let crash = 0; crash < 4; crash += 1) {
      last().end();
      await untilNext();
    }
    now += 30_001;
    last().end();
    expect(await untilNext()).toBe(100);
    await member.stop();
  });

  it('is for its caller to report when it cannot be set up at first, and does not try again', async () => {
    setUp = () => Promise.reject(new Fault('KEYCHAIN_LOCKED', 'x'));
    await expect(member.start()).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect([last().isKilled(), member.problem?.code, member.view().state]).toEqual([true, 'KEYCHAIN_LOCKED', 'down']);
    expect(await untilNext()).toBe(20_000);
  });

  it('says so when its process ends while it starts', async () => {
    setUp = () => new Promise(() => {});
    const started = member.start().catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(0);
    last().end();
    expect(await started).toMatchObject({ code: 'PROCESS_ENDED' });
  });

  it('ends a process that takes too long to start, and says so', async () => {
    setUp = () => new Promise(() => {});
    const started = member.start().catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(999);
    expect(last().isKilled()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(last().isKilled()).toBe(true);
    expect(await started).toMatchObject({ code: 'PROCESS_SLOW' });
  });

  it('keeps trying when a restart cannot be set up, and tells why it is not up', async () => {
    await member.start();
    setUp = () => Promise.reject(new Error('the password is hunter2'));
    last().end();
    await untilNext();
    await vi.advanceTimersByTimeAsync(0);
    expect([member.problem?.code, member.view().state, member.child]).toEqual(['INTERNAL', 'down', undefined]);
    setUp = async () => {};
    await untilNext();
    await vi.advanceTimersByTimeAsync(0);
    expect([member.problem, member.view().state]).toEqual([undefined, 'up']);
    await member.stop();
  });

  it('ends its process when it is stopped, and starts no other', async () => {
    await member.start();
    await member.stop();
    expect(last().isKilled()).toBe(true);
    expect(await untilNext()).toBe(20_000);
  });

  it('stops at once while it waits for its next try', async () => {
    await member.start();
    last().end();
    await vi.advanceTimersByTimeAsync(50);
    await member.stop();
    expect(children).toHaveLength(1);
  });

  it('ends a process that was being spawned when it was stopped', async () => {
    await member.start();
    const { promise, resolve } = Promise.withResolvers<FakeChild>();
    spawn = () => promise;
    last().end();
    await vi.advanceTimersByTimeAsync(100);
    const stopped = member.stop();
    const late = fakeChild('ledger');
    setUp = () => new Promise(() => {});
    resolve(late);
    await stopped;
    expect(late.isKilled()).toBe(true);
  });

  it('does not wait out its patience when it is stopped while a restart is being set up', async () => {
    await member.start();
    setUp = () => new Promise(() => {});
    last().end();
    await untilNext();
    await member.stop();
    expect([children.length, last().isKilled()]).toEqual([2, true]);
  });
});
