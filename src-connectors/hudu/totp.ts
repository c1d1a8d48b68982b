// One-time codes from a seed: TOTP (RFC 6238) with its defaults, SHA-1, 30 seconds and six digits, as Hudu's own page shows
// them. The seed is base32 (RFC 4648 §6) as people paste it.
import { createHmac } from 'node:crypto';

export interface OneTimeCode {
  readonly code: string;
  /** Seconds it is still good for, 1 to 30. */
  readonly seconds: number;
}

/** The code at a time in milliseconds since 1970; undefined when the seed is none. */
export function oneTimeCode(seed: string, at: number): OneTimeCode | undefined {
  const key = base32(seed);
  if (key === undefined) return undefined;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / stepMs)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000;
  return { code: String(number).padStart(6, '0'), seconds: Math.ceil((stepMs - (at % stepMs)) / 1000) };
}

function base32(text: string): Buffer | undefined {
  if (text.length > longest) return undefined;
  const letters = text
    .replace(/[\s-]/g, '')
    .replace(/={1,8}$/, '')
    .toUpperCase();
  if (!/^[A-Z2-7]{8,256}$/.test(letters)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of letters) {
    held = (held << 5) | alphabet.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepMs = 30_000;
/** Whoever stored the seed chose how long it is. With room for the spaces and dashes people put in. */
const longest = 1000;
