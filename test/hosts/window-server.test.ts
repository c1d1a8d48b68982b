import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contentSecurityPolicy, loginContentSecurityPolicy } from '../../src-main/content-security-policy.ts';
import { type WindowServer, windowServer } from '../../src-main/node/window-server.ts';
import type { Port } from '../../src-shared/wire/port.ts';

let now: number;
let server: WindowServer;
let port: string;
let windows: Port[];
let heard: unknown[];
let lines: string[];
let isTooMany: boolean;
let wrong: number;

beforeEach(async () => {
  now = 1_000_000;
  windows = [];
  heard = [];
  lines = [];
  isTooMany = false;
  wrong = 0;
  let count = 0;
  server = await windowServer({
    port: 0,
    files: {
      read: async (path) =>
        path === '/' ? { body: Buffer.from('the window'), type: 'text/html; charset=utf-8' } : undefined,
    },
    now: () => now,
    randomHex: (bytes) => `${++count}`.padStart(bytes * 2, '0'),
    isOperator: (token) => token === 'right',
    failedLogIn: () => ((wrong += 1), isTooMany),
    onWindow: (opened) => {
      windows.push(opened);
      opened.onMessage((message) => heard.push(message));
    },
    log: (text) => lines.push(text),
  });
  port = new URL(server.url).port;
});
afterEach(() => server.close());

describe('windowServer', () => {
  it('serves nothing but its log-in page to a browser that is not logged in', async () => {
    expect((await get('/')).status).toBe(401);
    expect((await get('/assets/x.js')).status).toBe(401);
    expect((await get('/rpc')).status).toBe(401);
    expect((await get('/login')).status).toBe(200);
    expect((await get('/login.css')).status).toBe(200);
  });

  it('says in plain words what to do', async () => {
    const { body } = await get('/');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('<a href="/login">');
    expect(body).not.toMatch(/<script|style=/);
  });

  it('logs a browser in by a one-time address, with a strict cookie of this port, and shows the token no more', async () => {
    const { status, headers } = await get(ticketPath());
    expect(status).toBe(303);
    const place = headers.location ?? '';
    expect(place).toMatch(/^\/w\/[0-9a-f]{32}\/$/);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^bulkhead_${port}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=${place}$`)),
    ]);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect((await get(place, { cookie: cookieOf(headers) })).body).toBe('the window');
    expect((await get(place)).status).toBe(401);
  });

  it('lets a link from another site take its last step from our own page, because a strict cookie needs that', async () => {
    const { status, headers, body } = await get(ticketPath(), { 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(200);
    expect(body).toMatch(/content="0;url=\/w\/[0-9a-f]{32}\/"/);
    expect((await get('/', { cookie: cookieOf(headers) })).status).toBe(200);
  });

  it('takes a one-time address once', async () => {
    const path = ticketPath();
    expect((await get(path)).status).toBe(303);
    expect((await get(path)).status).toBe(403);
  });

  it('takes a one-time address for ten minutes', async () => {
    const [inTime, late] = [ticketPath(), ticketPath()];
    now += 10 * 60_000 - 1;
    expect((await get(inTime)).status).toBe(303);
    now += 1;
    expect((await get(late)).status).toBe(403);
  });

  it('refuses a one-time address that it never gave out', async () => {
    ticketPath();
    for (const ticket of ['', '0', 'f'.repeat(64), 'x'.repeat(3000)])
      expect((await get(`/login?t=${ticket}`)).status).toBe(403);
  });

  it('answers only under its own name, also before the log-in', async () => {
    const cookie = await logIn();
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1',
      `[::1]:${port}`,
    ]) {
      expect((await get('/', { host, cookie })).status).toBe(421);
      expect(await upgrade({ host, cookie, origin: `http://${host}` })).toBe(421);
    }
    expect((await get('/', { host: `localhost:${port}`, cookie })).status).toBe(200);
    expect((await get(ticketPath(), { host: `evil.example:${port}` })).status).toBe(421);
  });

  it('sends the same strict headers with every answer', async () => {
    const cookie = await logIn();
    for (const [path, headers] of [
      ['/', { cookie }],
      ['/', {}],
      ['/nothing', { cookie }],
      ['/', { host: 'evil.example' }],
    ] as const) {
      expect((await get(path, headers)).headers).toMatchObject({
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
    expect((await get('/login')).headers['content-security-policy']).toBe(loginContentSecurityPolicy);
  });

  it('logs in by the operator token, from its own page only', async () => {
    const origin = `http://127.0.0.1:${port}`;
    expect((await post('token=right', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('token=right', { origin: 'null' })).status).toBe(403);
    expect((await post('token=right', { origin: `http://127.0.0.1:${Number(port) + 1}` })).status).toBe(403);
    expect((await post('token=right', {})).status).toBe(403);
    expect((await post('token=wrong', { origin })).status).toBe(403);
    expect((await post('token=right', { origin, 'content-type': 'application/json' })).status).toBe(400);
    const { status, headers } = await post('token=+right%0A', { origin });
    expect(status).toBe(303);
    expect((await get('/', { cookie: cookieOf(headers) })).status).toBe(200);
  });

  it('counts what was wrong, and says when it was too much', async () => {
    const origin = `http://127.0.0.1:${port}`;
    const wrongs = [() => post('token=wrong', { origin }), () => get(`/login?t=${'0'.repeat(64)}`)];
    for (const attempt of wrongs) expect((await attempt()).status).toBe(403);
    isTooMany = true;
    for (const attempt of wrongs) {
      const refused = await attempt();
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    }
    expect(wrong).toBe(4);
  });

  it('lets in what is right also then, or any program could keep the person out', async () => {
    isTooMany = true;
    expect((await post('token=right', { origin: `http://127.0.0.1:${port}` })).status).toBe(303);
    expect((await get(ticketPath())).status).toBe(303);
    expect(wrong).toBe(0);
  });

  it('does not count what another page sends: it says nothing of the person', async () => {
    expect((await post('token=wrong', { origin: 'http://evil.example' })).status).toBe(403);
    expect(wrong).toBe(0);
  });

  it('logs what happened without any secret', async () => {
    await get(ticketPath());
    await post('token=wrong-secret', { origin: `http://127.0.0.1:${port}` });
    expect(lines).toEqual([
      'window: a browser logged in with a one-time address',
      'window: a log-in with a wrong operator token',
    ]);
  });

  it('opens the WebSocket to a logged-in page of its own origin only', async () => {
    const cookie = await logIn();
    const [host, origin] = [`127.0.0.1:${port}`, `http://127.0.0.1:${port}`];
    expect(await upgrade({ host, origin })).toBe(401);
    expect(await upgrade({ host, cookie })).toBe(403);
    expect(await upgrade({ host, cookie, origin: 'null' })).toBe(403);
    expect(await upgrade({ host, cookie, origin: 'http://evil.example' })).toBe(403);
    expect(
      await upgrade({ host, cookie, origin: `http://127.0.0.1:${Number(port) + 1}` }),
      'a page on another port',
    ).toBe(403);
    expect(await upgrade({ host, cookie, origin: `http://localhost:${port}` })).toBe(403);
    expect(await upgrade({ host, cookie, origin: `https://${host}` })).toBe(403);
    expect(await upgrade({ host, cookie: `${cookie.slice(0, -1)}x`, origin })).toBe(401);
    expect(await upgrade({ host, cookie: `x${cookie}`, origin })).toBe(401);
    expect(await upgrade({ host, cookie, origin }, '/other')).toBe(404);
    expect(windows).toEqual([]);
    expect(await upgrade({ host, cookie: `a=b; ${cookie}`, origin })).toBe(101);
    expect(windows.length).toBe(1);
  });

  it('carries messages both ways and tells when the window goes', async () => {
    const socket = await openSocket(await logIn());
    const [opened] = windows;
    let closed = 0;
    opened?.onClose(() => closed++);
    socket.send('{"a":1}');
    await expect.poll(() => heard).toEqual([{ a: 1 }]);
    const arrived = once(socket, 'message');
    opened?.post({ b: 2 });
    expect(String((await arrived)[0])).toBe('{"b":2}');
    socket.close();
    await expect.poll(() => closed).toBe(1);
    opened?.post({ late: true });
  });

  it('closes a window that sends too much, or what is not JSON', async () => {
    const cookie = await logIn();
    for (const text of [`"${'x'.repeat(1024 * 1024)}"`, 'not json']) {
      const socket = await openSocket(cookie);
      socket.on('error', () => {});
      const closed = once(socket, 'close');
      socket.send(text);
      await closed;
    }
    expect(heard).toEqual([]);
  });

  it('has no method but GET, and no long request', async () => {
    const cookie = await logIn();
    expect((await send('PUT', '/', { cookie })).status).toBe(405);
    expect((await send('DELETE', '/login', { cookie })).status).toBe(405);
    expect((await get('/', { cookie, 'x-long': 'x'.repeat(9000) })).status).toBe(431);
    const origin = `http://127.0.0.1:${port}`;
    expect((await post(`token=${'x'.repeat(5000)}`, { origin })).status).toBe(400);
    const chunked = { origin, ...form, 'transfer-encoding': 'chunked' };
    expect((await send('POST', '/login', chunked, 'x'.repeat(50_000))).status).toBe(400);
  });

  it('does not wait for a request that never ends', async () => {
    const slow = connect(Number(port), '127.0.0.1');
    slow.write('GET / HTTP/1.1\r\nHost: x\r\n');
    slow.resume();
    const began = performance.now();
    await once(slow, 'close');
    expect(performance.now() - began).toBeLessThan(12_000);
  });

  it('ends every session when it closes', async () => {
    const socket = await openSocket(await logIn());
    const closed = once(socket, 'close');
    await server.close();
    expect((await closed)[0]).toBe(1006);
    server = { url: '', mintUrl: () => '', close: async () => {} };
  });
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ticketPath = (): string => server.mintUrl().slice(`http://127.0.0.1:${port}`.length);
const cookieOf = (headers: IncomingHttpHeaders): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';
const logIn = async (): Promise<string> => cookieOf((await get(ticketPath())).headers);
const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => send('GET', path, headers);
const post = (body: string, headers: Record<string, string>): Promise<Answer> =>
  send('POST', '/login', { ...form, ...headers }, body);

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

/** The status with which a WebSocket handshake is answered. */
async function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const sent = httpRequest({ host: '127.0.0.1', port, path, headers: { ...handshake, ...headers }, agent: false });
  sent.end();
  const status = await new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => resolve(response.statusCode ?? 0));
    sent.on('upgrade', (response) => resolve(response.statusCode ?? 0));
    sent.on('error', reject);
  });
  sent.destroy();
  return status;
}

async function openSocket(cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
    headers: { cookie },
    origin: `http://127.0.0.1:${port}`,
  });
  await once(socket, 'open');
  return socket;
}
