import { beforeEach, describe, expect, it } from 'vitest';
import { type Bodies, makeBodies } from '../../src-main/app/bodies.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { bundleOf } from '../gateway/enrolment.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';
import { never } from '../gateway/given.ts';

let world: DeskWorld;
/** What the ledger was asked, and what was recorded, in order. */
let told: unknown[];
let bodies: Bodies;
let held: object[];
/** Of every customer in turn; the sixth is of none. */
const customers = ['ACME-1', 'ACME-1', 'ZEN-2', 'ACME-1', 'ACME-1', null];
let read: () => Promise<unknown[]>;

beforeEach(() => {
  world = deskWorld({}, { bundle: bundleOf({ policy: { policies: {}, retention: { days: 90 } } }) });
  told = [];
  held = [];
  read = async () => [{ seq: 1, body: { params: {} }, why: null }];
  world.onRecord = (kind) => void told.push(kind);
  const ledger = {
    page: async ({ after, limit }: { after: number; limit: number }) => ({
      entries: customers
        .map((customer, at) => ({ seq: at + 1, customer }) as Entry)
        .filter(({ seq }) => seq > after && seq <= after + limit),
      isEnd: true,
    }),
    bodiesOf: async ({ seqs }: { seqs: number[] }) => (told.push(seqs), read()),
    bodiesHeld: async () => held,
  };
  bodies = makeBodies({ facts: world.facts, crew: { ledger: ledger as never }, recorder: world.recorder });
});
const alert = (params: object) => ({ alert: 'bodies-read', ...params });

describe('bodiesOf', () => {
  it('records who reads what before anything is read', async () => {
    expect(await bodies.bodiesOf({ seqs: [4, 1, 2, 4] }, never)).toEqual([{ seq: 1, body: { params: {} }, why: null }]);
    expect(told).toEqual(['alert', [4, 1, 2]]);
    expect(world.entries).toEqual([
      { kind: 'alert', customer: 'ACME-1', params: alert({ entries: 3, from: 1, to: 4 }) },
    ]);
  });

  it.each([
    ['several customers', [2, 3]],
    ['a customer and none', [5, 6]],
    ['none', [6]],
    ['entries that are not there', [99]],
    ['entries far apart', [1, 5001]],
  ])('records the reading of %s under no customer', async (_, seqs) => {
    await bodies.bodiesOf({ seqs }, never);
    expect(world.entries).toMatchObject([{ customer: null, params: { entries: seqs.length } }]);
  });

  it('reads nothing that it could not record', async () => {
    world.onRecord = () => Promise.reject(new Fault('LEDGER_UNWRITABLE', 'x'));
    await expect(bodies.bodiesOf({ seqs: [1] }, never)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(told).toEqual([]);
  });

  it('has recorded a reading that fails', async () => {
    read = () => Promise.reject(new Fault('LEDGER_DAMAGED', 'x'));
    await expect(bodies.bodiesOf({ seqs: [1] }, never)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(world.entries).toHaveLength(1);
  });
});

describe('keptBodies', () => {
  it('tells of every customer, of those who are gone, and of none', async () => {
    const oldest = '2026-11-20T12:00:00.000Z';
    held = [
      { under: null, bodies: 7, oldest },
      { under: 'gone', bodies: 2, oldest },
      { under: 'zenith', bodies: 3, oldest },
    ];
    expect(await bodies.keptBodies(undefined, never)).toEqual([
      { customer: { code: 'ACME-1', name: 'Acme Ltd' }, bodies: 0, oldest: null, days: 90 },
      { customer: { code: 'ZEN-2', name: 'Zenith Group' }, bodies: 3, oldest, days: 90 },
      { customer: { code: null, name: 'gone' }, bodies: 2, oldest, days: 90 },
      { customer: null, bodies: 7, oldest, days: 90 },
    ]);
    expect(world.entries).toEqual([]);
  });

  it('tells of those who are gone how long they are kept, which is the longest of all that is said', async () => {
    const groups = [{ id: 'regulated', name: 'R', customers: ['zenith'] }];
    const retention = { days: 90, groups: { regulated: 2555 } };
    world.facts.tenancy = { ...world.facts.tenancy, bundle: bundleOf({ policy: { policies: {}, groups, retention } }) };
    held = [{ under: 'gone', bodies: 2, oldest: '2026-11-20T12:00:00.000Z' }];
    const kept = await bodies.keptBodies(undefined, never);
    expect(kept.map(({ days }) => days)).toEqual([90, 2555, 2555, 90]);
  });
});
