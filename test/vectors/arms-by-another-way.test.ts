// Attack: a right that a role does not have is taken by a deed that does the same on the way. Opening a scope of several customers
// arms its client app; arming or adding one lets it work for a customer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ui } from '../../src-shared/contract/ui.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { frontEndWorld, type FrontEndWorld } from '../main/front-end-of.ts';

let world: FrontEndWorld;
let api: Client<typeof ui>;
beforeEach(() => {
  world = frontEndWorld();
  api = world.connect(true);
});
afterEach(() => world.desk.crosses.unwatch());

const asked = { client: 'cursor', customers: ['ACME-1', 'ZEN-2'], reason: 'Renewals of both.', minutes: 30 };
const apps = () => world.desk.facts.desk.clients.map(({ name, state, armedFor }) => [name, state, armedFor]);

describe('a scope of several customers', () => {
  beforeEach(() => api.addClient({ name: 'cursor', pin: null }));

  it('is not opened for a suspended app without the right to arm it', async () => {
    await api.suspendClient({ name: 'cursor' });
    world.desk.mayDo = ({ right }) => right === 'cross';
    await expect(api.openCross(asked)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect([apps(), world.desk.facts.desk.crosses]).toEqual([[['cursor', 'suspended', null]], []]);
    world.desk.mayDo = ({ right }) => right === 'cross' || right === 'manage-client-apps';
    expect(await api.openCross(asked)).toMatchObject({ code: 'CROSS-1' });
  });

  it('is opened without that right for an app that is armed already', async () => {
    world.desk.mayDo = ({ right }) => right === 'cross';
    expect(await api.openCross(asked)).toMatchObject({ code: 'CROSS-1' });
  });
});

describe('a client app', () => {
  const noLonger = (): void =>
    void (world.desk.mayDo = ({ right, customer }) => right !== 'bind' || customer !== 'acme');

  it('is not armed for a customer whom the technician may not select, pinned or following', async () => {
    await api.bindCustomer({ customer: 'ACME-1' });
    await api.addClient({ name: 'pinned', pin: 'ACME-1' });
    await api.addClient({ name: 'following', pin: null });
    for (const name of ['pinned', 'following']) await api.suspendClient({ name });
    noLonger();
    for (const name of ['pinned', 'following']) {
      await expect(api.armClient({ name, customer: 'ACME-1' }), name).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    }
    expect(apps().map(([, state]) => state)).toEqual(['suspended', 'suspended']);
    await api.bindCustomer({ customer: 'ZEN-2' });
    await api.armClient({ name: 'following', customer: 'ZEN-2' });
    await expect(api.armClient({ name: 'pinned', customer: null })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is not added for one either, pinned or following', async () => {
    await api.bindCustomer({ customer: 'ACME-1' });
    noLonger();
    for (const pin of ['ACME-1', null]) {
      await expect(api.addClient({ name: 'cursor', pin })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    }
    expect(apps()).toEqual([]);
  });
});
