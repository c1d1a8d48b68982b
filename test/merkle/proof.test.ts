import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../src-shared/merkle/tree.ts';
import {
  type Consistency,
  consistencyProof,
  type Inclusion,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../src-shared/merkle/proof.ts';
import { ctConsistency, ctInclusion, ctLeaves, ctRoots, hex, leaves, rootOfLeaves, sha256, treeOf } from './leaves.ts';

const all = leaves(200);
const root = (size: number): Uint8Array => rootOfLeaves(all.slice(0, size));
const sized = fc.integer({ min: 1, max: 200 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');
const flipped = (hash: Uint8Array): Uint8Array => hash.map((byte, at) => (at === 4 ? byte ^ 16 : byte));

const ctHashes = ctLeaves.map((data) => leafHash(bytes(data), sha256));
const ctTree = treeOf(ctHashes);
const ctRoot = (size: number): Uint8Array => bytes(ctRoots[size - 1]!);

/** The ways in which the Certificate Transparency tests break a proof: bits, lengths, garbage at either end. */
function brokenProofs(proof: readonly Uint8Array[], extra: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  return [
    ...proof.map((hash, at) => proof.with(at, flipped(hash))),
    ...extra.flatMap((hash) => [
      [hash, ...proof],
      [...proof, hash],
    ]),
    [...proof, new Uint8Array()],
    [new Uint8Array(), ...proof],
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), []] : []),
  ];
}

describe('inclusionProof', () => {
  it.each(ctInclusion)('gives the published proof of entry $seq in the tree of $size', ({ seq, size, proof }) => {
    expect(inclusionProof({ index: seq - 1, size }, ctTree).map(hex)).toEqual(proof);
  });
});

describe('consistencyProof', () => {
  it.each(ctConsistency)('gives the published proof from $oldSize to $size', ({ oldSize, size, proof }) => {
    expect(consistencyProof({ oldSize, size }, ctTree).map(hex)).toEqual(proof);
  });
});

describe('verifyInclusion', () => {
  it.each(ctInclusion)(
    'accepts the published proof of entry $seq in $size, and none of it broken',
    ({ seq, size, proof }) => {
      const right: Inclusion = {
        index: seq - 1,
        leaf: ctHashes[seq - 1]!,
        size,
        root: ctRoot(size),
        proof: proof.map(bytes),
      };
      expect(verifyInclusion(right, sha256)).toBe(true);
      const wrong: Partial<Inclusion>[] = [
        ...brokenProofs(right.proof, [right.root, right.leaf]).map((broken) => ({ proof: broken })),
        ...[seq, seq - 2, (seq - 1) ^ 2, -1, 2 ** 52, 0.5].map((index) => ({ index })),
        ...[size * 2, Math.floor(size / 2), size + 8, 0, -1, 2 ** 53].map((other) => ({ size: other })),
        { leaf: right.root },
        { root: new Uint8Array() },
        { root: flipped(right.root) },
        { leaf: flipped(right.leaf) },
        { leaf: new Uint8Array() },
      ].filter((each) => !isSame({ ...right, ...each }, right));
      expect(wrong.filter((each) => verifyInclusion({ ...right, ...each }, sha256))).toEqual([]);
    },
  );

  it('accepts the proof of every leaf and no proof for another leaf, index or root', () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const proof = inclusionProof({ index, size }, treeOf(all));
        const inclusion = { index, leaf: all[index]!, size, root: root(size), proof };
        expect(verifyInclusion(inclusion, sha256)).toBe(true);
        expect(verifyInclusion({ ...inclusion, leaf: all[index + 1] ?? all[0]! }, sha256)).toBe(false);
        expect(verifyInclusion({ ...inclusion, root: root(size === 1 ? 2 : size - 1) }, sha256)).toBe(false);
        expect(verifyInclusion({ ...inclusion, index: (index + 1) % size }, sha256)).toBe(size === 1);
        expect(verifyInclusion({ ...inclusion, proof: [...proof, all[0]!] }, sha256)).toBe(false);
        expect(verifyInclusion({ ...inclusion, index: size }, sha256)).toBe(false);
      }),
    );
  });
});

describe('verifyConsistency', () => {
  it.each(ctConsistency)(
    'accepts the published proof from $oldSize to $size, and none of it broken',
    ({ oldSize, size, proof }) => {
      const right: Consistency = {
        oldSize,
        oldRoot: ctRoot(oldSize),
        size,
        root: ctRoot(size),
        proof: proof.map(bytes),
      };
      expect(verifyConsistency(right, sha256)).toBe(true);
      const wrong: Partial<Consistency>[] = [
        ...brokenProofs(right.proof, [right.root, right.oldRoot]).map((broken) => ({ proof: broken })),
        ...[oldSize - 1, oldSize + 1, oldSize ^ 2, -1, 0.5].map((other) => ({ oldSize: other })),
        ...[size * 2, Math.floor(size / 2), -1, 2 ** 53].map((other) => ({ size: other })),
        { oldRoot: right.root, root: right.oldRoot },
        { root: flipped(right.root) },
        { oldRoot: flipped(right.oldRoot) },
      ].filter((each) => !isSame({ ...right, ...each }, right));
      expect(wrong.filter((each) => verifyConsistency({ ...right, ...each }, sha256))).toEqual([]);
    },
  );

  it('accepts the proof between any two sizes and nothing between other trees', () => {
    fc.assert(
      fc.property(sized, ([size, below]) => {
        const oldSize = below + 1;
        const proof = consistencyProof({ oldSize, size }, treeOf(all));
        const consistency = { oldSize, oldRoot: root(oldSize), size, root: root(size), proof };
        expect(verifyConsistency(consistency, sha256)).toBe(true);
        expect(verifyConsistency({ ...consistency, oldRoot: all[199]! }, sha256)).toBe(false);
        expect(verifyConsistency({ ...consistency, root: all[199]! }, sha256)).toBe(false);
        expect(verifyConsistency({ ...consistency, proof: [...proof, all[0]!] }, sha256)).toBe(false);
        expect(verifyConsistency({ ...consistency, proof: proof.slice(1) }, sha256)).toBe(proof.length === 0);
        expect(verifyConsistency({ ...consistency, oldSize: size + 1 }, sha256)).toBe(false);
      }),
    );
  });

  it('takes the empty tree as the beginning of every tree', () => {
    const consistency = { oldSize: 0, oldRoot: rootOfLeaves([]), size: 5, root: root(5), proof: [] };
    expect(verifyConsistency(consistency, sha256)).toBe(true);
  });
});

const isSame = (one: object, other: object): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? hex(value)
    : Array.isArray(value)
      ? value.map(plain)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
        : value;
