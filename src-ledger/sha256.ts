import { hash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** Hex leaf hash of an entry's canonical text: SHA-256(0x00 ‖ text). U+0000 is the byte 0x00 in UTF-8, so nothing is copied. */
export const leafOf = (text: string): string => hash('sha256', `\u0000${text}`, 'hex');

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');
