import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectedSockets } from '../../src-main/node/connected-sockets.ts';

// Other tests link processes meanwhile, and other runs: this one looks into a folder of its own.
const own = mkdtempSync(join(tmpdir(), 'sockets-'));
process.env['TMPDIR'] = own;
afterAll(() => rmSync(own, { recursive: true, force: true }));

const folders = (): Set<string> => new Set(readdirSync(tmpdir()).filter((name) => /^bulkhead-.{6}$/.test(name)));

describe('connectedSockets', () => {
  // The way of Windows works here too: it is plain loopback.
  it.each(['linux', 'win32'])('connects two ends, paused, and leaves no address behind (%s)', async (platform) => {
    const before = folders();
    const [first, second] = await connectedSockets(platform);
    expect([first.isPaused(), folders()]).toEqual([true, before]);
    first.write('text');
    second.resume();
    expect(String((await once(second, 'data'))[0])).toBe('text');
    first.destroy();
    second.destroy();
  });

  it('voids the link when a stranger connects first', async () => {
    const before = folders();
    const linking = connectedSockets('linux');
    const folder = [...folders()].find((name) => !before.has(name));
    const stranger = connect(join(tmpdir(), folder ?? '', 'link'));
    stranger.on('error', () => {});
    await expect(linking).rejects.toMatchObject({ code: 'LINK_FAILED' });
    stranger.destroy();
    expect(folders()).toEqual(before);
  });

  it('can be handed to one child again and again, and leaves nothing on it', async () => {
    const child = fork(new URL('./stub-keeper.ts', import.meta.url));
    const before = child.listenerCount('exit');
    for (let time = 0; time < 12; time += 1) {
      const [first, second] = await connectedSockets('linux');
      await new Promise<void>((done) => void child.send('take', second, {}, () => done()));
      first.destroy();
    }
    expect(child.listenerCount('exit')).toBe(before);
    child.kill();
    await once(child, 'exit');
  });
});
