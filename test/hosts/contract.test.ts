import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../code-of.ts';
import { contentSecurityPolicy } from '../../src-main/content-security-policy.ts';
import { buildStub } from './build-stub.ts';
import { gone, hostKinds, isAlive, type RunningHost, runHost } from './run-host.ts';

/** One suite for both hosts: the Node host as it is, the Electron host on the double of `electron`. */
let out: string;
beforeAll(async () => {
  out = await buildStub('contract');
});

const confined = { env: {}, read: [], write: [], mayLoadAddons: false, isConfined: true };

describe.each(hostKinds)('the %s host', (kind) => {
  let host: RunningHost;
  beforeAll(async () => {
    // Neither may reach a child.
    host = await runHost({ kind, out, env: { NODE_OPTIONS: '--max-http-header-size=9000', A_SECRET: 'of the shell' } });
  });
  afterAll(() => host.stop());
  const ask = asker(() => host);

  it('gives a child exactly the environment it was told, and nothing of its own', async () => {
    const { child } = await host.control.spawn({ ...confined, env: { LEDGER: 'x' } });
    expect(await ask(child, 'env')).toEqual({ LEDGER: 'x' });
  });

  it('links two children that then hear each other under the names given, from the first message on', async () => {
    const first = await host.control.spawn(confined);
    const second = await host.control.spawn(confined);
    await host.control.link({ first: first.child, second: second.child, names: ['broker', 'worker-1'] });
    expect(await ask(first.child, 'overLink', { name: 'broker', text: 'é\n"' })).toBe(`${second.pid}:é\n"`);
    expect(await ask(second.child, 'overLink', { name: 'worker-1', text: 'b' })).toBe(`${first.pid}:b`);
    expect([await ask(first.child, 'links'), await ask(second.child, 'links')]).toEqual([['broker'], ['worker-1']]);
  });

  it('carries a long message over a link', async () => {
    const first = await host.control.spawn(confined);
    const second = await host.control.spawn(confined);
    await host.control.link({ first: first.child, second: second.child, names: ['a', 'b'] });
    const text = 'x'.repeat(3_000_000);
    expect(await ask(first.child, 'overLink', { name: 'a', text })).toBe(`${second.pid}:${text}`);
  });

  it('closes a link when the other end dies', async () => {
    const first = await host.control.spawn(confined);
    const second = await host.control.spawn(confined);
    await host.control.link({ first: first.child, second: second.child, names: ['a', 'b'] });
    await ask(first.child, 'overLink', { name: 'a', text: 'up' });
    await host.control.kill({ child: second.child });
    await expect.poll(() => ask(first.child, 'links')).toEqual([]);
  });

  it('refuses to link a child that has ended', async () => {
    const first = await host.control.spawn(confined);
    const second = await host.control.spawn(confined);
    await host.control.kill({ child: second.child });
    await host.control.exited({ child: second.child });
    const linked = host.control.link({ first: first.child, second: second.child, names: ['a', 'b'] });
    await expect(linked).rejects.toMatchObject({ code: 'LINK_FAILED' });
  });

  it('tells how a child ended, with its last words', async () => {
    const { child } = await host.control.spawn(confined);
    await expect(ask(child, 'exit', 7)).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    expect(await host.control.exited({ child })).toEqual({ code: 7, signal: null, lastWords: '' });

    const other = await host.control.spawn(confined);
    await ask(other.child, 'crash', `the end ${'.'.repeat(9000)} of it`);
    const { code, lastWords } = await host.control.exited({ child: other.child });
    expect(code).toBe(1);
    expect(lastWords.length).toBeLessThanOrEqual(4096);
    expect(lastWords).toContain('of it');
  });

  it('kills a child that does not listen any more', async () => {
    const { child, pid } = await host.control.spawn(confined);
    void ask(child, 'spin').catch(() => {});
    await host.control.kill({ child });
    await host.control.exited({ child });
    expect(isAlive(pid)).toBe(false);
  });

  it('tells of a child whose program is missing', async () => {
    const { child } = await host.control.spawnMissing();
    expect(await host.control.exited({ child })).toMatchObject({ code: 1 });
  });

  it('keeps its socket for commands to this user', () => {
    const mode = (path: string): string => (statSync(join(host.home, path)).mode & 0o777).toString(8);
    expect([mode('run'), mode('run/control.sock')]).toEqual(['700', '600']);
  });

  it('writes files of the home folder for this user alone, and none outside', async () => {
    await host.control.file({ path: 'tenants/a/b.json' });
    const mode = (path: string): string => (statSync(join(host.home, path)).mode & 0o777).toString(8);
    expect([mode('tenants'), mode('tenants/a'), mode('tenants/a/b.json')]).toEqual(['700', '700', '600']);
    await expect(host.control.file({ path: '../outside' })).rejects.toMatchObject({ code: 'HOME_UNUSABLE' });
    await expect(host.control.file({ path: '/outside' })).rejects.toMatchObject({ code: 'HOME_UNUSABLE' });
  });

  it('serves the window, which reaches the application, under the one policy', async () => {
    const page = await host.page();
    await expect.poll(() => page.textContent('#out')).toBe('hello');
    expect(await page.title()).toBe('stub');
    const headers = await page.evaluate(async () => Object.fromEntries((await fetch('index.html')).headers));
    expect(headers).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..\\..\\secret.txt']) {
      // A browser may take the path out of where the log-in holds: then it is as if nobody were logged in.
      const status = await page.evaluate(async (address) => (await fetch(`.${address}`)).status, path);
      expect([401, 404]).toContain(status);
    }
  });

  it('opens a connection for each load of the page and closes it when the page goes', async () => {
    const page = await host.page();
    await expect.poll(() => page.textContent('#out')).toBe('hello');
    const { windows } = await host.control.surface();
    await page.reload();
    await expect.poll(() => page.textContent('#out')).toBe('hello');
    await expect.poll(async () => (await host.control.surface()).windows).toBe(windows);
  });
});

describe.each(hostKinds)('the end of the %s host', (kind) => {
  let host: RunningHost;
  beforeEach(async () => {
    host = await runHost({ kind, out });
  });
  afterEach(() => host.stop());
  const ask = asker(() => host);

  it('leaves no child behind when it is killed, not even one in the middle of a call that never ends', async () => {
    const vendor = createServer(() => {}).listen(0, '127.0.0.1');
    await once(vendor, 'listening');
    const idle = await host.control.spawn(confined);
    const busy = await host.control.spawn(confined);
    void ask(busy.child, 'hang', { port: (vendor.address() as AddressInfo).port }).catch(() => {});
    await once(vendor, 'connection');
    host.kill('SIGKILL');
    await Promise.all([gone(host.pid), gone(idle.pid), gone(busy.pid)]);
    expect([host.pid, idle.pid, busy.pid].filter(isAlive)).toEqual([]);
    vendor.close();
  });

  it('stops in order on SIGTERM, in under two seconds, whatever a child does', async () => {
    const { child, pid } = await host.control.spawn(confined);
    void ask(child, 'spin').catch(() => {});
    const began = performance.now();
    host.kill('SIGTERM');
    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(4000);
    expect(readFileSync(join(host.home, 'stopped'), 'utf8')).toBe('in order');
    await gone(pid);
    expect(existsSync(join(host.home, 'run/control.sock'))).toBe(false);
  });

  it('quits when it is asked to', async () => {
    await host.control.quit().catch(() => {});
    expect((await host.ended).code).toBe(0);
  });
});

describe('nodeHost', () => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await runHost({ kind: 'headless', out });
  });
  afterAll(() => host.stop());
  const ask = asker(() => host);

  it('gives up a link that a child does not take: when it ends before, and when it hangs', async () => {
    const first = await host.control.spawn(confined);
    const second = await host.control.spawn(confined);
    const link = () => host.control.link({ first: first.child, second: second.child, names: ['a', 'b'] });
    process.kill(second.pid, 'SIGSTOP');
    await link(); // Lies in the channel; Node keeps what comes after it to itself until it is taken.
    await expect(link()).rejects.toMatchObject({ code: 'LINK_FAILED' });
    const last = codeOf(link());
    await host.control.kill({ child: second.child });
    expect(await last).toBe('LINK_FAILED');
    expect(await ask(first.child, 'env')).toEqual({});
  });

  it('confines a child to its own code and what it was given', async () => {
    const mine = join(host.home, 'mine');
    await host.control.file({ path: 'theirs/x' });
    await host.control.file({ path: 'given/x' });
    const { child } = await host.control.spawn({ ...confined, read: [join(host.home, 'given')], write: [mine] });
    expect({
      other: await ask(child, 'read', join(host.home, 'theirs/x')),
      passwords: await ask(child, 'read', '/etc/passwd'),
      given: await ask(child, 'read', join(host.home, 'given/x')),
      writeGiven: await ask(child, 'write', join(host.home, 'given/y')),
      writeMine: await ask(child, 'write', mine),
      spawn: await ask(child, 'spawn'),
      sqlite: await ask(child, 'sqlite'),
    }).toEqual({
      other: 'ERR_ACCESS_DENIED',
      passwords: 'ERR_ACCESS_DENIED',
      given: 'ok 0.0.0-stub false',
      writeGiven: 'ERR_ACCESS_DENIED',
      writeMine: 'ok undefined',
      spawn: 'ERR_ACCESS_DENIED',
      sqlite: 'ERR_UNKNOWN_BUILTIN_MODULE',
    });
  });

  it('lets a child use a folder that is made after it started', async () => {
    const { child } = await host.control.spawn({ ...confined, write: [join(host.home, 'later')] });
    await host.control.file({ path: 'later/x' });
    expect(await ask(child, 'write', join(host.home, 'later/y'))).toBe('ok undefined');
  });

  it('passes addons and the memory limit as told', async () => {
    const { child } = await host.control.spawn({ ...confined, mayLoadAddons: true });
    const argv = (await ask(child, 'argv')) as string[];
    expect(argv.filter((argument) => !argument.startsWith('--allow-fs'))).toEqual([
      '--max-old-space-size=128',
      '--max-semi-space-size=8',
      '--permission',
      '--no-experimental-sqlite',
      '--allow-addons',
    ]);
  });

  it('refuses a second application on the same home', async () => {
    await expect(runHost({ kind: 'headless', out, home: host.home })).rejects.toThrow('ended with 1');
  });

  it('takes over the socket of one that was killed', async () => {
    const killed = await runHost({ kind: 'headless', out });
    killed.kill('SIGKILL');
    await killed.ended;
    const next = await runHost({ kind: 'headless', out, home: killed.home });
    expect((await next.control.surface()).windows).toBe(0);
    await next.stop();
  });

  it('puts the socket elsewhere when its path would be too long', async () => {
    const home = join(host.home, 'd'.repeat(100));
    const far = await runHost({ kind: 'headless', out, home });
    const { control } = JSON.parse(readFileSync(join(home, 'run/app.json'), 'utf8')) as { control: string };
    expect(Buffer.byteLength(control)).toBeLessThan(100);
    expect((statSync(join(control, '..')).mode & 0o777).toString(8)).toBe('700');
    await far.stop();
    expect(existsSync(control)).toBe(false);
  });

  it('ends at once when it is asked twice', async () => {
    const twice = await runHost({ kind: 'headless', out });
    twice.kill('SIGINT');
    twice.kill('SIGINT');
    expect((await twice.ended).signal).toBeNull();
    await twice.stop();
  });

  it('writes the operator token to a file of this user only, when it is asked to', async () => {
    const file = join(host.home, 'token');
    writeFileSync(file, 'old', { mode: 0o644 });
    const other = await runHost({ kind: 'headless', out, args: ['--operator-token-out', file] });
    expect(readFileSync(file, 'utf8')).toBe('the-operator-token-of-the-stub\n');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(other.readyLine).not.toContain('operator');
    await other.stop();
  });
});

function asker(host: () => RunningHost) {
  return (child: number, name: string, input?: unknown): Promise<unknown> => host().control.ask({ child, name, input });
}
