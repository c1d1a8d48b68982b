/**
 * Signed notes (C2SP signed-note): a text, an empty line, and one line for each signature.
 *
 *   text, ending in a line feed
 *   (empty line)
 *   — <key name> base64(4-byte key id ‖ signature)
 *
 * A note may come from anyone. Nothing in it counts before `verifyNote` said yes for a key that the reader already had.
 */
import type { Hash } from './tree.ts';

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** What is signed: it ends in a line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** An Ed25519 key under the name it signs as. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** Says whether an Ed25519 signature (64 bytes) of `message` is by `publicKey` (32 bytes). */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** The algorithm byte of Ed25519 in key ids and key texts. */
const ed25519 = 0x01;

/** The note's parts, or undefined for what is not a signed note. */
export function parseNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: signed-note forbids control characters other than line feed.
  if (end < 1 || note.length > 100_000 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    return undefined;
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map(parseSignature);
  if (signatures.length > 100 || signatures.includes(undefined)) return undefined;
  return { text: note.slice(0, end + 1), signatures: signatures as NoteSignature[] };
}

/** The signed note of a text that ends in a line feed. */
export function signedNote(text: string, key: NoteKey, signature: Uint8Array, hash: Hash): string {
  return `${text}\n— ${key.name} ${toBase64(Uint8Array.of(...noteKeyId(key, hash), ...signature))}\n`;
}

/** True when this key signed the note's text. Signatures by other keys are passed over, as signed-note asks. */
export function verifyNote(
  note: Note,
  key: NoteKey,
  { hash, verify }: { hash: Hash; verify: VerifySignature },
): boolean {
  const id = noteKeyId(key, hash).join();
  const mine = note.signatures.filter(({ name, keyId }) => name === key.name && keyId.join() === id);
  const message = new TextEncoder().encode(note.text);
  return (
    mine.length > 0 &&
    mine.every(({ signature }) => signature.length === 64 && verify(key.publicKey, message, signature))
  );
}

/** SHA-256(name ‖ line feed ‖ 0x01 ‖ public key), the first four bytes. `hash` must be SHA-256. */
export function noteKeyId({ name, publicKey }: NoteKey, hash: Hash): Uint8Array {
  return hash(Uint8Array.of(...new TextEncoder().encode(`${name}\n`), ed25519, ...publicKey)).slice(0, 4);
}

/** The key as text: `<name>+<key id in hex>+<base64 of 0x01 ‖ public key>`. */
export function noteKeyText(key: NoteKey, hash: Hash): string {
  const id = [...noteKeyId(key, hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${key.name}+${id}+${toBase64(Uint8Array.of(ed25519, ...key.publicKey))}`;
}

/** The key that `noteKeyText` wrote, or undefined for any other text. */
export function parseNoteKey(text: string, hash: Hash): NoteKey | undefined {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = match?.[3] === undefined ? undefined : fromBase64(match[3]);
  if (match?.[1] === undefined || bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const key = { name: match[1], publicKey: bytes.slice(1) };
  return noteKeyText(key, hash) === text ? key : undefined;
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes, or undefined when the text is not base64 with padding. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function parseSignature(line: string): NoteSignature | undefined {
  const match = /^— ([^+\s]+) (\S+)$/u.exec(line);
  const bytes = match?.[2] === undefined ? undefined : fromBase64(match[2]);
  if (match?.[1] === undefined || bytes === undefined || bytes.length < 5) return undefined;
  return { name: match[1], keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}
