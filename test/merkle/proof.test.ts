import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from '../../src-shared/merkle/proof.ts';
import { leaves, rootOfLeaves, sha256 } from './leaves.ts';

const all = leaves(200);
const root = (size: number): Uint8Array => rootOfLeaves(all.slice(0, size));
const sized = fc.integer({ min: 1, max: 200 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

describe('verifyInclusion', () => {
  it('accepts the proof of every leaf and no proof for another leaf, index or root', () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const proof = inclusionProof(all.slice(0, size), index, sha256);
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
  it('accepts the proof between any two sizes and nothing between other trees', () => {
    fc.assert(
      fc.property(sized, ([size, below]) => {
        const oldSize = below + 1;
        const proof = consistencyProof(all.slice(0, size), oldSize, sha256);
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
