import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** One of the keys that a company has had. */
const companyKey = (which: number) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, which)]),
    format: 'der',
    type: 'pkcs8',
  });

/** A company's policy with its key: a bundle as a compact JWS, with no more in it than a verifier looks at. */
export function policyText(version: number, tenant = 'northway', which = 7) {
  const key = companyKey(which);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'EdDSA', typ: 'bulkhead-bundle+jwt' })}.${part({ v: 1, version, tenant: { id: tenant } })}`;
  const bundle = `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { version, bundle, tenantKey: spki.subarray(-32).toString('base64url') };
}
