import { canonical } from './canonical.ts';

/**
 * These members, or what stands for them where their canonical text takes up more than `most` bytes (docs/audit-format.md). Throws
 * when they have none. The hash function (text to hex SHA-256) is an argument.
 */
export function shortened<T extends Readonly<Record<string, unknown>>>(
  members: T,
  most: number,
  sha256Hex: (text: string) => string,
): T | { truncated: true; bytes: number; sha256: string } {
  const text = canonical(members);
  const bytes = new TextEncoder().encode(text).length;
  return bytes <= most ? members : { truncated: true, bytes, sha256: sha256Hex(text) };
}

/** A text with half a surrogate pair has no UTF-8 form, so a caller could use one to stay out of the ledger. */
export function wellFormed<T>(value: T): T {
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') return part.toWellFormed();
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name.toWellFormed(), clean(member)]));
  };
  return clean(value) as T;
}
