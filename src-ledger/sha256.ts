import { hash } from 'node:crypto';

/** By way of its hex, because Node takes five times as long to make a buffer; copied out of the pool that one would keep alive. */
export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.from(hash('sha256', bytes, 'hex'), 'hex'));

/** In Buffer's pool and not copied out: half the time, but eight kilobytes stay as long as the hash. For a few that are soon replaced. */
export const sha256Pooled = (bytes: Uint8Array): Uint8Array => Buffer.from(hash('sha256', bytes, 'hex'), 'hex');

/** Hex leaf hash of an entry's canonical text: SHA-256(0x00 ‖ text). U+0000 is the byte 0x00 in UTF-8, so nothing is copied. */
export const leafOf = (text: string): string => hash('sha256', `\u0000${text}`, 'hex');

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');
