/**
 * Sealing a credential to the broker, so that whoever carries it (the window, a command, the supervisor) cannot read it.
 *
 * An ephemeral ECDH P-256 key agrees with the broker's key of this start; HKDF-SHA-256 gives an AES-256-GCM key. The
 * associated data names what the credential is for, so that a sealed box cannot be replayed onto another instance.
 *
 *   box = { key: base64url raw ephemeral public key, iv: base64url 12 bytes, data: base64url ciphertext ‖ tag }
 */
import { z } from 'zod';

export const SealedBox = z.strictObject({
  key: z.string().max(120),
  iv: z.string().max(24),
  data: z.string().max(20_000),
});
export type SealedBox = z.infer<typeof SealedBox>;

/** The broker's public half: base64url of the 65-byte raw point. */
export const SealKey = z.string().max(120);

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** Seals `text` for the holder of the private half of `sealKey`. `purpose` must be the same when it is opened. */
export async function seal(text: string, sealKey: string, purpose: string): Promise<SealedBox> {
  const theirs = await crypto.subtle.importKey('raw', fromBase64Url(sealKey), curve, false, []);
  const mine = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const key = await boxKey(mine.privateKey, theirs, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(purpose) }, key, utf8(text));
  const raw = await crypto.subtle.exportKey('raw', mine.publicKey);
  return { key: toBase64Url(new Uint8Array(raw)), iv: toBase64Url(iv), data: toBase64Url(new Uint8Array(data)) };
}

/** A key pair for one start of the broker, and the function that opens what was sealed to it. */
export async function makeSealKey(): Promise<{
  sealKey: string;
  open: (box: SealedBox, purpose: string) => Promise<string>;
}> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const sealKey = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const open = async (box: SealedBox, purpose: string): Promise<string> => {
    const theirs = await crypto.subtle.importKey('raw', fromBase64Url(box.key), curve, false, []);
    const key = await boxKey(pair.privateKey, theirs, ['decrypt']);
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64Url(box.iv), additionalData: utf8(purpose) },
      key,
      fromBase64Url(box.data),
    );
    return new TextDecoder().decode(text);
  };
  return { sealKey, open };
}

async function boxKey(mine: CryptoKey, theirs: CryptoKey, usages: KeyUsage[]): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256);
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8('bulkhead seal v1') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    usages,
  );
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
