// A page of any site, also of another local server, may send requests to loopback. No MCP client is a web page.
import { describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();
const own = () => `host: 127.0.0.1:${attacked.port}`;

describe('a web page', () => {
  it('is refused whatever its origin is, also ours and the opaque one', async () => {
    const before = await lastEntry(attacked);
    const { port } = attacked;
    for (const origin of [
      ...['https://evil.example', 'null', '', `http://127.0.0.1:${port}`, `http://localhost:${port}`],
      ...['http://localhost:3000', 'file://', 'app://bulkhead', 'vscode-webview://x', 'chrome-extension://x'],
    ]) {
      const { status, headers } = await attacked.raw([own(), `origin: ${origin}`]);
      expect(status, origin).toBe(403);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect([await lastEntry(attacked), await attacked.vendor()]).toEqual([before, []]);
  });

  it('is refused by what browsers say of a request when they leave the origin out', async () => {
    for (const site of ['cross-site', 'same-site', 'same-origin', 'none']) {
      const { status } = await attacked.raw([own(), `sec-fetch-site: ${site}`, 'sec-fetch-mode: no-cors']);
      expect(status, site).toBe(403);
    }
  });

  it('is given no leave to ask: a preflight is refused without a word on methods, headers or origins', async () => {
    const preflight = ['origin: https://evil.example', 'access-control-request-method: POST'];
    for (const lines of [preflight, [...preflight, 'access-control-request-private-network: true'], []]) {
      const { status, headers } = await attacked.raw([own(), ...lines], { method: 'OPTIONS', body: '' });
      expect(status).toBe(lines.length === 0 ? 405 : 403);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('cannot use a form, whose types are not JSON', async () => {
    for (const type of [
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
      ...['text/plain; x=application/json', 'application/json, text/plain', 'text/json', ''],
    ]) {
      expect((await attacked.raw([own(), `content-type: ${type}`])).status, type).toBe(415);
    }
  });

  it('cannot open a WebSocket, with or without an origin', async () => {
    const upgrade = [
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    for (const lines of [upgrade, [...upgrade, 'origin: https://evil.example']]) {
      const { status } = await attacked.raw([own(), ...lines], { method: 'GET', body: '' });
      expect([403, 405]).toContain(status);
    }
  });

  it('cannot read or drive anything by GET, HEAD or another method', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
      expect((await attacked.raw([own()], { method, body: '' })).status, method).toBe(405);
    }
  });
});
