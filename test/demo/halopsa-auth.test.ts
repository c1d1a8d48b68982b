import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everyScope, startHalo } from './northway.ts';
import type { Halo, Json } from './northway.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let halo: Halo;
beforeAll(async () => {
  halo = await startHalo(() => clock);
});
beforeEach(() => halo.signIn());
afterAll(() => halo.emulator.close());

describe('GET /api/authinfo', () => {
  it('tells where to sign in, without a token', async () => {
    const answer = await fetch(`${halo.emulator.url}/api/AuthInfo`);
    expect(await answer.json()).toMatchObject({ auth_url: `${halo.emulator.url}/auth`, tenant_id: 'northway' });
  });
});

describe('POST /auth/token', () => {
  it('issues a bearer for an hour and echoes the scope', async () => {
    const body = (await halo.signIn()).json() as Json;
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: `openid email profile offline_access roles ${everyScope}`,
    });
    expect(String(body['access_token']).split('.')).toHaveLength(3);
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('adds a refresh token only for offline_access', async () => {
    expect((await halo.signIn({ scope: 'offline_access' })).json()).toHaveProperty('refresh_token');
  });

  it('accepts the tenant in the query or the form, and no other tenant', async () => {
    expect((await halo.signIn({}, '?tenant=northway')).status).toBe(200);
    expect((await halo.signIn({ tenant: 'Northway' })).status).toBe(200);
    expect((await halo.signIn({}, '?tenant=southway')).status).toBe(400);
    expect((await halo.signIn({ tenant: 'southway' })).status).toBe(400);
    expect((await halo.get('Status?tenant=southway')).status).toBe(400);
    expect((await halo.get('Status?tenant=northway')).status).toBe(200);
  });

  it('refuses a wrong credential, scope or grant as OAuth does', async () => {
    const refused = async (change: Record<string, string>) => {
      const { status, json } = await halo.signIn(change);
      return [status, json()];
    };
    expect(await refused({ client_secret: 'wrong' })).toEqual([401, { error: 'invalid_client' }]);
    expect(await refused({ client_id: 'wrong' })).toEqual([401, { error: 'invalid_client' }]);
    expect(await refused({ scope: 'read:everything' })).toEqual([400, { error: 'invalid_scope' }]);
    expect(await refused({ grant_type: 'password' })).toEqual([400, { error: 'unsupported_grant_type' }]);
  });
});

describe('the bearer check', () => {
  it('answers 401 with an empty body without, with a wrong, and with an expired token', async () => {
    const bare = await fetch(`${halo.emulator.url}/api/Tickets`);
    expect([bare.status, await bare.text()]).toEqual([401, '']);
    const wrong = await fetch(`${halo.emulator.url}/api/Tickets`, { headers: { authorization: 'Bearer x.y.z' } });
    expect([wrong.status, await wrong.text()]).toEqual([401, '']);
    clock += 3_600_000;
    expect((await halo.get('Status')).status).toBe(401);
  });

  it('follows expires_in when it is set', async () => {
    halo.emulator.faults.tokenExpiresIn = 10;
    expect((await halo.signIn()).json()).toMatchObject({ expires_in: 10 });
    clock += 10_001;
    expect((await halo.get('Status')).status).toBe(401);
    halo.emulator.faults.tokenExpiresIn = 3600;
  });

  it('rejects every token issued so far when told to, and takes new ones', async () => {
    halo.emulator.faults.rejectTokens = true;
    expect((await halo.get('Status')).status).toBe(401);
    expect((await halo.get('Status')).status).toBe(401);
    await halo.signIn();
    expect((await halo.get('Status')).status).toBe(200);
  });

  it('answers 403 outside the granted scope', async () => {
    await halo.signIn({ scope: 'read:tickets' });
    expect((await halo.get('Tickets?count=1')).status).toBe(200);
    expect((await halo.get('Client')).status).toBe(403);
    expect((await halo.post('Tickets', [{ summary: 'x' }])).status).toBe(403);
    await halo.signIn({ scope: 'all' });
    expect((await halo.get('Client')).status).toBe(200);
  });
});

describe('the request log', () => {
  it('holds method, path and query but no secret', async () => {
    await halo.get('Attachment?ticket_id=1&token=abc');
    expect(halo.emulator.requests.at(-1)).toEqual({
      method: 'GET',
      path: '/api/Attachment',
      query: 'ticket_id=1&token=***',
      at: clock,
    });
    expect(JSON.stringify(halo.emulator.requests)).not.toContain(halo.data.credential.clientSecret);
  });
});
