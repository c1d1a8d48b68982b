// The window is a page on loopback: any local process and any web page can knock. Only who was let in gets its socket.
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { attackedApp } from './attacked-app.ts';
import { raw, type RawAnswer, request } from './raw-http.ts';

const attacked = attackedApp();
const address = () => new URL(attacked.app.ready.windowUrl);
const port = () => Number(address().port);
const get = (path: string, lines: readonly string[] = [], host = `127.0.0.1:${port()}`): Promise<RawAnswer> =>
  raw(port(), request('GET', path, [`host: ${host}`, ...lines]));
const ticket = async () => {
  const { url } = await attacked.app.operator.openWindow(undefined);
  return new URL(url ?? '').pathname + new URL(url ?? '').search;
};
const logIn = async () => ((await get(await ticket())).headers['set-cookie'] ?? '').split(';')[0] ?? '';

/** The HTTP status of a WebSocket's opening, 101 when it opened. */
async function upgrade(headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port()}/rpc`, { headers });
  const opened = once(socket, 'open').then(() => 101);
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number);
  socket.on('error', () => {});
  const status = await Promise.race([opened, refused.catch(() => 0)]);
  socket.terminate();
  return status;
}

describe('the window', () => {
  it('lets in by a one-time address once', async () => {
    const path = await ticket();
    expect((await get(path)).status).toBe(303);
    for (let again = 0; again < 2; again += 1) {
      const { status, headers } = await get(path);
      expect([status, headers['set-cookie']]).toEqual([403, undefined]);
    }
  });

  it('was given one in the ready line, which is one-time as well', async () => {
    const path = address().pathname + address().search;
    expect((await get(path)).status).toBe(303);
    expect((await get(path)).status).toBe(403);
  });

  it('sets a cookie no script can read, no other site can send, and no other server of this machine is brought', async () => {
    const { headers } = await get(await ticket());
    expect(headers['set-cookie']).toMatch(
      new RegExp(`^bulkhead_${port()}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/w/[0-9a-f]{32}/$`),
    );
    expect(headers['set-cookie']).not.toMatch(/domain=/i);
  });

  it('serves nothing of itself without the cookie, or with a made-up one', async () => {
    for (const lines of [
      [],
      ['cookie: bulkhead=1'],
      [`cookie: bulkhead_${port()}=${'0'.repeat(64)}`],
      [`cookie: bulkhead_${port()}=`],
    ]) {
      for (const path of ['/', '/index.html', '/assets/index.js', '/rpc', '/../package.json', '/%2e%2e/package.json']) {
        expect((await get(path, lines)).status, path).toBe(401);
      }
    }
  });

  it('answers under its own name only, with a cookie and a one-time address too', async () => {
    const cookie = await logIn();
    const path = await ticket();
    for (const host of [
      'evil.example',
      `evil.example:${port()}`,
      `127.0.0.1.evil.example:${port()}`,
      '127.0.0.1',
      `localhost.:${port()}`,
      `127.0.0.1:${attacked.port}`,
    ]) {
      expect((await get('/', [`cookie: ${cookie}`], host)).status, host).toBe(421);
      expect((await get(path, [], host)).status, host).toBe(421);
      expect(await upgrade({ host, cookie, origin: `http://${host}` }), host).toBe(421);
    }
    expect((await get(path)).status).toBe(303);
  });

  it('opens its socket to its own origin only: a page on another port has our cookie as well', async () => {
    const cookie = await logIn();
    const own = `http://127.0.0.1:${port()}`;
    expect(await upgrade({ cookie, origin: own })).toBe(101);
    for (const origin of [
      `http://127.0.0.1:${port() + 1}`,
      `http://localhost:${port()}`,
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port()}`,
      `${own}.evil.example`,
    ]) {
      expect(await upgrade({ cookie, origin }), origin).toBe(403);
    }
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ origin: own })).toBe(401);
    expect(await upgrade({ origin: own, cookie: `bulkhead_${port()}=${'f'.repeat(64)}` })).toBe(401);
  });

  it('takes the operator token from its own page alone, and a client app’s token never', async () => {
    const post = (token: string, lines: readonly string[]) => {
      const body = `token=${token}`;
      const head = ['content-type: application/x-www-form-urlencoded', `content-length: ${body.length}`, ...lines];
      return raw(port(), request('POST', '/login', [`host: 127.0.0.1:${port()}`, ...head], body));
    };
    const own = `origin: http://127.0.0.1:${port()}`;
    for (const lines of [
      [],
      ['origin: null'],
      ['origin: http://evil.example'],
      [`origin: http://127.0.0.1:${attacked.port}`],
    ]) {
      const { status, headers } = await post(attacked.app.operatorToken, lines);
      expect([status, headers['set-cookie']], lines.join()).toEqual([403, undefined]);
    }
    expect((await post(attacked.token, [own])).status).toBe(403);
    expect((await post(attacked.app.operatorToken, [own])).status).toBe(303);
  });

  it('takes five tries a minute', async () => {
    const body = `token=${'0'.repeat(64)}`;
    const head = [
      `host: 127.0.0.1:${port()}`,
      `origin: http://127.0.0.1:${port()}`,
      'content-type: application/x-www-form-urlencoded',
    ];
    const statuses = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      statuses.push(
        (await raw(port(), request('POST', '/login', [...head, `content-length: ${body.length}`], body))).status,
      );
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
    expect(statuses.filter((status) => status !== 429 && status !== 403)).toEqual([]);
  });

  it('does not serve MCP, as the MCP port does not serve the window', async () => {
    const lines = [`authorization: Bearer ${attacked.token}`, 'content-type: application/json', 'content-length: 2'];
    expect((await raw(port(), request('POST', '/mcp', [`host: 127.0.0.1:${port()}`, ...lines], '{}'))).status).toBe(
      405,
    );
    const cookie = await logIn();
    const own = `host: 127.0.0.1:${attacked.port}`;
    expect((await raw(attacked.port, request('GET', '/', [own, `cookie: ${cookie}`]))).status).toBe(404);
  });
});
