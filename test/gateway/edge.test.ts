import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bearerOf, maxBody, readBody, refuseBody, refuseHead } from '../../src-gateway/edge.ts';

type Head = { method?: string; url?: string; raw?: string[]; headers?: Record<string, string> };

/** A request as Node hands it on: the first of two equal Host headers counts, and `rawHeaders` shows both. */
function request({ method = 'POST', url = '/mcp', raw, headers = {} }: Head = {}): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  const rawHeaders = raw ?? ['Host', '127.0.0.1:4000', ...Object.entries(headers).flat()];
  Object.assign(message, { method, url, rawHeaders });
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    message.headers[(rawHeaders[at] ?? '').toLowerCase()] = rawHeaders[at + 1];
  }
  return message;
}
const head = (given: Head): number | undefined => refuseHead(request(given), 4000)?.status;

describe('refuseHead', () => {
  it('passes a POST to /mcp under each of its own names', () => {
    for (const host of ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000']) {
      expect(head({ raw: ['Host', host] }), host).toBeUndefined();
      expect(head({ raw: ['hOsT', host] }), host).toBeUndefined();
    }
    expect(head({ url: '/mcp?x=1' })).toBeUndefined();
  });

  it('refuses every other name', () => {
    for (const host of [
      ...['evil.example', 'evil.example:4000', '127.0.0.1', 'localhost', '127.0.0.1:4001', '127.0.0.1:80', '[::1]'],
      ...['127.0.0.1.evil.example:4000', 'localhost.evil.example:4000', 'localhost.:4000', '127.0.0.1.:4000'],
      ...['user@127.0.0.1:4000', '127.0.0.1:4000@evil.example', 'evil.example#127.0.0.1:4000', '127.1:4000'],
      ...['0.0.0.0:4000', '2130706433:4000', '[::ffff:127.0.0.1]:4000', '127.0.0.2:4000', 'LOCALHOST:4000'],
      ...['', ' ', '127.0.0.1:4000 ', '127.0.0.1:04000', '127.0.0.1:4000,evil.example', '127.0.0.1:4000/'],
    ]) {
      expect(head({ raw: ['Host', host] }), host).toBe(403);
    }
  });

  it('refuses none and two Host headers, also two that agree', () => {
    expect(head({ raw: [] })).toBe(403);
    expect(head({ raw: ['Host', '127.0.0.1:4000', 'host', '127.0.0.1:4000'] })).toBe(403);
    expect(head({ raw: ['Host', '127.0.0.1:4000', 'HOST', 'evil.example'] })).toBe(403);
  });

  it('refuses whatever a browser page sends, before it looks where it goes', () => {
    for (const origin of ['https://evil.example', 'http://localhost:4000', 'http://127.0.0.1:4000', 'null', '']) {
      expect(head({ headers: { Origin: origin } }), origin).toBe(403);
      expect(head({ headers: { Origin: origin }, method: 'OPTIONS', url: '/nothing' }), origin).toBe(403);
    }
    for (const site of ['cross-site', 'same-origin', 'same-site', 'none', '']) {
      expect(head({ headers: { 'Sec-Fetch-Site': site } }), site).toBe(403);
    }
  });

  it('knows one path, and no discovery document of any kind', () => {
    for (const url of [
      ...['/', '/mcp/', '/MCP', '/mcp2', '//mcp', '/x/../mcp', '/%6dcp', 'http://127.0.0.1:4000/mcp', '*', ''],
      ...['/.well-known/oauth-protected-resource', '/.well-known/oauth-authorization-server/mcp', '/.well-known/x'],
    ]) {
      expect(head({ url }), url).toBe(404);
      expect(head({ url, method: 'GET' }), url).toBe(404);
    }
  });

  it('takes POST only', () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'post']) {
      expect(refuseHead(request({ method }), 4000), method).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    }
  });
});

describe('refuseBody', () => {
  const body = (headers: Record<string, string>) => refuseBody(request({ headers }))?.status;

  it('takes JSON, whatever its parameters and letter case', () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
      expect(body({ 'Content-Type': type }), type).toBeUndefined();
    }
  });

  it('refuses the types a form can send, and every other', () => {
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'];
    for (const type of [...types, 'application/jsonp', 'text/plain;application/json', '']) {
      expect(body({ 'Content-Type': type }), type).toBe(415);
    }
    expect(body({})).toBe(415);
  });

  it('refuses encoded bodies and announced sizes beyond a mebibyte', () => {
    const type = { 'Content-Type': 'application/json' };
    expect(body({ ...type, 'Content-Encoding': 'gzip' })).toBe(415);
    expect(body({ ...type, 'Content-Length': String(maxBody + 1) })).toBe(413);
    expect(body({ ...type, 'Content-Length': String(maxBody) })).toBeUndefined();
  });
});

describe('readBody', () => {
  const read = (...chunks: Buffer[]) => {
    const message = request();
    for (const chunk of chunks) message.push(chunk);
    message.push(null);
    return readBody(message);
  };

  it('reads a text whose characters are cut between chunks', async () => {
    const bytes = Buffer.from('{"a":"ä"}');
    expect(await read(bytes.subarray(0, 7), bytes.subarray(7))).toBe('{"a":"ä"}');
  });

  it('stops beyond a mebibyte, whatever was announced', async () => {
    expect(await read(Buffer.alloc(maxBody))).toHaveLength(maxBody);
    expect(await read(Buffer.alloc(maxBody), Buffer.alloc(1))).toMatchObject({ status: 413 });
  });
});

describe('bearerOf', () => {
  const token = 'ab'.repeat(32);
  const bearer = (authorization: string) => bearerOf(request({ headers: { Authorization: authorization } }));

  it('reads 64 hex digits after the scheme', () => {
    expect(bearer(`Bearer ${token}`)).toBe(token);
  });

  it('reads nothing else as a token', () => {
    for (const value of [
      ...[token, `bearer ${token}`, `Bearer  ${token}`, `Bearer ${token} `, `Bearer ${token.toUpperCase()}`],
      ...[
        `Bearer ${token.slice(1)}`,
        `Bearer ${token}0`,
        `Basic ${token}`,
        `Bearer ${token},Bearer ${token}`,
        'Bearer',
        '',
      ],
    ]) {
      expect(bearer(value), value).toBeUndefined();
    }
    expect(bearerOf(request())).toBeUndefined();
  });
});
