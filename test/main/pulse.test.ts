import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endIfSilent } from '../../src-main/app/pulse.ts';
import type { Child } from '../../src-main/host.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(ask: () => Promise<unknown>) {
  const { promise: exited, resolve } = Promise.withResolvers<never>();
  const told: unknown[] = [];
  const child = { name: 'broker', exited, kill: () => told.push('killed') } as unknown as Child;
  endIfSilent(child, ask, (...line) => told.push(line));
  return { told, exit: () => resolve(undefined as never) };
}

describe('a process that must always answer', () => {
  it('is left alone while it does', async () => {
    const { told } = watched(async () => 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([]);
  });

  it('is ended when it is silent, and the log says which and why', async () => {
    const { told } = watched(async () => Promise.reject(new Error('late')));
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual([['warn', 'process.silent', { process: 'broker' }], 'killed']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(2);
  });

  it('is asked no more once it ended', async () => {
    let asked = 0;
    const { exit } = watched(async () => (asked += 1));
    await vi.advanceTimersByTimeAsync(4000);
    exit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(2);
  });
});
