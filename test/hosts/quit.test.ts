import { afterEach, describe, expect, it, vi } from 'vitest';
import { Quit } from '../../src-main/quit.ts';

afterEach(() => void vi.useRealTimers());

describe('Quit', () => {
  it('runs what was added last first, once, and goes on after a failure', async () => {
    const quit = new Quit();
    const ran: string[] = [];
    quit.add(async () => void ran.push('first'));
    quit.add(() => Promise.reject(new Error('no')));
    quit.add(async () => void ran.push('last'));
    await Promise.all([quit.run(), quit.run()]);
    expect(ran).toEqual(['last', 'first']);
  });

  it('waits no longer than two seconds', async () => {
    vi.useFakeTimers();
    const quit = new Quit();
    quit.add(() => new Promise(() => {}));
    const done = vi.fn();
    void quit.run().then(done);
    await vi.advanceTimersByTimeAsync(1999);
    expect(done).toHaveBeenCalled();
  });
});
