/**
 * How much of what callers choose the ledger keeps. Tool names and arguments come from whoever called: they may be of any
 * length, and hold text that has no UTF-8 form.
 */
import { canonical } from '../src-shared/canonical.ts';
import type { EntryKind } from '../src-shared/model/entry.ts';
import { sha256Hex } from './sha256.ts';

/**
 * The most that params, or the content of a body, may take up, as bytes of canonical text. What a person is asked to approve is
 * kept whole: the gateway asks nobody about more than 64 KiB of arguments (src-gateway/approvals/readable.ts).
 */
export const maxBytes = 8 * 1024;
const maxAsked = 72 * 1024;

type Members = Readonly<Record<string, unknown>>;

/** These members, or what stands for them where they are too long. Throws when they have no canonical text. */
export function limited(members: Members, kind: EntryKind): Members {
  const text = canonical(members);
  const bytes = Buffer.byteLength(text);
  return bytes <= (kind === 'approval.asked' ? maxAsked : maxBytes)
    ? members
    : { truncated: true, bytes, sha256: sha256Hex(text) };
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

/** Canonical text, or undefined of what is not well formed: the only thing JSON can hold that RFC 8785 cannot. */
export function tryCanonical(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined;
  }
}
