import { describe, expect, it } from 'vitest';
import { paths } from '../../src-main/app/paths.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { bindingTo, clientOf, msp, scopeOf } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';

describe('isCurrent', () => {
  it('holds for exactly the bound customer at exactly its epoch', async () => {
    const { facts, switcher } = deskWorld({ epoch: 4 });
    await switcher.bind('acme');
    expect(facts.isCurrent(bindingTo('acme', 5))).toBe(true);
    for (const other of [
      bindingTo('acme', 4),
      bindingTo('acme', 6),
      bindingTo('zenith', 5),
      bindingTo('acme', 5, 'other'),
    ]) {
      expect(facts.isCurrent(other), JSON.stringify(other)).toBe(false);
    }
  });

  it('holds for a pin only while its app is armed', async () => {
    const pinned = clientOf({ name: 'reports', pin: { customer: 'zenith', epoch: 2 } });
    const { facts, clientApps } = deskWorld({ epoch: 2, clients: [pinned] });
    expect(facts.isCurrent(bindingTo('zenith', 2))).toBe(true);
    await clientApps.suspend('reports'); // Nobody may use that customer now: no worker of it is started or kept.
    expect(facts.isCurrent(bindingTo('zenith', 2))).toBe(false);
    await clientApps.arm('reports', null);
    expect(facts.isCurrent(bindingTo('zenith', 2))).toBe(true);
    await clientApps.revoke('reports');
    expect(facts.isCurrent(bindingTo('zenith', 2))).toBe(false);
  });
});

describe('isCurrent of a cross-customer scope', () => {
  it('holds for its members only while its app is armed', async () => {
    const app = clientOf({ name: 'cursor' });
    const { facts } = deskWorld({ epoch: 12, clients: [app], crosses: [scopeOf(app)] });
    expect([facts.isCurrent(bindingTo('acme', 11)), facts.isCurrent(bindingTo('zenith', 12))]).toEqual([true, true]);
    expect([facts.isCurrent(bindingTo('acme', 12)), facts.isCurrent(bindingTo('zenith', 11))]).toEqual([false, false]);
    facts.desk = { ...facts.desk, clients: [{ ...app, state: 'suspended' }] };
    expect(facts.isCurrent(bindingTo('acme', 11))).toBe(false);
  });
});

describe('paths', () => {
  it('stay inside the tenant’s folder', () => {
    expect(paths.ledger(msp)).toBe('tenants/msp/ledger.db');
    for (const name of [
      '..',
      '../other',
      'a/b',
      'a\\b',
      '.',
      '',
      'A',
      'a.b',
      '-a',
      'con:',
      'a'.repeat(64),
      'a\0',
      'ä',
    ]) {
      expect(TenantId.safeParse(name).success, name).toBe(false);
    }
  });
});
