// Whoever reaches the port may try tokens. Nothing in an answer may say how near a try was, or where tokens come from.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mcpClient } from '../flows/mcp.ts';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();
const own = () => `host: 127.0.0.1:${attacked.port}`;

describe('a guessed token', () => {
  it('gets one and the same 401, with no way shown to a better one', async () => {
    const { token } = attacked;
    const flipped = `${token[0] === 'a' ? 'b' : 'a'}${token.slice(1)}`;
    const lines = [
      ...[flipped, token.slice(0, -1), `${token}0`, token.slice(0, 63) + (token.endsWith('0') ? '1' : '0')],
      ...['0'.repeat(64), 'f'.repeat(64), '', ' ', createHash('sha256').update(token).digest('hex')],
    ].map((guess) => `authorization: Bearer ${guess}`);
    const schemes = [
      `bearer ${token}`,
      `Basic ${token}`,
      `Token ${token}`,
      token,
      `Bearer  ${token}`,
      `Bearer ${token}, Bearer ${token}`,
    ];
    lines.push(...schemes.map((value) => `authorization: ${value}`));
    if (/[a-f]/.test(token)) lines.push(`authorization: Bearer ${token.toUpperCase()}`);
    const answers = [];
    for (const line of lines) answers.push({ line, ...(await attacked.raw([own(), line])) });
    for (const { line, status, headers, body } of answers) {
      expect(status, line).toBe(401);
      expect(headers['www-authenticate'], line).toBe('Bearer error="invalid_token"');
      expect(body).toBe(answers[0]?.body);
    }
    expect(await attacked.vendor()).toEqual([]);
  });

  it('counts only in its header: not in the address, a cookie, the body or another header', async () => {
    const { token } = attacked;
    const none = 'authorization:';
    const body = JSON.stringify({ ...(JSON.parse(goodCall()) as object), authorization: `Bearer ${token}`, token });
    for (const [lines, options] of [
      [[none], { path: `/mcp?token=${token}&access_token=${token}` }],
      [[none, `cookie: token=${token}`], {}],
      [[none, `x-api-key: ${token}`, `proxy-authorization: Bearer ${token}`], {}],
      [[none], { body }],
    ] as const) {
      expect((await attacked.raw([own(), ...lines], options)).status, JSON.stringify(options)).toBe(401);
    }
  });

  it('is refused before its body is looked at', async () => {
    const lines = [own(), 'authorization: Bearer x', 'content-type: text/plain'];
    expect((await attacked.raw(lines, { body: '[[[' })).status).toBe(401);
  });

  it('finds no discovery document: each is really not there', async () => {
    for (const path of [
      ...[
        'oauth-protected-resource',
        'oauth-protected-resource/mcp',
        'oauth-authorization-server',
        'openid-configuration',
      ],
      ...['oauth-authorization-server/mcp', 'mcp.json', 'anything', ''],
    ].map((name) => `/.well-known/${name}`)) {
      for (const method of ['GET', 'POST', 'HEAD']) {
        const { status } = await attacked.raw([own()], { method, path, body: '' });
        expect(status, `${method} ${path}`).toBe(404);
      }
    }
    for (const path of ['/register', '/authorize', '/token', '/mcp/.well-known/oauth-protected-resource']) {
      expect((await attacked.raw([own()], { method: 'GET', path, body: '' })).status, path).toBe(404);
    }
  });

  it('is what a revoked token is from one request to the next', async () => {
    const { token } = await attacked.app.operator.addClient({ name: 'short-lived', pin: null });
    const mcp = mcpClient(attacked.app.ready.mcpUrl, token);
    expect((await mcp.request('tools/list')).status).toBe(200);
    await attacked.app.operator.revokeClient({ name: 'short-lived' });
    const revoked = await mcp.request('tools/list');
    const guessed = await mcpClient(attacked.app.ready.mcpUrl, '0'.repeat(64)).request('tools/list');
    expect([revoked.status, revoked.text]).toEqual([401, guessed.text]);
  });

  it('is recorded as a stranger’s, at most thirty times a minute, and never with the guess', async () => {
    const before = await lastEntry(attacked);
    const guess = 'e'.repeat(64);
    for (let time = 0; time < 60; time += 1) await attacked.raw([own(), `authorization: Bearer ${guess}`]);
    const entries = await attacked.since(before);
    expect(entries.length).toBeLessThanOrEqual(30);
    for (const entry of entries) {
      expect(entry).toMatchObject({
        kind: 'call.denied',
        principal: { kind: 'anonymous' },
        result: { status: 'UNAUTHENTICATED' },
      });
    }
    const all = JSON.stringify(await attacked.since(0));
    expect([all.includes(guess), all.includes(attacked.token)]).toEqual([false, false]);
  });
});
