import { canonicalText, readJson } from './canonical.ts';
import { leafOf } from './tree.ts';

/** What a verifier needs of an entry, its leaf computed anew. */
export interface Entry {
  readonly seq: number;
  readonly at: string;
  /** What the clock said, where it says so in the form of `at`. */
  readonly clock: string | undefined;
  readonly tenant: string;
  readonly prev: string;
  /** As it is written. */
  readonly leaf: string;
  /** As it follows from the rest of the entry. */
  readonly computed: string;
  /** What it commits to, when it has a body. */
  readonly body: { readonly commitment: unknown; readonly salt: unknown } | undefined;
  /** All that its leaf is made of. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** RFC 3339 in UTC with milliseconds: of this form the later is the greater text. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The entry of a line; undefined for what is none. */
export const readEntry = (line: string): Entry | undefined => entryOf(readJson(line));

/** The entry that a JSON value is; undefined for any other. */
export function entryOf(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { leaf, ...hashed } = value as Record<string, unknown>;
  const { seq, at, clock: told, tenant, prev, body } = hashed;
  const isEntry =
    Number.isSafeInteger(seq) &&
    (seq as number) > 0 &&
    [at, tenant, prev, leaf].every((each) => typeof each === 'string') &&
    instant.test(at as string);
  if (!isEntry) return undefined;
  try {
    const computed = leafOf(canonicalText(hashed));
    const { commitment, salt } = (body ?? {}) as { commitment?: unknown; salt?: unknown };
    const commits = body === undefined ? undefined : { commitment, salt };
    const clock = typeof told === 'string' && instant.test(told) ? told : undefined;
    return { seq, at, clock, tenant, prev, leaf, computed, body: commits, members: hashed } as Entry;
  } catch {
    return undefined; // Half a surrogate pair, or nested without end: such an entry has no leaf.
  }
}
