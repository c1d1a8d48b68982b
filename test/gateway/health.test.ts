import { beforeEach, describe, expect, it } from 'vitest';
import { Health } from '../../src-gateway/health.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';

const acme = CustomerId.parse('acme');
const halo = { instance: InstanceId.parse('halo'), customer: acme };
/** The clock that cannot be set; the wall clock is ten seconds ahead of it. */
let clock: number;
let now: () => number;
let told: string[];
let seen: string[];
let health: Health;
beforeEach(() => {
  clock = 0;
  now = () => clock + 10_000;
  told = [];
  seen = [];
  health = new Health(
    { clock: () => clock, now: () => now() },
    {
      health: ({ instance, health: { state } }) => told.push(`${instance} ${state}`),
      seen: ({ instance, at }) => seen.push(`${instance} ${at}`),
    },
  );
});
const fail = (times: number) => {
  for (let time = 0; time < times; time += 1) health.failed(halo, 'down');
};

describe('Health', () => {
  it('takes what it has never heard of as usable', () => {
    expect(health.isUsable(halo)).toBe(true);
  });

  it('opens at the fifth failure in a row', () => {
    fail(4);
    expect(health.isUsable(halo)).toBe(true);
    fail(1);
    expect(health.isUsable(halo)).toBe(false);
    expect(health.isUsable({ ...halo, instance: InstanceId.parse('hudu') })).toBe(true);
  });

  it('counts only failures in a row', () => {
    fail(4);
    health.succeeded(halo);
    fail(4);
    expect(health.isUsable(halo)).toBe(true);
  });

  it('lets one probe through after fifteen seconds, and the next only fifteen later', () => {
    fail(5);
    clock = 14_999;
    expect(health.isUsable(halo)).toBe(false);
    clock = 15_000;
    expect(health.isUsable(halo)).toBe(true);
    health.attempt(halo);
    expect(health.isUsable(halo)).toBe(false);
    clock = 30_000;
    expect(health.isUsable(halo)).toBe(true);
  });

  it('closes when the probe succeeds and opens again when it fails', () => {
    fail(5);
    clock = 15_000;
    health.attempt(halo);
    health.failed(halo, 'still down');
    clock = 29_999;
    expect(health.isUsable(halo)).toBe(false);
    clock = 30_000;
    health.attempt(halo);
    health.succeeded(halo);
    expect(health.isUsable(halo)).toBe(true);
    fail(1);
    expect(health.isUsable(halo)).toBe(true);
  });

  it('tells each failure, and a recovery once', () => {
    health.succeeded(halo);
    health.succeeded(halo);
    fail(2);
    health.succeeded(halo);
    expect(told).toEqual(['halo healthy', 'halo failing', 'halo failing', 'halo healthy']);
  });

  it('tells that an instance is used, at most once a second', () => {
    health.attempt(halo);
    clock = 999;
    health.attempt(halo);
    clock = 1000;
    health.attempt(halo);
    expect(seen).toEqual(['halo 1970-01-01T00:00:10.000Z', 'halo 1970-01-01T00:00:11.000Z']);
  });

  it('keeps its word when the clock of the machine is set, back or forward', () => {
    fail(5);
    now = () => 3_600_000;
    expect(health.isUsable(halo)).toBe(false);
    now = () => -3_600_000;
    clock = 15_000;
    expect(health.isUsable(halo)).toBe(true);
    health.attempt(halo);
    clock = 30_000;
    expect(health.isUsable(halo)).toBe(true);
    health.attempt(halo);
    expect(seen).toHaveLength(2);
  });

  it('keeps a circuit for each customer, so that nobody can open it for another', () => {
    fail(5);
    expect(health.isUsable(halo)).toBe(false);
    expect(health.isUsable({ ...halo, customer: CustomerId.parse('zenith') })).toBe(true);
  });

  it('takes a probe back that told nothing', () => {
    fail(5);
    clock = 15_000;
    health.attempt(halo);
    expect(health.isUsable(halo)).toBe(false);
    health.released(halo);
    expect(health.isUsable(halo)).toBe(true);
  });
});
