/** Checkpoints as C2SP signed notes, and the keys that sign them (docs/audit-format.md, "The checkpoint"). */
import { createPublicKey, hash, verify } from 'node:crypto';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** What is signed. */
  readonly body: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Buffer }[];
}

export interface Key {
  readonly name: string;
  /** Hex of four bytes. */
  readonly id: string;
  readonly publicKey: Buffer;
}

/** The checkpoint of a signed note or of a body alone; undefined for any other text. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const end = text.lastIndexOf('\n\n');
  const body = end < 0 ? text : text.slice(0, end + 1);
  const [origin, size, root, ...rest] = body.split('\n');
  if (!origin?.startsWith('bulkhead/') || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || rest.at(-1) !== '')
    return undefined;
  const hashed = bytesOf(root ?? '');
  if (hashed?.length !== 32) return undefined;
  const signatures = end < 0 ? [] : readSignatures(text.slice(end + 2));
  return signatures && { origin, size: Number(size), root: hashed, body, signatures };
}

/** `bulkhead/<tenant>/<device>`. The device may have changed; the tenant may not. */
export const tenantOf = ({ origin }: Pick<Checkpoint, 'origin'>): string => origin.split('/')[1] ?? '';

/** The key of a text `<name>+<id>+<base64>`; undefined for any other, also when the id is not the key's. */
export function readKey(text: string): Key | undefined {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = encoded === undefined ? undefined : bytesOf(encoded);
  if (name === undefined || bytes?.length !== 33 || bytes[0] !== 1) return undefined;
  const computed = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'hex').slice(0, 8);
  return computed === id ? { name, id, publicKey: bytes.subarray(1) } : undefined;
}

/** How the checkpoint stands to a key: signed by it, not signed by it at all, or by something that claims to be it. */
export function signatureBy(checkpoint: Checkpoint, key: Key): 'valid' | 'absent' | 'wrong' {
  const mine = checkpoint.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (mine.length === 0 || key.name !== checkpoint.origin) return 'absent';
  return mine.every(({ signature }) => isSigned(checkpoint.body, signature, key.publicKey)) ? 'valid' : 'wrong';
}

/** The bytes of base64 with padding, in its one right form. */
export function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** As many as other readers of signed notes take. Each is a signature to check. */
const mostSignatures = 100;

function readSignatures(text: string): Checkpoint['signatures'] | undefined {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length > mostSignatures) return undefined;
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^+\s]+) (\S+)$/u.exec(line) ?? [];
    const bytes = encoded === undefined ? undefined : bytesOf(encoded);
    if (name === undefined || !bytes || bytes.length < 5) return undefined;
    return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
  });
  return signatures.every((each) => each !== undefined) ? signatures : undefined;
}

/** Whether this is an Ed25519 signature of the text by the key (32 bytes). */
export function isSigned(text: string, signature: Buffer, publicKey: Buffer): boolean {
  try {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
      format: 'jwk',
    });
    return signature.length === 64 && verify(null, Buffer.from(text), key, signature);
  } catch {
    return false; // The bytes are no key.
  }
}
