import { hash } from 'node:crypto';
import { noteKeyText } from '../src-shared/merkle/note.ts';

/** A device's key as signed-note writes keys: `<name>+<id>+<base64>`. `publicKey` is base64url of 32 bytes. */
export function deviceKeyText({ name, publicKey }: { readonly name: string; readonly publicKey: string }): string {
  const key = { name, publicKey: Buffer.from(publicKey, 'base64url') };
  return noteKeyText(key, (bytes) => hash('sha256', bytes, 'buffer'));
}
