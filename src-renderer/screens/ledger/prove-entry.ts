/**
 * Whether an entry is in the tree of a checkpoint (RFC 6962), found out in this window: the leaf is recomputed from the entry,
 * the path from the leaf leads to a root, and that root must be the one in the checkpoint. Who answered is not trusted.
 */
import { canonical } from '../../../src-shared/canonical.ts';
import { newSha256 } from '../../../src-shared/export/sha256.ts';
import { toHex } from '../../../src-shared/merkle/chain.ts';
import { parseCheckpoint } from '../../../src-shared/merkle/checkpoint.ts';
import { fromBase64, parseNote } from '../../../src-shared/merkle/note.ts';
import { verifyInclusion } from '../../../src-shared/merkle/proof.ts';
import { leafHash } from '../../../src-shared/merkle/tree.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';

export type Proven =
  | { readonly isProven: true; readonly size: number; readonly hashes: number }
  | { readonly isProven: false; readonly because: 'note' | 'size' | 'leaf' | 'path' };

export interface Evidence {
  readonly entry: Entry;
  /** The checkpoint: a signed note, or its body alone. */
  readonly note: string;
  /** Base64, the lowest first. */
  readonly path: readonly string[];
}

export function proveEntry({ entry, note, path }: Evidence): Proven {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? note);
  if (checkpoint === undefined) return { isProven: false, because: 'note' };
  if (checkpoint.size < entry.seq) return { isProven: false, because: 'size' };
  const { leaf: said, ...rest } = entry;
  const leaf = leafHash(new TextEncoder().encode(canonical(rest)), sha256);
  if (toHex(leaf) !== said) return { isProven: false, because: 'leaf' };
  const proof = path.map(fromBase64);
  const isWhole = proof.every((node) => node !== undefined);
  const { size, root } = checkpoint;
  return isWhole && verifyInclusion({ index: entry.seq - 1, leaf, size, root, proof }, sha256)
    ? { isProven: true, size, hashes: path.length }
    : { isProven: false, because: 'path' };
}

/** Whether a body, with the random member it was recorded with, is the one the entry commits to. */
export function isCommitted({ commitment, salt }: NonNullable<Entry['body']>, body: unknown): boolean {
  return toHex(sha256(new TextEncoder().encode(`${salt}${canonical(body)}`))) === commitment;
}

function sha256(bytes: Uint8Array): Uint8Array {
  const hash = newSha256();
  hash.update(bytes);
  return hash.digest();
}
