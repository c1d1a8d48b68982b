import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from './northway.ts';
import { startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8(() => clock);
});
beforeEach(() => pax8.signIn());
afterAll(() => pax8.emulator.close());

const envelope = (status: number, type: string, message: string, instance: string) => ({
  type,
  message,
  instance,
  status,
  details: [],
});

describe('POST /v1/token', () => {
  it('issues a bearer for a day, without a refresh token', async () => {
    const body = (await pax8.signIn()).json() as Json;
    expect(body).toEqual({ access_token: expect.any(String) as unknown, expires_in: 86_400, token_type: 'Bearer' });
    expect(String(body['access_token']).split('.')).toHaveLength(3);
  });

  it.each([
    [{ client_secret: 'wrong' }],
    [{ client_id: 'wrong' }],
    [{ audience: 'https://api.example' }],
    [{ audience: undefined }],
    [{ grant_type: 'password' }],
  ])('refuses %j as the vendor does', async (change) => {
    const { status, json } = await pax8.signIn(change);
    expect([status, json()]).toEqual([401, { error: 'access_denied', error_description: 'Unauthorized' }]);
  });

  it('reads JSON only', async () => {
    const body = new URLSearchParams({ client_id: pax8.data.credential.clientId });
    expect((await fetch(`${pax8.emulator.url}/v1/token`, { method: 'POST', body })).status).toBe(400);
  });

  it('takes the old audience of partners and keeps those of vendors out of partner data', async () => {
    await pax8.signIn({ audience: 'api://p8p.client' });
    expect((await pax8.get('/v1/companies')).status).toBe(200);
    await pax8.signIn({ audience: 'api://usage' });
    expect((await pax8.get('/v1/companies')).status).toBe(403);
  });
});

describe('the bearer check', () => {
  it('answers 401 with the error envelope without, with a wrong, and with an expired token', async () => {
    const unauthorized = envelope(401, 'UNAUTHORIZED', 'Unauthorized', '/v1/companies');
    const bare = await fetch(`${pax8.emulator.url}/v1/companies`);
    expect([bare.status, await bare.json()]).toEqual([401, unauthorized]);
    const headers = { authorization: 'Bearer x.y.z' };
    expect((await fetch(`${pax8.emulator.url}/v1/companies`, { headers })).status).toBe(401);
    clock += 86_400_000;
    expect((await pax8.get('/v1/companies')).status).toBe(401);
  });

  it('follows expires_in when it is set', async () => {
    pax8.emulator.faults.tokenExpiresIn = 10;
    expect((await pax8.signIn()).json()).toMatchObject({ expires_in: 10 });
    clock += 10_001;
    expect((await pax8.get('/v1/products')).status).toBe(401);
    pax8.emulator.faults.tokenExpiresIn = 86_400;
  });

  it('rejects every token issued so far when told to, and takes new ones', async () => {
    pax8.emulator.faults.rejectTokens = true;
    expect((await pax8.get('/v1/products')).status).toBe(401);
    await pax8.signIn();
    expect((await pax8.get('/v1/products')).status).toBe(200);
  });
});

describe('errors', () => {
  it('are one envelope for unknown paths, records and methods', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const answers = await Promise.all([
      pax8.get('/v1/tickets'),
      pax8.get(`/v1/orders/${id}`),
      pax8.send('PUT', '/v1/products', {}),
    ]);
    expect(answers.map(({ status, json }) => [status, json()])).toEqual([
      [404, envelope(404, 'NOT_FOUND', 'Resource not found', '/v1/tickets')],
      [404, envelope(404, 'NOT_FOUND', 'Order not found', `/v1/orders/${id}`)],
      [405, envelope(405, 'BAD_REQUEST', 'Method not allowed', '/v1/products')],
    ]);
  });
});

describe('the request log', () => {
  it('holds method, path and query but no secret', async () => {
    await pax8.get('/v1/orders?companyId=x&token=abc');
    expect(pax8.emulator.requests.at(-1)).toEqual({
      method: 'GET',
      path: '/v1/orders',
      query: 'companyId=x&token=***',
      at: clock,
    });
    expect(JSON.stringify(pax8.emulator.requests)).not.toContain(pax8.data.credential.clientSecret);
  });
});
