import { describe, expect, it } from 'vitest';
import { grantCheck } from '../../src-broker/grant-check.ts';
import { publicKeyFrom } from '../../src-broker/device-key.ts';
import { codeOf, halo, makeGateway, makeGrant, meridian, noon, tenant } from './keys.ts';

const gateway = makeGateway();
const key = publicKeyFrom(gateway.grantKey);
const admitted = { tenant, customer: meridian, instance: halo, epoch: 3 };

describe('grantCheck', () => {
  it('accepts a grant for this link, once', async () => {
    const check = grantCheck(admitted);
    const grant = makeGrant(gateway);
    expect(await codeOf(() => check(grant, key, noon))).toBe('no fault');
    expect(await codeOf(() => check(grant, key, noon))).toBe('GRANT_REFUSED');
  });

  it.each([
    ['another tenant', { tenant: 'southwind' }],
    ['another customer', { customer: 'harbor' }],
    ['another instance', { instance: 'hudu' }],
    ['an older epoch', { epoch: 2 }],
    ['a newer epoch', { epoch: 4 }],
    ['a time that is over', { expires: noon }],
  ])('refuses a signed grant for %s', async (_, change) => {
    expect(await codeOf(() => grantCheck(admitted)(makeGrant(gateway, change), key, noon))).toBe('GRANT_REFUSED');
  });

  it('refuses a changed claim, a foreign key, no signature and no gateway', async () => {
    const check = grantCheck(admitted);
    const grant = makeGrant(gateway);
    const changed = { ...grant, claims: { ...grant.claims, expires: noon + 60_000 } };
    expect(await codeOf(() => check(changed, key, noon))).toBe('GRANT_REFUSED');
    expect(await codeOf(() => check(makeGrant(makeGateway()), key, noon))).toBe('GRANT_REFUSED');
    expect(await codeOf(() => check({ ...grant, signature: 'A'.repeat(86) }, key, noon))).toBe('GRANT_REFUSED');
    expect(await codeOf(() => check({ ...grant, signature: '!'.repeat(86) }, key, noon))).toBe('GRANT_REFUSED');
    expect(await codeOf(() => check(grant, undefined, noon))).toBe('GRANT_REFUSED');
    expect(await codeOf(() => check(grant, key, noon))).toBe('no fault');
  });

  it('remembers at most 10,000 unexpired grants, and refuses rather than forgets', async () => {
    const check = grantCheck(admitted);
    for (let count = 0; count < 10_000; count++) check(makeGrant(gateway), key, noon);
    expect(await codeOf(() => check(makeGrant(gateway), key, noon))).toBe('GRANT_REFUSED');
    const later = noon + 30_000;
    expect(await codeOf(() => check(makeGrant(gateway, { expires: later + 1 }), key, later))).toBe('no fault');
  });
});
