import { describe, expect, it } from 'vitest';
import { tenant } from '../../../src-gateway/gates/tenant.ts';
import { TenantId } from '../../../src-shared/model/ids.ts';
import { bundleOf, identityOf, testNow } from '../enrolment.ts';
import { clientOf, msp } from '../given.ts';
import { makeWorld } from '../world.ts';

const world = await makeWorld();
const app = clientOf();
const none = { ok: false, error: { code: 'TENANT_UNRESOLVED', gate: 'tenant' } };
const day = 24 * 60 * 60 * 1000;
const as = (change: object) => ({ ...world.powers, session: () => ({ ...world.session, ...change }) });

describe('tenant', () => {
  it('takes the tenant from the principal, and names technician and client app for the ledger', () => {
    expect(tenant({ app, issuedIn: msp }, world.powers)).toEqual({
      ok: true,
      value: {
        session: world.session,
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'assistant' },
      },
    });
    expect(tenant({ app: 'operator', issuedIn: msp }, world.powers)).toMatchObject({
      value: { principal: { client: 'operator' } },
    });
  });

  it('denies when nobody is signed in for the tenant', () => {
    expect(tenant({ app, issuedIn: TenantId.parse('other') }, world.powers)).toMatchObject(none);
  });

  it('denies a session whose identity or bundle is of another tenant, even if it got there', () => {
    const other = { id: 'other', name: 'Other MSP' };
    expect(tenant({ app, issuedIn: msp }, as({ identity: identityOf({ tenant: 'other' }) }))).toMatchObject(none);
    expect(tenant({ app, issuedIn: msp }, as({ bundle: bundleOf({ tenant: other }) }))).toMatchObject(none);
  });

  it('denies from the very millisecond the sign-in expires', () => {
    const until = Math.floor((testNow + day) / 1000) * 1000;
    expect(tenant({ app, issuedIn: msp }, { ...world.powers, now: () => until - 1 })).toMatchObject({ ok: true });
    const expired = tenant({ app, issuedIn: msp }, { ...world.powers, now: () => until });
    expect(expired).toMatchObject(none);
  });

  it('denies from the very millisecond the bundle expires', () => {
    const powers = as({ identity: identityOf({ exp: 9_999_999_999 }) });
    expect(tenant({ app, issuedIn: msp }, { ...powers, now: () => testNow + day - 1 })).toMatchObject({ ok: true });
    expect(tenant({ app, issuedIn: msp }, { ...powers, now: () => testNow + day })).toMatchObject(none);
  });

  it('denies a bundle whose end is not a date', () => {
    // NaN compares with nothing: a check for "is over" alone would let it live for ever.
    expect(tenant({ app, issuedIn: msp }, as({ bundle: { ...bundleOf(), expires: 'never' } }))).toMatchObject(none);
  });
});
