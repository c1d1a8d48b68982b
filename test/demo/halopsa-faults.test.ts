import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noFaults, observedRateLimit } from '../../src-demo/halopsa/faults.ts';
import type { HaloFaults } from '../../src-demo/halopsa/faults.ts';
import { startHalo } from './northway.ts';
import type { Halo, Json } from './northway.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let halo: Halo;
let faults: HaloFaults;
beforeAll(async () => {
  halo = await startHalo(() => clock);
  faults = halo.emulator.faults;
});
afterEach(() => void Object.assign(faults, noFaults()));
afterAll(() => halo.emulator.close());

const list = 'Tickets?client_id=214&pageinate=true&page_size=10&page_no=1';
const owners = (rows: readonly Json[]) => rows.map((row) => row['client_id']);

describe('ownership faults', () => {
  it('ignoreClientFilter lists everyone', async () => {
    faults.ignoreClientFilter = true;
    expect((await halo.rows('Tickets?client_id=214')).length).toBe(halo.data.tickets.length);
    expect(new Set(owners(await halo.rows('Asset?client_id=214'))).size).toBeGreaterThan(10);
  });

  it('dropOwner takes the owner off rows and records', async () => {
    faults.dropOwner = true;
    const rows = await halo.rows(list);
    expect(rows.some((row) => 'client_id' in row)).toBe(false);
    expect((await halo.get(`Tickets/${Number(rows[0]?.['id'])}`)).json()).not.toHaveProperty('client_id');
    expect((await halo.rows('Actions?ticket_id=2001')).some((row) => 'ticket_id' in row)).toBe(false);
    expect((await halo.rows('Site?client_id=214')).some((row) => 'client_id' in row)).toBe(false);
  });

  it('mixForeignRows adds rows of others with their true owner to every page', async () => {
    faults.mixForeignRows = 3;
    for (const path of [
      list,
      'Users?client_id=214',
      'Asset?client_id=214',
      'Site?client_id=214',
      'Invoice?client_id=214',
    ]) {
      expect(owners(await halo.rows(path)).filter((owner) => owner !== 214)).toHaveLength(3);
    }
    const actions = await halo.rows('Actions?ticket_id=2001');
    expect(actions.filter((row) => row['ticket_id'] !== 2001)).toHaveLength(3);
    expect((await halo.rows('Tickets?count=5')).length).toBe(5);
  });

  it('lieOwner names the asked client on a row whose id says otherwise', async () => {
    faults.lieOwner = true;
    const foreign = (await halo.rows(list)).filter((row) => row['client_id'] !== 214);
    expect(foreign.map((row) => row['client_name'])).toEqual(['Meridian Dental Group']);
  });

  it('wrongRecordCount lies about the number', async () => {
    faults.wrongRecordCount = 7;
    expect((await halo.get(list)).json()).toMatchObject({ record_count: 7 });
  });

  it('hugePage repeats rows until the body is large', async () => {
    faults.hugePage = 2_000_000;
    const { text } = await halo.get(list);
    expect(text.length).toBeGreaterThan(2_000_000);
    expect(new Set(owners((JSON.parse(text) as Json)['tickets'] as Json[])).has(87)).toBe(false);
  });
});

describe('failures', () => {
  it.each([
    ['dotnet', '{"ClassName":"System.Exception","Message":"An error has occurred."}'],
    ['message', '{"Message":"An error has occurred."}'],
    ['error', '{"error":"An error has occurred."}'],
    ['result', '{"resultCode":"503","errorMessage":"An error has occurred."}'],
    ['text', 'An error has occurred.'],
    ['empty', ''],
  ] as const)('failStatus answers in the %s shape', async (shape, body) => {
    Object.assign(faults, { failStatus: 503, errorShape: shape });
    expect(await halo.get(list)).toMatchObject({ status: 503, text: body });
  });

  it('failEvery fails each n-th call only', async () => {
    faults.failEvery = 3;
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await halo.get('Status')).status);
    expect(statuses.filter((status) => status === 500)).toHaveLength(2);
    expect(statuses.indexOf(500) + 3).toBe(statuses.lastIndexOf(500));
  });

  it('latencyMs delays the answer', async () => {
    faults.latencyMs = 60;
    const begun = performance.now();
    await halo.get('Status');
    expect(performance.now() - begun).toBeGreaterThan(55);
  });

  it('garbageJson claims JSON and is none', async () => {
    faults.garbageJson = true;
    const answer = await halo.get(list);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.json).toThrow(SyntaxError);
  });

  it('truncateBody, dropConnection and hang leave the caller without an answer', async () => {
    faults.truncateBody = true;
    await expect(halo.get(list)).rejects.toThrow(TypeError);
    faults.truncateBody = false;
    faults.dropConnection = true;
    await expect(halo.get(list)).rejects.toThrow(TypeError);
    faults.dropConnection = false;
    faults.hang = true;
    const hung = fetch(`${halo.emulator.url}/api/Status`, { signal: AbortSignal.timeout(80) });
    await expect(hung).rejects.toThrow('timeout');
  });
});

describe('the rate limit', () => {
  it('answers 429 with the vendor’s text until the window has rolled on', async () => {
    faults.rateLimit = { requests: 2, windowSeconds: 300, retryAfter: null };
    expect([(await halo.get('Status')).status, (await halo.get('Status')).status]).toEqual([200, 200]);
    const refused = await halo.get('Status');
    expect([refused.status, refused.text]).toEqual([
      429,
      'Rate Limit Reached - 2 Requests per rolling 5 minute window',
    ]);
    expect(refused.headers.has('retry-after')).toBe(false);
    faults.rateLimit = { ...faults.rateLimit, retryAfter: 12 };
    expect((await halo.get('Status')).headers.get('retry-after')).toBe('12');
    clock += 300_001;
    expect((await halo.get('Status')).status).toBe(200);
  });

  it('is off by default, and known as observed', () => {
    expect(noFaults().rateLimit).toBe(null);
    expect(observedRateLimit).toEqual({ requests: 300, windowSeconds: 300, retryAfter: null });
  });
});
