// A page under a name the attacker rebinds to 127.0.0.1 speaks to us from the victim's browser. Its Host gives it away.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';
import { raw, request } from './raw-http.ts';

const attacked = attackedApp();

describe('a rebound DNS name', () => {
  it('is refused in every spelling, with a token that would be good, before anything is recorded', async () => {
    const { port } = attacked;
    const before = await lastEntry(attacked);
    for (const host of [
      ...['evil.example', `evil.example:${port}`, `127.evil.com:${port}`, `127.0.0.1.evil.com:${port}`],
      ...[`localhost.evil:${port}`, `evil.localhost:${port}`, `localhost.:${port}`, `127.0.0.1.:${port}`],
      ...[`user@127.0.0.1:${port}`, `127.0.0.1:${port}@evil.example`, `127.0.0.1:${port},evil.example`],
      ...[`LOCALHOST:${port}`, `127.1:${port}`, `2130706433:${port}`, `0x7f000001:${port}`, `0.0.0.0:${port}`],
      ...[`[::ffff:127.0.0.1]:${port}`, `[::]:${port}`, `[0:0:0:0:0:0:0:1]:${port}`, `bulkhead.local:${port}`],
      ...[
        '127.0.0.1',
        'localhost',
        '127.0.0.1:80',
        `127.0.0.1:${port + 1}`,
        `127.0.0.1:0${port}`,
        `127.0.0.1:${port}0`,
      ],
    ]) {
      expect((await attacked.raw([`host: ${host}`])).status, host).toBe(403);
    }
    expect(await attacked.vendor()).toEqual([]);
    expect(await lastEntry(attacked)).toBe(before);
  });

  it('is refused beside our own name, in either order and spelling', async () => {
    const own = `127.0.0.1:${attacked.port}`;
    for (const lines of [
      [`host: ${own}`, 'host: evil.example'],
      ['host: evil.example', `host: ${own}`],
      [`Host: ${own}`, `HOST: ${own}`],
    ]) {
      const { status } = await attacked.raw(lines);
      expect([400, 403], lines.join(' ')).toContain(status);
    }
  });

  it('is refused when there is no Host at all, or an empty one', async () => {
    const { port, token } = attacked;
    const lines = [`authorization: Bearer ${token}`, 'content-type: application/json', 'content-length: 0'];
    const { status } = await raw(port, request('POST', '/mcp', lines));
    expect([400, 403]).toContain(status);
    expect((await raw(port, request('POST', '/mcp', ['host:', ...lines]))).status).toBe(403);
    const old = request('POST', '/mcp', lines).replace('HTTP/1.1', 'HTTP/1.0');
    expect((await raw(port, old)).status).toBe(403);
  });

  it('gains nothing from an absolute address in the request line', async () => {
    const own = `host: 127.0.0.1:${attacked.port}`;
    for (const path of ['http://evil.example/mcp', `http://127.0.0.1:${attacked.port}/mcp`, '//evil.example/mcp']) {
      expect((await attacked.raw([own], { path })).status, path).toBe(404);
    }
  });

  it('gains nothing from headers that proxies believe', async () => {
    const lines = ['host: evil.example', `x-forwarded-host: 127.0.0.1:${attacked.port}`, 'x-forwarded-for: 127.0.0.1'];
    expect((await attacked.raw(lines)).status).toBe(403);
  });

  it('is not what our own names are', async () => {
    const { port } = attacked;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      const { status, body } = await attacked.raw([`host: ${host}`]);
      expect([status, body.includes('MERI-7')], host).toEqual([200, true]);
    }
  });

  it('is refused on the IPv6 loopback too, which is ours as well', async () => {
    const { port, token } = attacked;
    const lines = [`authorization: Bearer ${token}`, 'content-type: application/json'];
    const rest = [`content-length: ${Buffer.byteLength(goodCall())}`];
    const send = (host: string) =>
      raw(port, request('POST', '/mcp', [`host: ${host}`, ...lines, ...rest], goodCall()), '::1');
    const { status } = await send(`evil.example:${port}`);
    if (status === 0) return; // This machine has no ::1.
    expect(status).toBe(403);
  });
});
