// Contracts, invoices and appointments of the emulated HaloPSA, and what may be written to an asset (halopsa.md §5.7 to §5.10).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyScope, type Halo, type Json, startHalo } from './northway.ts';

let halo: Halo;
beforeEach(async () => {
  halo = await startHalo();
  await halo.signIn({ scope: `${everyScope} edit:assets read:contracts read:calendar` });
});
afterEach(() => halo.emulator.close());

const ownersOf = (rows: readonly Json[]): unknown[] =>
  [...new Set(rows.map((row) => row['client_id'] ?? 0))].toSorted((one, other) => Number(one) - Number(other));

describe('GET /ClientContract', () => {
  it('is filtered by customer, and by nothing without one', async () => {
    expect(ownersOf(await halo.rows('ClientContract?client_id=214'))).toEqual([214]);
    expect((await halo.rows('ClientContract')).length).toBeGreaterThan(10);
    halo.emulator.faults.ignoreClientFilter = true;
    expect((await halo.rows('ClientContract?client_id=214')).length).toBeGreaterThan(10);
  });

  it('reads any contract by its id, with what the MSP pays', async () => {
    const [first] = await halo.rows('ClientContract?client_id=46');
    const contract = (await halo.get(`ClientContract/${String(first?.['id'])}`)).json() as Json;
    expect(contract).toMatchObject({ client_id: 46, costperperiod: expect.any(Number), chargerates: [] });
    expect((await halo.get('ClientContract/1')).status).toBe(404);
  });

  it('needs its own permission', async () => {
    await halo.signIn({ scope: everyScope });
    expect((await halo.get('ClientContract?client_id=214')).status).toBe(403);
    expect((await halo.get('Appointment?client_id=214')).status).toBe(403);
  });
});

describe('GET /Appointment', () => {
  it('answers with internal appointments of nobody, whoever is asked for', async () => {
    expect(ownersOf(await halo.rows('Appointment?client_id=214'))).toEqual([0, 214]);
    expect(ownersOf(await halo.rows('Appointment')).length).toBeGreaterThan(10);
  });

  it('keeps to the days that are asked for', async () => {
    expect(await halo.rows('Appointment?start_date=2030-01-01T00:00:00')).toEqual([]);
    expect(await halo.rows('Appointment?end_date=2020-01-01T00:00:00')).toEqual([]);
    const [one] = await halo.rows('Appointment?client_id=214');
    const day = String(one?.['start_date']).slice(0, 10);
    const found = await halo.rows(`Appointment?client_id=214&start_date=${day}T00:00:00&end_date=${day}T23:59:59`);
    expect(found.map(({ id }) => id)).toContain(one?.['id']);
  });
});

describe('POST /Asset', () => {
  it('updates whatever has the id, and moves it to whoever is named', async () => {
    const [mine] = await halo.rows('Asset?client_id=214');
    const saved = await halo.post('Asset', [{ id: mine?.['id'], key_field: 'NEW', client_id: 46 }]);
    expect(saved).toMatchObject({ status: 200 });
    expect((await halo.get(`Asset/${String(mine?.['id'])}`)).json()).toMatchObject({ key_field: 'NEW', client_id: 46 });
    expect((await halo.post('Asset', [{ id: 999_999 }])).status).toBe(404);
    expect((await halo.post('Asset', { id: 1 })).status).toBe(400);
  });

  it('creates one without id', async () => {
    const saved = await halo.post('Asset', [{ client_id: 214, key_field: 'PC' }]);
    expect([saved.status, saved.json()]).toMatchObject([201, { client_id: 214, key_field: 'PC' }]);
  });
});
