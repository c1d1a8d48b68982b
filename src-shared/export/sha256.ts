import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of bytes that come in pieces. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** 32 bytes. Nothing may be added after. */
  digest(): Uint8Array;
}

/** For a window: a browser's own hashes only what is in memory as a whole, and not at once. */
export const newSha256 = (): Sha256 => sha256.create();
