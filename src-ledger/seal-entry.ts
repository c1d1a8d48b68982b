/**
 * Makes the entry of a draft: gives it its place, its canonical text and its leaf. The draft's members were written by a
 * process of ours, but tool names and params in it were chosen by whoever called.
 */
import { canonical } from '../src-shared/canonical.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { leafOf, sha256Hex } from './sha256.ts';

/**
 * The most that params may take up, as bytes of canonical text. What a person is asked to approve is kept whole: the gateway
 * asks nobody about more than 64 KiB of arguments (src-gateway/approvals/readable.ts).
 */
const maxParams = 8 * 1024;
const maxAsked = 72 * 1024;

export interface Place {
  readonly seq: number;
  readonly at: string;
  readonly tenant: string;
  readonly device: string;
  readonly prev: string;
}

export interface SealedEntry {
  readonly text: string;
  readonly leaf: string;
}

export function sealEntry(draft: EntryDraft, place: Place): SealedEntry {
  const text = entryText(draft, place);
  return { text, leaf: leafOf(text) };
}

function entryText(draft: EntryDraft, place: Place): string {
  const text = tryCanonical({ v: 1, ...place, ...draft });
  if (text === undefined) return canonical({ v: 1, ...place, ...limited(wellFormed(draft)) });
  // The whole text is an upper bound for its params, so most entries are measured for nothing.
  return Buffer.byteLength(text) <= maxParams ? text : canonical({ v: 1, ...place, ...limited(draft) });
}

/** A text with half a surrogate pair has no UTF-8 form, so a caller could use one to stay out of the ledger. */
function wellFormed(draft: EntryDraft): EntryDraft {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.toWellFormed();
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), clean(member)]));
  };
  return clean(draft) as EntryDraft;
}

function limited(draft: EntryDraft): EntryDraft {
  if (!draft.params) return draft;
  const text = canonical(draft.params);
  const bytes = Buffer.byteLength(text);
  return bytes <= (draft.kind === 'approval.asked' ? maxAsked : maxParams)
    ? draft
    : { ...draft, params: { truncated: true, bytes, sha256: sha256Hex(text) } };
}

function tryCanonical(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined; // Not well formed, the only thing JSON can hold that RFC 8785 cannot.
  }
}
