/** This device's Ed25519 signing key, and the public keys of others as they cross contracts: base64url of 32 bytes. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';

export interface DeviceKey {
  readonly privateKey: KeyObject;
  /** The raw 32 bytes. */
  readonly publicBytes: Buffer;
  /** `dev-` and the first 12 hex digits of SHA-256 of the public key. */
  readonly device: string;
}

/** A new key as PKCS#8, in a buffer the caller clears. */
export function makeDeviceKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });
}

/** Throws when the bytes are not an Ed25519 key. */
export function deviceKeyFrom(pkcs8: Buffer): DeviceKey {
  const privateKey = createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' });
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
  const publicBytes = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const device = `dev-${createHash('sha256').update(publicBytes).digest('hex').slice(0, 12)}`;
  return { privateKey, publicBytes, device };
}

export function publicKeyFrom(text: string): KeyObject {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });
  } catch {
    throw new Fault('KEY_INVALID', 'This is not a public Ed25519 key.');
  }
}
