/**
 * How much of what callers choose the ledger keeps. Tool names and arguments come from whoever called: they may be of any
 * length, and hold text that has no UTF-8 form.
 */
import { canonical } from '../src-shared/canonical.ts';
import type { EntryKind } from '../src-shared/model/entry.ts';
import { shortened } from '../src-shared/shortened.ts';
import { sha256Hex } from './sha256.ts';

/** The most that params or the content of a body may take up, as bytes of canonical text. */
export const maxBytes = 8 * 1024;
/**
 * The same of what a person is asked to approve and of what a call that runs was asked, which is kept whole: the gateway refuses more
 * than 64 KiB of arguments (src-gateway/known-tools.ts).
 */
const maxAsked = 72 * 1024;

type Members = Readonly<Record<string, unknown>>;

/** The params of an entry, or what stands for them where they are too long. */
export const limited = (params: Members, kind: EntryKind): Members =>
  shortened(params, kind === 'approval.asked' ? maxAsked : maxBytes, sha256Hex);

/**
 * The most for the content of a body. What a call that runs was asked is kept as whole as what people approve: an AI could hide what
 * it wrote by making it long. What is denied is kept short: an AI can be denied without end.
 */
export const mostOfBody = (kind: EntryKind): number =>
  kind === 'approval.asked' || kind === 'call.intent' ? maxAsked : maxBytes;

/** Canonical text, or undefined of what is not well formed: the only thing JSON can hold that RFC 8785 cannot. */
export function tryCanonical(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined;
  }
}
