import { timingSafeEqual } from 'node:crypto';

/** Whether two hex SHA-256 texts are equal, in time that does not depend on where they differ. */
export function sameHash(one: string, other: string): boolean {
  return one.length === 64 && other.length === 64 && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
