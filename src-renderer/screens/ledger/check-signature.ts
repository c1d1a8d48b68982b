/** Whether a checkpoint is signed by the device, checked by the browser's own Ed25519 (RFC 8032) where it has one. */
import { fromBase64, parseNote } from '../../../src-shared/merkle/note.ts';

export interface DeviceKey {
  /** The name it signs as. */
  readonly name: string;
  /** base64url of 32 bytes. */
  readonly publicKey: string;
}

export async function checkSignature(
  note: string,
  { name, publicKey }: DeviceKey,
): Promise<'valid' | 'invalid' | 'none' | 'unchecked'> {
  const parsed = parseNote(note);
  if (parsed === undefined || parsed.signatures.length === 0) return 'none';
  const found = parsed.signatures.find((each) => each.name === name)?.signature;
  if (found === undefined) return 'invalid';
  const bytes = fromBase64(`${publicKey.replaceAll('-', '+').replaceAll('_', '/')}=`);
  const key = bytes === undefined ? null : await importKey(new Uint8Array(bytes));
  if (key === null) return 'unchecked';
  const text = new TextEncoder().encode(parsed.text);
  return (await crypto.subtle.verify('Ed25519', key, new Uint8Array(found), text)) ? 'valid' : 'invalid';
}

/** Null where the browser has no Ed25519: then it is said that the signature was not checked. */
async function importKey(bytes: BufferSource): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
  } catch {
    return null;
  }
}
