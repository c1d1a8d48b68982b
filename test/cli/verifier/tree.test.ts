import { describe, expect, it } from 'vitest';
import { isConsistent, isIncluded, leafOf, Tree } from '../../../src-cli/verifier/tree.ts';
import { consistencyProof, inclusionProof } from '../../../src-shared/merkle/proof.ts';
import { ctConsistency, ctInclusion, ctLeaves, ctRoots, leaves, rootOfLeaves, treeOf } from '../../merkle/leaves.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const ctHashes = ctLeaves.map((data) => leafOf(bytes(data).toString('latin1')));
const ctRoot = (size: number): Buffer => bytes(ctRoots[size - 1]!);
const all = leaves(70).map((leaf) => Buffer.from(leaf));
const root = (size: number): Buffer => Buffer.from(rootOfLeaves(all.slice(0, size)));
const asBuffers = (proof: readonly Uint8Array[]): Buffer[] => proof.map((hash) => Buffer.from(hash));

describe('Tree', () => {
  it('gives the roots of the Certificate Transparency test vectors', () => {
    const tree = new Tree();
    expect(tree.root.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const roots = ctHashes.slice(0, 7).map((leaf) => (tree.add(leaf), tree.root.toString('hex')));
    expect(roots).toEqual(ctRoots.slice(0, 7));
  });
});

describe('isIncluded', () => {
  it.each(ctInclusion)('accepts the published proof of entry $seq in $size', ({ seq, size, proof }) => {
    const right = {
      index: seq - 1,
      leaf: bytes(ctHashes[seq - 1]!),
      size,
      root: ctRoot(size),
      proof: proof.map(bytes),
    };
    expect(isIncluded(right)).toBe(true);
    expect(isIncluded({ ...right, index: seq })).toBe(false);
    expect(isIncluded({ ...right, size: size + 8 })).toBe(false);
    expect(isIncluded({ ...right, proof: [...right.proof, right.root] })).toBe(false);
  });

  it('accepts the proof of every entry of every tree, for that entry alone', () => {
    for (let size = 1; size <= 70; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = asBuffers(inclusionProof({ index, size }, treeOf(all)));
        const right = { index, leaf: all[index]!, size, root: root(size), proof };
        expect(isIncluded(right)).toBe(true);
        expect(isIncluded({ ...right, leaf: all[(index + 1) % 70]! })).toBe(false);
      }
    }
  });
});

describe('isConsistent', () => {
  it.each(ctConsistency)('accepts the published proof from $oldSize to $size', ({ oldSize, size, proof }) => {
    const right = { oldSize, oldRoot: ctRoot(oldSize), size, root: ctRoot(size), proof: proof.map(bytes) };
    expect(isConsistent(right)).toBe(true);
    expect(isConsistent({ ...right, oldRoot: ctRoot(7) })).toBe(false);
    expect(isConsistent({ ...right, proof: [...right.proof, right.root] })).toBe(false);
  });

  it('accepts the proof between any two sizes, and no other beginning', () => {
    for (let size = 1; size <= 70; size += 1) {
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const proof = asBuffers(consistencyProof({ oldSize, size }, treeOf(all)));
        const right = { oldSize, oldRoot: root(oldSize), size, root: root(size), proof };
        expect(isConsistent(right)).toBe(true);
        expect(isConsistent({ ...right, oldRoot: all[69]! })).toBe(false);
      }
    }
  });
});
