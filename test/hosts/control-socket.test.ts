import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ControlSurface } from '../../src-main/host.ts';
import { controlSocket } from '../../src-main/node/control-socket.ts';
import { homeFiles } from '../../src-main/node/home-files.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';

let home: string;
let opened: ControlSurface[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ctl-'));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((surface) => surface.close()));
  rmSync(home, { recursive: true, force: true });
});

const open = async (onConnection = (port: Port): void => port.close()): Promise<string> => {
  const surface = await controlSocket({
    files: homeFiles(home),
    platform: process.platform,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    onConnection,
  });
  opened.push(surface);
  return surface.path;
};
const outcome = (start: Promise<string>) =>
  start.then(
    () => 'runs',
    ({ code }: { code: string }) => code,
  );
const isAnswered = async (path: string): Promise<boolean> => {
  const socket = connect(path);
  const [answer] = await Promise.race([
    once(socket, 'connect').then(() => [true]),
    once(socket, 'error').then(() => [false]),
  ]);
  socket.destroy();
  return answer === true;
};
const path = () => join(home, 'run', 'control.sock');

/** A socket that nobody listens at any more, as a kill leaves it. */
function leaveStale(): void {
  homeFiles(home).makeFolder('run');
  const script = `require('node:net').createServer().listen(${JSON.stringify(path())}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
}

describe.skipIf(process.platform === 'win32')('controlSocket', () => {
  it('takes the place of one that was killed, and leaves nothing beside it', async () => {
    leaveStale();
    expect(readdirSync(join(home, 'run'))).toEqual(['control.sock']);
    expect(await isAnswered(await open())).toBe(true);
    expect(readdirSync(join(home, 'run'))).toEqual(['control.sock']);
  });

  it('refuses while another runs, and leaves that one as it was', async () => {
    await open();
    expect(await outcome(open())).toBe('ALREADY_RUNNING');
    expect(await isAnswered(path())).toBe(true);
  });

  it('lets one of several simultaneous starts run, and that one keeps its socket', async () => {
    for (let round = 0; round < 8; round += 1) {
      leaveStale();
      const outcomes = await Promise.all(Array.from({ length: 3 }, () => outcome(open())));
      expect(outcomes.sort()).toEqual(['ALREADY_RUNNING', 'ALREADY_RUNNING', 'runs']);
      expect(await isAnswered(path())).toBe(true);
      expect(readdirSync(join(home, 'run'))).toEqual(['control.sock']);
      await opened.pop()?.close();
    }
  });

  it('waits for no start that was killed while it opened its own', async () => {
    homeFiles(home).makeFolder('run/starting');
    const set = (ms: number) => utimesSync(join(home, 'run', 'starting'), new Date(), new Date(Date.now() + ms));
    set(-6000);
    expect(await isAnswered(await open())).toBe(true);
    await opened.pop()?.close();
    homeFiles(home).makeFolder('run/starting');
    set(3_600_000); // The clock was set back since.
    expect(await isAnswered(await open())).toBe(true);
    expect(readdirSync(join(home, 'run'))).toEqual(['control.sock']);
  });

  it('cuts off a command that does not read, and no other', async () => {
    const ports: Port[] = [];
    const arrived: (() => void)[] = [];
    const path = await open((port) => {
      ports.push(port);
      arrived.shift()?.();
    });
    const connection = async (): Promise<{ socket: Socket; port: Port }> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      arrived.push(resolve);
      const socket = connect(path).pause();
      await promise;
      return { socket, port: ports.at(-1) as Port };
    };
    const state = 'x'.repeat(1024 * 1024);
    const [stuck, reading] = [await connection(), await connection()];
    let heard = (): void => {};
    socketPort(reading.socket).onMessage(() => heard());
    let isCut = false;
    stuck.port.onClose(() => (isCut = true));
    let isCutToo = false;
    reading.port.onClose(() => (isCutToo = true));
    for (let told = 0; told < 40; told += 1) {
      stuck.port.post(state);
      const { promise: isHeard, resolve } = Promise.withResolvers<void>();
      heard = resolve;
      reading.port.post(state);
      await isHeard;
    }
    expect([isCut, isCutToo]).toEqual([true, false]);
    for (const { socket } of [stuck, reading]) socket.destroy();
  });

  it('says where it may not write', async () => {
    homeFiles(home).makeFolder('run');
    rmSync(join(home, 'run'), { recursive: true });
    writeFileSync(join(home, 'run'), '');
    await expect(open()).rejects.toMatchObject({
      code: 'HOME_UNUSABLE',
      message: expect.stringMatching(/something else than a folder .*\(ENOTDIR\)/),
      remedy: expect.stringMatching(/Move away/),
    });
  });

  it('says why, in words, when the folder of the socket cannot even be closed to others', async () => {
    const files = { ...homeFiles(home), makeFolder: () => {} }; // As where it is there and its rights may not be changed.
    const refused = controlSocket({ files, platform: process.platform, randomHex: () => '', onConnection: () => {} });
    await expect(refused).rejects.toMatchObject({
      code: 'HOME_UNUSABLE',
      message: expect.stringMatching(/socket for commands .*run: there is no such .*\(ENOENT\)/),
      remedy: expect.stringMatching(/./),
    });
  });

  it('says where the folder of a socket with a long path cannot be made, and why', async () => {
    const files = { ...homeFiles(home), path: (relative: string) => join(home, 'x'.repeat(100), relative) };
    mkdirSync(join(home, 'x'.repeat(100), 'run'), { recursive: true });
    vi.stubEnv('TMPDIR', join(home, 'gone'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const refused = controlSocket({ files, platform: process.platform, randomHex: () => '', onConnection: () => {} });
    await expect(refused).rejects.toMatchObject({
      code: 'HOME_UNUSABLE',
      message: expect.stringMatching(/gone: .*\(ENOENT\)/),
    });
  });
});
