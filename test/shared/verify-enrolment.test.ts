import { describe, expect, it } from 'vitest';
import { TenantId } from '../../src-shared/model/ids.ts';
import { verifyEnrolment, verifyIdentity } from '../../src-shared/verify-enrolment.ts';
import { bundleOf, identityOf, makeIssuer, testNow } from '../gateway/enrolment.ts';

const issuer = await makeIssuer();
const enrolment = await issuer.enrol();
const invalid = { code: 'ENROLMENT_INVALID' };

describe('verifyEnrolment', () => {
  it('answers what was signed', async () => {
    expect(await verifyEnrolment(enrolment)).toEqual({ bundle: bundleOf(), identity: identityOf() });
  });

  it('refuses another key, a key that is none, and material another key signed', async () => {
    const other = await makeIssuer();
    const forged = await other.enrol();
    for (const change of [
      { tenantKey: other.tenantKey },
      { tenantKey: 'A'.repeat(43) },
      { tenantKey: '!'.repeat(43) },
      { bundle: forged.bundle },
      { identity: forged.identity },
    ]) {
      await expect(verifyEnrolment({ ...enrolment, ...change }), JSON.stringify(change)).rejects.toMatchObject(invalid);
    }
  });

  it('refuses what is no JWS, or one whose parts were swapped', async () => {
    const [header, payload, signature] = enrolment.bundle.split('.');
    for (const bundle of [
      ...['', '..', 'a.b.c', `${header}.${payload}.`, `${header}.${payload}`, `${enrolment.bundle}.x`],
      ...[`${header}..${signature}`, `${payload}.${header}.${signature}`],
    ]) {
      await expect(verifyEnrolment({ ...enrolment, bundle }), bundle.slice(0, 30)).rejects.toMatchObject(invalid);
    }
  });

  it('refuses either part in the place of the other', async () => {
    const { bundle, identity } = enrolment;
    await expect(verifyEnrolment({ ...enrolment, bundle: identity })).rejects.toMatchObject(invalid);
    await expect(verifyEnrolment({ ...enrolment, identity: bundle })).rejects.toMatchObject(invalid);
  });

  it('refuses an identity that is meant for another audience, or claims beyond the known', async () => {
    for (const change of [{ aud: 'other' }, { admin: true }, { roles: ['Admin Of All'] }]) {
      const identity = await issuer.sign({ ...identityOf(), ...change }, 'bulkhead-identity+jwt');
      await expect(verifyEnrolment({ ...enrolment, identity }), JSON.stringify(change)).rejects.toMatchObject(invalid);
    }
  });

  it('refuses a header that names extensions it does not know', async () => {
    const critical = { crit: ['exp-next'], 'exp-next': 'x' } as never;
    const made = issuer
      .sign(bundleOf(), 'bulkhead-bundle+jwt', critical)
      .then((bundle) => verifyEnrolment({ ...enrolment, bundle }));
    await expect(made).rejects.toThrow();
  });

  it('says nothing of what was wrong: the words are the same for every forgery', async () => {
    const wrong = [{ bundle: '' }, { tenantKey: 'A'.repeat(43) }, { identity: enrolment.bundle }];
    const thrown = await Promise.all(wrong.map((change) => verifyEnrolment({ ...enrolment, ...change }).catch(String)));
    expect(new Set(thrown).size).toBe(1);
  });
});

describe('verifyIdentity', () => {
  const tenant = TenantId.parse('msp');
  const given = { tenant, tenantKey: issuer.tenantKey, now: testNow };
  const signed = (change: object = {}) => issuer.sign(identityOf(change), 'bulkhead-identity+jwt');
  const second = Math.floor(testNow / 1000);

  it('answers who it is', async () => {
    expect(await verifyIdentity(await signed({ sub: 'ben' }), given)).toEqual(identityOf({ sub: 'ben' }));
  });

  it('refuses one out of date, to the second, and one from after now but for a minute', async () => {
    const invalidNow = { code: 'IDENTITY_INVALID' };
    await expect(verifyIdentity(await signed({ exp: second }), given)).rejects.toMatchObject(invalidNow);
    await expect(verifyIdentity(await signed({ exp: second + 1 }), given)).resolves.toBeDefined();
    await expect(verifyIdentity(await signed({ iat: second + 61 }), given)).rejects.toMatchObject(invalidNow);
    await expect(verifyIdentity(await signed({ iat: second + 60 }), given)).resolves.toBeDefined();
  });

  it('refuses another tenant, another key, another type and no identity at all, in the same words', async () => {
    const other = await makeIssuer();
    const wrong: [string, Partial<typeof given>][] = [
      [await signed(), { tenant: TenantId.parse('other') }],
      [await signed(), { tenantKey: other.tenantKey }],
      [await signed(), { tenantKey: '' }],
      [await issuer.sign(identityOf(), 'bulkhead-bundle+jwt'), {}],
      [await issuer.sign(bundleOf(), 'bulkhead-identity+jwt'), {}],
      ['', {}],
    ];
    const thrown = await Promise.all(
      wrong.map(([jws, change]) => verifyIdentity(jws, { ...given, ...change }).catch(String)),
    );
    expect(new Set(thrown)).toEqual(new Set(["Fault: This is not a valid identity of this company's people."]));
  });
});
