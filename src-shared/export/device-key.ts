import { fromBase64, noteKeyText } from '../merkle/note.ts';
import type { Sha256 } from './sha256.ts';

/** A device's key as signed-note writes keys: `<name>+<id>+<base64>`. `publicKey` is base64url of 32 bytes. */
export function deviceKeyText(
  { name, publicKey }: { readonly name: string; readonly publicKey: string },
  newSha256: () => Sha256,
): string {
  const bytes = fromBase64(`${publicKey.replaceAll('-', '+').replaceAll('_', '/')}=`);
  if (bytes === undefined) throw new TypeError('not a key');
  return noteKeyText({ name, publicKey: bytes }, (text) => {
    const sha256 = newSha256();
    sha256.update(text);
    return sha256.digest();
  });
}
