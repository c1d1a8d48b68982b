import { beforeEach, describe, expect, it } from 'vitest';
import { type CustomerKeys, makeCustomerKeys } from '../../src-main/app/customer-keys.ts';
import { type InTurn, inTurn } from '../../src-main/app/in-turn.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { clientOf, scopeOf } from '../gateway/given.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';

let world: DeskWorld;
let keys: CustomerKeys;
let tombstones: EntryDraft[];
let refuses: string;
let turn: InTurn;
/** Of whom the ledger has bodies under a key it has not forgotten, and for whom the broker has a key. */
let held: Set<string>;
let scopes: Set<string>;
/** Whose workers were ended, each time, of two customers. */
let ended: CustomerId[][];
const halo = InstanceId.parse('halo');
const [acme, zenith] = [CustomerId.parse('acme'), CustomerId.parse('zenith')];

beforeEach(() => make());
function make(desk: Parameters<typeof deskWorld>[0] = {}): void {
  world = deskWorld({ epoch: 4, ...desk });
  world.vault.set(halo, [acme, zenith]);
  tombstones = [];
  refuses = '';
  ended = [];
  held = new Set(['gone']);
  scopes = new Set(['acme', 'zenith', 'gone', 'silent']);
  const hear = (name: string): void => {
    if (refuses === name) throw new Fault('STARTING_AGAIN', 'x');
    world.deeds.push(name);
  };
  const ledger = {
    bodiesHeld: async () => [...held].map((under) => ({ under, bodies: 1, oldest: '2026-11-20T12:00:00.000Z' })),
    dropKeys: async ({ under, tombstone }: { under: string; tombstone: EntryDraft }) => {
      hear('dropKeys');
      held.delete(under);
      tombstones.push({ ...tombstone, params: { ...tombstone.params, under } });
    },
  };
  const destroyCustomer = async ({ customer }: { customer: CustomerId }) => {
    hear('destroyCustomer');
    scopes.delete(customer);
    for (const [instance, all] of world.vault) {
      world.vault.set(
        instance,
        all.filter((one) => one !== customer),
      );
    }
  };
  const endStale = async (isCurrent: (binding: { customer: CustomerId }) => boolean) => {
    world.deeds.push('endStale');
    ended.push([acme, zenith].filter((customer) => !isCurrent({ customer })));
  };
  Object.assign(world.crew, { ledger, workers: { endStale } });
  const hasKey = async ({ customer }: { customer: CustomerId }) => scopes.has(customer);
  Object.assign(world.crew.broker, { destroyCustomer, hasKey });
  turn = inTurn();
  keys = makeCustomerKeys({ facts: world.facts, crew: world.crew, instances: world.instances, turn });
}

/** As it is when a customer left the company and nothing was mapped since. */
function mapGone(): void {
  const { tenancy } = world.facts;
  const instances = tenancy.instances.map((each) => ({ ...each, mapping: { ...each.mapping, gone: '99' } }));
  world.facts.tenancy = { ...tenancy, instances };
}

describe('destroy', () => {
  it('records it with the keys of the ledger, then destroys the customer’s, ends its workers and unmaps it', async () => {
    await keys.destroy('acme', 'ACME-1');
    expect(tombstones).toEqual([
      {
        kind: 'retention.tombstone',
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'operator' },
        customer: 'ACME-1',
        policyVersion: 3,
        params: { because: 'key', under: 'acme' },
      },
    ]);
    expect(world.deeds.slice(0, 3)).toEqual(['dropKeys', 'endStale', 'destroyCustomer']);
    expect(ended[0]).toEqual([acme]);
    expect(world.facts.tenancy.instances[0]?.mapping).toEqual({ zenith: '17' });
    expect(world.vault.get(halo)).toEqual([zenith]);
    await world.credentials.refresh();
    expect(world.vault.get(halo)).toEqual([zenith]);
    expect([...world.facts.credentials.keys()]).toEqual([halo]);
  });

  it.each(['ACME-2', 'acme', 'acme-1', ' ACME-1', '', 'Acme Ltd'])(
    'refuses another code than its own: %j',
    async (typed) => {
      await expect(keys.destroy('ACME-1', typed)).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
      expect([world.deeds, tombstones]).toEqual([[], []]);
    },
  );

  it('refuses a customer that is not there', async () => {
    for (const customer of ['NOBODY-1', 'nobody', '../acme']) {
      await expect(keys.destroy(customer, customer)).rejects.toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
    }
  });

  it.each([
    ['the switcher', {}, async (): Promise<void> => void (await world.switcher.bind('acme'))],
    ['a pinned client app', { clients: [clientOf({ pin: { customer: 'acme', epoch: 2 } })] }, async () => {}],
    [
      'a pinned client app that is suspended',
      { clients: [clientOf({ state: 'suspended', pin: { customer: 'acme', epoch: 2 } })] },
      async () => {},
    ],
    ['work on several customers', { clients: [clientOf()], crosses: [scopeOf(clientOf())] }, async () => {}],
  ] as const)('refuses while the customer is bound by %s', async (_, desk, arrange) => {
    make(desk as never);
    await arrange();
    world.deeds.length = 0;
    await expect(keys.destroy('acme', 'ACME-1')).rejects.toMatchObject({ code: 'CUSTOMER_BOUND' });
    expect([world.deeds, tombstones]).toEqual([[], []]);
  });

  it('waits for whoever binds it meanwhile', async () => {
    const binding = turn(async () => void (await world.switcher.bind('acme')));
    await expect(keys.destroy('acme', 'ACME-1')).rejects.toMatchObject({ code: 'CUSTOMER_BOUND' });
    await binding;
    expect(tombstones).toEqual([]);
  });

  it('does not count a pin of an app that was revoked', async () => {
    make({ clients: [clientOf({ state: 'revoked', pin: { customer: 'acme', epoch: 2 } })] });
    await keys.destroy('acme', 'ACME-1');
    expect(tombstones).toHaveLength(1);
  });

  it('destroys nothing for whoever gave up while it waited', async () => {
    await expect(keys.destroy('acme', 'ACME-1', AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([tombstones, world.deeds]).toEqual([[], []]);
  });

  it('destroys nothing that could not be recorded', async () => {
    refuses = 'dropKeys';
    await expect(keys.destroy('acme', 'ACME-1')).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
    expect(world.deeds).toEqual([]);
    expect(world.facts.tenancy.instances[0]?.mapping).toEqual({ acme: '12', zenith: '17' });
  });

  it('says when the broker could not, and does it at the next try', async () => {
    refuses = 'destroyCustomer';
    await expect(keys.destroy('acme', 'ACME-1')).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
    refuses = '';
    await keys.destroy('acme', 'ACME-1');
    expect([tombstones.length, world.vault.get(halo)]).toEqual([2, [zenith]]);
  });

  it('takes a customer that the company no longer has, of whom something is kept, by its id', async () => {
    await expect(keys.destroy('gone', 'GONE-1')).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
    await keys.destroy('gone', 'gone');
    expect(tombstones).toMatchObject([{ customer: null, params: { under: 'gone' } }]);
    expect(world.facts.tenancy.instances[0]?.mapping).toEqual({ acme: '12', zenith: '17' });
  });

  it('takes one that is gone again when the broker could not, though the ledger has forgotten it, and not once it could', async () => {
    refuses = 'destroyCustomer';
    await expect(keys.destroy('gone', 'gone')).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
    expect([held.has('gone'), scopes.has('gone')]).toEqual([false, true]);
    refuses = '';
    await keys.destroy('gone', 'gone');
    expect(scopes.has('gone')).toBe(false);
    await expect(keys.destroy('gone', 'gone')).rejects.toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
  });

  it('unmaps one that is gone, so that the broker is not made to give it the credential again', async () => {
    mapGone();
    await keys.destroy('gone', 'gone');
    expect(world.facts.tenancy.instances[0]?.mapping).toEqual({ acme: '12', zenith: '17' });
    await world.credentials.refresh();
    expect(world.vault.get(halo)).toEqual([acme, zenith]);
  });

  it('takes one that is gone again when it could not be unmapped', async () => {
    mapGone();
    world.onRecord = () => Promise.reject(new Fault('LEDGER_UNWRITABLE', 'x'));
    await expect(keys.destroy('gone', 'gone')).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    world.onRecord = () => {};
    await keys.destroy('gone', 'gone');
    expect(world.facts.tenancy.instances[0]?.mapping).toEqual({ acme: '12', zenith: '17' });
  });

  it('takes one that is gone of whom the ledger keeps nothing and the broker a key', async () => {
    await keys.destroy('silent', 'silent');
    expect(scopes.has('silent')).toBe(false);
  });
});
