/**
 * The Merkle tree of RFC 6962 section 2.1, as far as a writer needs it: hashes of leaves and nodes, and the frontier, from
 * which the root follows at any time and to which a leaf is added in a few hashes. The hash function is an argument.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** The roots of the perfect subtrees that make up a tree of `size` leaves, largest and leftmost first. */
export interface Frontier {
  readonly size: number;
  readonly nodes: readonly Uint8Array[];
}

export const emptyFrontier: Frontier = { size: 0, nodes: [] };

export function leafHash(data: Uint8Array, hash: Hash): Uint8Array {
  const bytes = new Uint8Array(1 + data.length); // The first one is 0.
  bytes.set(data, 1);
  return hash(bytes);
}

export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return hash(bytes);
}

/** The frontier with one more leaf (a leaf hash, not the leaf's data). */
export function grow(frontier: Frontier, leaf: Uint8Array, hash: Hash): Frontier {
  const nodes = [...frontier.nodes];
  let node = leaf;
  // Arithmetic and not bit operations, which would end at 2^31 leaves.
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) {
    node = nodeHash(nodes.pop() as Uint8Array, node, hash);
  }
  nodes.push(node);
  return { size: frontier.size + 1, nodes };
}

/** The tree's root. The root of the empty tree is the hash of nothing. */
export function rootOf(frontier: Frontier, hash: Hash): Uint8Array {
  return (
    frontier.nodes.reduceRight<Uint8Array | undefined>(
      (right, left) => (right === undefined ? left : nodeHash(left, right, hash)),
      undefined,
    ) ?? hash(new Uint8Array())
  );
}

/** A frontier as bytes: its nodes one after the other. */
export function frontierBytes({ nodes }: Frontier): Uint8Array {
  const bytes = new Uint8Array(nodes.length * 32);
  nodes.forEach((node, index) => bytes.set(node, index * 32));
  return bytes;
}

/** The frontier that `frontierBytes` wrote, or undefined when the bytes cannot be one of a tree of this size. */
export function frontierFrom(size: number, bytes: Uint8Array): Frontier | undefined {
  if (bytes.length !== countOnes(size) * 32) return undefined;
  const nodes = Array.from({ length: bytes.length / 32 }, (_, index) => bytes.slice(index * 32, index * 32 + 32));
  return { size, nodes };
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
