// The key the demo company signs with. It never leaves the demo's process but into its own file.
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { KeptIssue } from './kept-issue.ts';

type Jwk = KeptIssue['key'];

export interface CompanyKey {
  readonly jwk: Jwk;
  sign(payload: unknown, typ: string): Promise<string>;
}

/** The key that was kept, if its halves belong together; else a new one. */
export async function companyKey(kept: Jwk | undefined): Promise<CompanyKey> {
  if (kept && (await isWhole(kept))) return signing(kept);
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x = '', d = '' } = await exportJWK(privateKey);
  return signing({ kty: 'OKP', crv: 'Ed25519', x, d });
}

async function isWhole(jwk: Jwk): Promise<boolean> {
  try {
    const { kty, crv, x } = jwk;
    const signed = await (await signing(jwk)).sign({}, 'probe');
    await compactVerify(signed, await importJWK({ kty, crv, x }, 'EdDSA'));
    return true;
  } catch {
    return false;
  }
}

async function signing(jwk: Jwk): Promise<CompanyKey> {
  const key = await importJWK(jwk, 'EdDSA');
  return {
    jwk,
    sign: (payload, typ) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', typ })
        .sign(key),
  };
}
