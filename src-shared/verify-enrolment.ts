import { compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { Bundle, type Enrolment, IdentityClaims, type SignedPolicy } from './model/bundle.ts';
import type { TenantId } from './model/ids.ts';

/** What an enrolment says once its signatures are checked. */
export interface VerifiedEnrolment {
  readonly bundle: Bundle;
  readonly identity: IdentityClaims;
}

/**
 * Checks identity and bundle against the tenant's pinned key. Both must name the enrolled tenant, so that material of
 * one tenant never serves another even under the same key. Expiry is not judged here: it passes while the app runs.
 *
 * Every process that decides by an enrolment calls this itself, rather than trust the process that carried it.
 * @throws Fault ENROLMENT_INVALID
 */
export async function verifyEnrolment(enrolment: Enrolment): Promise<VerifiedEnrolment> {
  try {
    const read = await reader(enrolment.tenantKey);
    const identity = IdentityClaims.parse(await read(enrolment.identity, identityType));
    const bundle = Bundle.parse(await read(enrolment.bundle, bundleType));
    if (identity.tenant !== enrolment.tenant || bundle.tenant.id !== enrolment.tenant) throw new Error('wrong tenant');
    return { bundle, identity };
  } catch {
    throw new Fault(
      'ENROLMENT_INVALID',
      "This device's enrolment could not be verified with its company's key.",
      'Enrol the device again, or start the demo with --demo.',
    );
  }
}

/**
 * Whether a policy of any time is signed by the key it comes with, and is of this tenant and the version it says. Nothing else
 * of it is read: what an earlier or a later Bulkhead takes need not be what this one does.
 */
export async function isSignedPolicy({ version, bundle, tenantKey }: SignedPolicy, tenant: TenantId): Promise<boolean> {
  try {
    const read = await reader(tenantKey);
    const said = OfAnyTime.parse(await read(bundle, bundleType));
    return said.version === version && said.tenant.id === tenant;
  } catch {
    return false;
  }
}

const OfAnyTime = z.object({ version: z.int(), tenant: z.object({ id: z.string() }) });

/**
 * One person's identity, brought to this device to decide something: signed by the company's key, of this very tenant, and in
 * date. `now` in milliseconds since 1970.
 * @throws Fault IDENTITY_INVALID
 */
export async function verifyIdentity(
  jws: string,
  { tenant, tenantKey, now }: { readonly tenant: TenantId; readonly tenantKey: string; readonly now: number },
): Promise<IdentityClaims> {
  try {
    const read = await reader(tenantKey);
    const identity = IdentityClaims.parse(await read(jws, identityType));
    if (identity.tenant !== tenant) throw new Error('wrong tenant');
    if (!(identity.iat * 1000 <= now + clockSkew && now < identity.exp * 1000)) throw new Error('not in date');
    return identity;
  } catch {
    throw new Fault(
      'IDENTITY_INVALID',
      "This is not a valid identity of this company's people.",
      'Sign in again, and use the identity that is valid now.',
    );
  }
}

const identityType = 'bulkhead-identity+jwt';
const bundleType = 'bulkhead-bundle+jwt';

/** Milliseconds by which the clock of whoever signed may be ahead of ours. */
const clockSkew = 60_000;

/** Reads what the tenant's key signed as being of one type. Anything else throws. */
async function reader(tenantKey: string): Promise<(jws: string, type: string) => Promise<unknown>> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: tenantKey }, 'EdDSA');
  return async (jws, type) => {
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    if (protectedHeader.typ !== type) throw new Error('wrong type');
    return JSON.parse(new TextDecoder().decode(payload), noneLost) as unknown;
  };
}

/** A schema passes over a member of this name, and with it a rule of that id: what was signed must be read whole or not at all. */
function noneLost(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new Error('a name that would be lost');
  return value;
}
