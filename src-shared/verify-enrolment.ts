import { compactVerify, importJWK } from 'jose';
import { Fault } from './fault.ts';
import { Bundle, type Enrolment, IdentityClaims } from './model/bundle.ts';

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
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: enrolment.tenantKey }, 'EdDSA');
    const read = async (jws: string, type: string): Promise<unknown> => {
      const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
      if (protectedHeader.typ !== type) throw new Error('wrong type');
      return JSON.parse(new TextDecoder().decode(payload));
    };
    const identity = IdentityClaims.parse(await read(enrolment.identity, 'bulkhead-identity+jwt'));
    const bundle = Bundle.parse(await read(enrolment.bundle, 'bulkhead-bundle+jwt'));
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
