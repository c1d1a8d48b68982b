/**
 * Inclusion and consistency proofs of the Merkle tree (RFC 6962 sections 2.1.1 and 2.1.2; verified as in RFC 9162 sections
 * 2.1.3.2 and 2.1.4.2). Who verifies trusts the root only: index, sizes and proof may come from anyone.
 */
import { emptyFrontier, type Hash, nodeHash, rootOf } from './tree.ts';

/** The root of the subtree of the leaves `from` (inclusive, from 0) to `to` (exclusive): a leaf itself when they are neighbours. */
export type Subtree = (from: number, to: number) => Uint8Array;

/** The path from leaf `index` to the root of the tree of `size` leaves. */
export function inclusionProof({ index, size }: { index: number; size: number }, subtree: Subtree): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= size) throw new RangeError('no such leaf');
  const path = (from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle ? [...path(from, middle), subtree(middle, to)] : [...path(middle, to), subtree(from, middle)];
  };
  return path(0, size);
}

/** What proves that the tree of the first `oldSize` leaves is a beginning of the tree of the first `size`. */
export function consistencyProof({ oldSize, size }: { oldSize: number; size: number }, subtree: Subtree): Uint8Array[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > size) throw new RangeError('no such size');
  if (oldSize === 0) return [];
  const path = (from: number, to: number, isOldRoot: boolean): Uint8Array[] => {
    if (oldSize === to) return isOldRoot ? [] : [subtree(from, to)];
    const middle = from + split(to - from);
    return oldSize <= middle
      ? [...path(from, middle, isOldRoot), subtree(middle, to)]
      : [...path(middle, to, false), subtree(from, middle)];
  };
  return path(0, size, true);
}

export interface Inclusion {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export function verifyInclusion({ index, leaf, size, root, proof }: Inclusion, hash: Hash): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node, hash);
      [at, last] = untilRightChild(at, last);
    } else {
      node = nodeHash(node, sibling, hash);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSame(node, root);
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export function verifyConsistency({ oldSize, oldRoot, size, root, proof }: Consistency, hash: Hash): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && isSame(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && isSame(oldRoot, rootOf(emptyFrontier, hash));

  const isPerfect = Number.isInteger(Math.log2(oldSize)) && 2 ** Math.log2(oldSize) === oldSize;
  const [first, ...rest] = isPerfect ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let at = oldSize - 1;
  let last = size - 1;
  while (at % 2 === 1) {
    at = (at - 1) / 2;
    last = Math.floor(last / 2);
  }
  let oldNode = first;
  let node = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldNode = nodeHash(sibling, oldNode, hash);
      node = nodeHash(sibling, node, hash);
      [at, last] = untilRightChild(at, last);
    } else {
      node = nodeHash(node, sibling, hash);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSame(oldNode, oldRoot) && isSame(node, root);
}

/** The largest power of two below `size`: where RFC 6962 splits a tree of more than one leaf. */
export function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Skips the levels at which the node has no sibling. */
function untilRightChild(at: number, last: number): [number, number] {
  return at % 2 === 1 || at === 0 ? [at, last] : untilRightChild(at / 2, Math.floor(last / 2));
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
