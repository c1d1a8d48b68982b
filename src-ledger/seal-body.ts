/**
 * Bodies: what calls asked and answered, sealed for the disk. An entry says of its body no more than a commitment.
 *
 *   text        RFC 8785 of {…content, "blind": 32 hex digits, random}
 *   commitment  hex SHA-256( salt ‖ text ), salt 32 hex digits, random
 *   sealed      nonce 12 ‖ AES-256-GCM of the text ‖ tag 16; associated data  tenant|under|seq|key id
 *
 * The entry is for anyone to read, salt and all. Without `blind`, which only the sealed text holds, whoever reads it could try
 * out what was asked until a guess gives the commitment. Whoever can write the file can move a sealed body to another entry
 * or customer, but there it does not open.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import { canonical } from '../src-shared/canonical.ts';
import type { Commitment, EntryKind } from '../src-shared/model/entry.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';
import { shortened, wellFormed } from '../src-shared/shortened.ts';
import { mostOfBody, tryCanonical } from './limited.ts';
import { sha256Hex } from './sha256.ts';

const nonceLength = 12;
const tagLength = 16;
const halfLength = 16;

/** Random bytes in store: asking for a few at a time costs more than what they are for. Each is given once, and cleared. */
const store = Buffer.alloc(8192);
let used = store.length;

function randomBytes(length: number): Buffer {
  if (used + length > store.length) {
    randomFillSync(store);
    used = 0;
  }
  const bytes = Buffer.from(store.subarray(used, used + length));
  store.fill(0, used, used + length);
  used += length;
  return bytes;
}

export interface Body {
  readonly text: string;
  readonly commitment: Commitment;
}

/** Throws for what is not JSON. */
export function makeBody(content: Readonly<Record<string, unknown>>, kind: EntryKind): Body {
  const random = randomBytes(2 * halfLength).toString('hex');
  const [blind, salt] = [random.slice(0, 2 * halfLength), random.slice(2 * halfLength)];
  const text = bodyText(content, kind, blind);
  return { text, commitment: { commitment: commitmentOf(salt, text), salt } };
}

export const commitmentOf = (salt: string, text: string): string => sha256Hex(salt + text);

/** Where a body belongs: the associated data of its sealed text. */
export const aboutBody = (tenant: string, place: { under: CustomerId | null; seq: number; key: number }): string =>
  `${tenant}|${place.under ?? ''}|${place.seq}|${place.key}`;

/** `about` is where the body belongs. */
export function sealText(key: KeyObject, text: string, about: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** The text, or undefined with another key, in another place, or when a bit of it was changed. */
export function openText(key: KeyObject, sealed: Uint8Array, about: string): string | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined;
  const nonce = sealed.subarray(0, nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(sealed.length - tagLength));
  const text = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength));
  try {
    decipher.final();
    return text.toString();
  } catch {
    return undefined; // Unauthenticated bytes are not looked at.
  }
}

function bodyText(content: Readonly<Record<string, unknown>>, kind: EntryKind, blind: string): string {
  const text = tryCanonical({ ...content, blind });
  const most = mostOfBody(kind);
  if (text === undefined) return canonical({ ...shortened(wellFormed(content), most, sha256Hex), blind });
  return Buffer.byteLength(text) <= most ? text : canonical({ ...shortened(content, most, sha256Hex), blind });
}
