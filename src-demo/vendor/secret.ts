// What callers prove themselves with, made and compared. The peer sent what is given.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** In a time that tells nothing of where the two differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** A random token in the shape of a JWT, which clients expect. `at`: milliseconds since 1970. */
export function makeToken(at: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iat: Math.floor(at / 1000), jti: randomBytes(16).toString('hex') };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
}
