import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leastScope } from '../../../src-connectors/halopsa/scopes.ts';
import { Fault } from '../../../src-shared/fault.ts';
import { bind, type BoundOptions, credential } from '../bound.ts';

let server: Server;
let url: string;
let seen: string[];
let bodies: string[];
let routes: Record<string, (request: IncomingMessage, answer: ServerResponse) => unknown>;
let time: number;

const json = (answer: ServerResponse, value: unknown, status = 200) =>
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

beforeEach(async () => {
  seen = [];
  bodies = [];
  time = 1_000_000;
  let tokens = 0;
  routes = {
    '/api/authinfo': (_, answer) => json(answer, { auth_url: `${url}/auth`, tenant_id: 'msp' }),
    '/auth/token': (_, answer) =>
      json(answer, { access_token: `token-${++tokens}`, expires_in: 3600, scope: 'x', token_type: 'Bearer' }),
    '/api/Asset': (_, answer) => json(answer, { record_count: 0, assets: [] }),
  };
  const handle = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    seen.push(
      `${request.method} ${path === '/auth/token' ? request.url : path} ${request.headers.authorization ?? '-'}`,
    );
    const chunks = await request.toArray();
    if (chunks.length > 0) bodies.push(Buffer.concat(chunks).toString());
    const route = routes[path];
    if (route === undefined) answer.writeHead(404).end();
    else route(request, answer);
  };
  server = createServer((request, answer) => void handle(request, answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const worker = (more: Partial<BoundOptions> = {}) => bind({ url, now: () => time, ...more });
const asks = () => seen.filter((line) => line.startsWith('POST /auth/token')).length;
const ok = { status: 'ok', records: [], dropped: 0 };

describe('the HaloPSA session', () => {
  it('discovers, signs in with the leased credential and the least scope, then calls with the token', async () => {
    expect(await worker().call('asset_list')).toEqual(ok);
    expect(seen).toEqual(['GET /api/authinfo -', 'POST /auth/token?tenant=msp -', 'GET /api/Asset Bearer token-1']);
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-guid',
      client_secret: 'app-secret',
      scope: leastScope,
    });
  });

  it('discovers once, and leases and signs in again only 60 seconds before the token ends', async () => {
    const { call, leases } = worker();
    await call('asset_list');
    time += (3600 - 60) * 1000 - 1;
    await call('asset_list');
    expect([asks(), leases()]).toEqual([1, 1]);
    time += 1;
    await call('asset_list');
    expect([asks(), leases()]).toEqual([2, 2]);
    expect(seen.filter((line) => line.includes('authinfo'))).toHaveLength(1);
  });

  it('signs in once for many calls at the same time', async () => {
    const { call, leases } = worker();
    await Promise.all(Array.from({ length: 8 }, () => call('asset_list')));
    expect([asks(), leases()]).toEqual([1, 1]);
  });

  it('signs in once more after a 401, and gives up at the second', async () => {
    const { call } = worker();
    await call('asset_list');
    routes['/api/Asset'] = ({ headers }, answer) =>
      headers.authorization === 'Bearer token-2' ? json(answer, { assets: [] }) : answer.writeHead(401).end();
    expect(await call('asset_list')).toEqual(ok);
    expect(asks()).toBe(2);
    routes['/api/Asset'] = (_, answer) => answer.writeHead(401).end();
    expect(await call('asset_list')).toEqual({
      status: 'denied',
      code: 'CREDENTIAL_UNAVAILABLE',
      reason: 'The vendor does not accept the stored credential.',
    });
    expect(asks()).toBe(3);
  });

  it('says CREDENTIAL_UNAVAILABLE for 403 without signing in again', async () => {
    routes['/api/Asset'] = (_, answer) => json(answer, { error: 'vendor words' }, 403);
    expect(await worker().call('asset_list')).toMatchObject({ status: 'denied', code: 'CREDENTIAL_UNAVAILABLE' });
    expect(asks()).toBe(1);
  });

  it('asks for nothing that is a whole database or another agent’s', () => {
    expect(leastScope).not.toMatch(
      /\ball\b|admin|reporting|access:|timesheets|edit:(?:kb|invoices|contracts|calendar)/,
    );
  });

  it('names the permissions that are needed when the vendor refuses the request for a token', async () => {
    routes['/auth/token'] = (_, answer) => json(answer, { error: 'invalid_scope' }, 400);
    expect(await worker().call('asset_list')).toEqual({
      status: 'denied',
      code: 'CREDENTIAL_UNAVAILABLE',
      reason: `The vendor does not accept the stored credential for what the tools need: ${leastScope}.`,
    });
  });

  it('names the permission that was not granted when the vendor refuses a call for want of it', async () => {
    const grant = (scope: string | undefined): void => {
      routes['/auth/token'] = (_, answer) => json(answer, { access_token: 'token', expires_in: 3600, scope });
    };
    routes['/api/Asset'] = (_, answer) => answer.writeHead(403).end();
    const plain = 'The vendor does not let the stored credential do this.';
    const named =
      'HaloPSA has not granted the permission read:assets to the API application. An administrator can add it there.';
    for (const [scope, reason] of [
      ['openid read:tickets', named],
      ['openid read:tickets read:assets', plain],
      ['all', plain],
      [undefined, plain],
    ] as const) {
      grant(scope);
      expect(await worker().call('asset_list')).toEqual({ status: 'denied', code: 'CREDENTIAL_UNAVAILABLE', reason });
    }
  });

  it.each([401, 403])('says CREDENTIAL_UNAVAILABLE when signing in answers %i', async (status) => {
    routes['/auth/token'] = (_, answer) =>
      json(answer, { error: 'invalid_client', error_description: 'app-secret' }, status);
    expect(await worker().call('asset_list')).toEqual({
      status: 'denied',
      code: 'CREDENTIAL_UNAVAILABLE',
      reason: 'The vendor does not accept the stored credential.',
    });
  });

  it.each([
    ['refuses', () => Promise.reject(new Fault('VAULT_LOCKED', 'details of the vault'))],
    ['has none', () => Promise.reject(new Fault('CREDENTIAL_MISSING', 'details'))],
    ['has half of one', async () => ({ clientId: credential.clientId })],
  ])('says CREDENTIAL_UNAVAILABLE when the broker %s', async (_, lease) => {
    expect(await worker({ lease }).call('asset_list')).toMatchObject({
      status: 'denied',
      code: 'CREDENTIAL_UNAVAILABLE',
      reason: expect.not.stringContaining('details'),
    });
    expect(asks()).toBe(0);
  });

  it.each([
    'https://evil.example/auth',
    'http://127.0.0.1:9/auth',
    '//evil.example/auth',
    'javascript:1',
    'http://127.0.0.1@evil.example/',
  ])('sends the secret nowhere when discovery names %s', async (place) => {
    routes['/api/authinfo'] = (_, answer) => json(answer, { auth_url: place });
    const { call, leases } = worker();
    expect(await call('asset_list')).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
    expect([asks(), leases()]).toEqual([0, 0]);
  });

  it('falls back to /auth/token when there is no discovery', async () => {
    delete routes['/api/authinfo'];
    expect(await worker().call('asset_list')).toEqual(ok);
    expect(seen[1]).toBe('POST /auth/token -');
  });

  it('names the tenant of the settings, not the one discovered', async () => {
    await worker({ settings: { demo: 'true', tenant: 'other' } }).call('asset_list');
    expect(seen[1]).toBe('POST /auth/token?tenant=other -');
  });

  it.each([
    ['has no token', { expires_in: 3600 }],
    ['would break a header', { access_token: 'a\r\nx: y', expires_in: 3600 }],
    ['is a list', []],
  ])('says VENDOR_ERROR when the token answer %s', async (_, body) => {
    routes['/auth/token'] = (_request, answer) => json(answer, body);
    expect(await worker().call('asset_list')).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
  });

  it('uses a token without a lifetime once', async () => {
    routes['/auth/token'] = (_, answer) => json(answer, { access_token: 'brief' });
    const { call } = worker();
    await call('asset_list');
    await call('asset_list');
    expect(asks()).toBe(2);
  });

  it('signs in again after it failed once', async () => {
    const good = routes['/auth/token'];
    routes['/auth/token'] = (_, answer) => answer.writeHead(500).end();
    const { call } = worker();
    expect(await call('asset_list')).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
    if (good !== undefined) routes['/auth/token'] = good;
    expect(await call('asset_list')).toEqual(ok);
  });

  it.each([
    ['a redirect', (answer: ServerResponse) => answer.writeHead(302, { location: 'http://169.254.169.254/' }).end()],
    ['500', (answer: ServerResponse) => json(answer, { Message: 'vendor words' }, 500)],
    ['404', (answer: ServerResponse) => answer.writeHead(404).end()],
    ['400', (answer: ServerResponse) => json(answer, { error: 'vendor words' }, 400)],
    ['text', (answer: ServerResponse) => answer.end('vendor words')],
    ['another wrapper', (answer: ServerResponse) => json(answer, { tickets: [] })],
    ['a bare array', (answer: ServerResponse) => json(answer, [])],
    ['a wrapper of no list', (answer: ServerResponse) => json(answer, { assets: { length: 1 } })],
    ['null', (answer: ServerResponse) => json(answer, null)],
    ['nothing', (answer: ServerResponse) => answer.end()],
  ])('says VENDOR_ERROR in its own words for %s to a list', async (_, send) => {
    routes['/api/Asset'] = (_request, answer) => send(answer);
    expect(await worker().call('asset_list')).toMatchObject({
      status: 'denied',
      code: 'VENDOR_ERROR',
      reason: expect.not.stringContaining('vendor words'),
    });
  });
});
