import { describe, expect, it } from 'vitest';
import { emptyFrontier, frontierBytes, frontierFrom, leafHash, rootOf } from '../../src-shared/merkle/tree.ts';
import { ctLeaves, ctRoots, definedRoot, frontierOf, hex, leaves, rootOfLeaves, sha256 } from './leaves.ts';

describe('rootOf', () => {
  it('gives the roots of the Certificate Transparency test vectors', () => {
    const hashes = ctLeaves.map((data) => leafHash(Buffer.from(data, 'hex'), sha256));
    expect(hashes.map((_, at) => hex(rootOfLeaves(hashes.slice(0, at + 1))))).toEqual(ctRoots);
  });

  it('is the hash of nothing for the empty tree', () => {
    expect(hex(rootOf(emptyFrontier, sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('is what the definition gives, for every size to 130', () => {
    const all = leaves(130);
    for (let size = 0; size <= 130; size += 1) {
      expect(hex(rootOfLeaves(all.slice(0, size)))).toBe(hex(definedRoot(all.slice(0, size))));
    }
  });
});

describe('frontierFrom', () => {
  it('reads what frontierBytes wrote', () => {
    const frontier = frontierOf(leaves(77));
    expect(frontierFrom(77, frontierBytes(frontier))).toEqual({
      size: 77,
      nodes: frontier.nodes.map((node) => new Uint8Array(node)),
    });
  });

  it('refuses bytes that are not of a tree of this size', () => {
    expect(frontierFrom(78, frontierBytes(frontierOf(leaves(64))))).toBeUndefined();
  });
});
