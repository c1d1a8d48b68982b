/**
 * One sealed value: AES-256-GCM with a random 96-bit nonce, bound to what it is about.
 *
 *   base64( nonce 12 ‖ ciphertext ‖ tag 16 )
 *
 * The associated data is the value's full path of meaning. Whoever can write the vault file can move a ciphertext to
 * another customer, instance, field or version, but there it no longer opens.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';

const nonceLength = 12;
const tagLength = 16;

/** Takes over 32 bytes as a key, and clears them. */
export function keyFrom(bytes: Uint8Array): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

export function encrypt(key: KeyObject, plain: Uint8Array, about: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The value, in a buffer the caller clears after use. Throws VAULT_UNREADABLE for another key, another `about`, or damage. */
export function decrypt(key: KeyObject, sealed: string, about: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceLength + tagLength) throw unreadable();
  const nonce = bytes.subarray(0, nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(bytes.length - tagLength));
  const plain = decipher.update(bytes.subarray(nonceLength, bytes.length - tagLength));
  try {
    decipher.final();
  } catch {
    plain.fill(0); // Unauthenticated bytes are not looked at.
    throw unreadable();
  }
  return plain;
}

const unreadable = (): Fault =>
  new Fault(
    'VAULT_UNREADABLE',
    'A stored value does not open: the vault file was changed or damaged.',
    'Restore it from a backup.',
  );
