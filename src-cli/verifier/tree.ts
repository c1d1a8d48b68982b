/** The Merkle tree of RFC 6962 section 2.1, and its proofs (verified as in RFC 9162 sections 2.1.3.2 and 2.1.4.2). */
import { hash } from 'node:crypto';

/** Lower-case hex of a leaf: SHA-256 of the byte 00 and the text, which the character U+0000 is in UTF-8. */
export const leafOf = (text: string): string => hash('sha256', `\u0000${text}`, 'hex');

/** A tree that grows by leaves. Holds one hash for each bit of its size. */
export class Tree {
  size: number;
  readonly #peaks: Buffer[];

  constructor(from?: Tree) {
    this.size = from?.size ?? 0;
    this.#peaks = [...(from ? from.#peaks : [])];
  }

  add(leaf: string): void {
    let node: Buffer = Buffer.from(leaf, 'hex');
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2) node = parent(this.#peaks.pop() as Buffer, node);
    this.#peaks.push(node);
    this.size += 1;
  }

  get root(): Buffer {
    const [last, ...rest] = this.#peaks.toReversed();
    return last ? rest.reduce((right, left) => parent(left, right), last) : hash('sha256', '', 'buffer');
  }
}

export interface Inclusion {
  /** From 0. */
  readonly index: number;
  readonly leaf: Buffer;
  readonly size: number;
  readonly root: Buffer;
  readonly proof: readonly Buffer[];
}

export function isIncluded({ index, leaf, size, root, proof }: Inclusion): boolean {
  if (index < 0 || index >= size) return false;
  const path = climb(index, size - 1, proof);
  if (!path) return false;
  const found = path.reduce(
    (node, { sibling, isLeft }) => (isLeft ? parent(sibling, node) : parent(node, sibling)),
    leaf,
  );
  return found.equals(root);
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Buffer;
  readonly size: number;
  readonly root: Buffer;
  readonly proof: readonly Buffer[];
}

/** Whether the tree of `oldRoot` is a beginning of the tree of `root`. */
export function isConsistent({ oldSize, oldRoot, size, root, proof }: Consistency): boolean {
  if (oldSize < 0 || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && oldRoot.equals(root);
  if (oldSize === 0) return proof.length === 0 && oldRoot.equals(new Tree().root);
  // Up to the largest whole subtree that ends the old tree: from there both roots are climbed to.
  let index = oldSize - 1;
  let last = size - 1;
  for (; index % 2 === 1; index = (index - 1) / 2) last = Math.floor(last / 2);
  const [seed, ...rest] = index === 0 ? [oldRoot, ...proof] : proof;
  const path = seed && climb(index, last, rest);
  if (!path) return false;
  let [oldNode, node] = [seed, seed];
  for (const { sibling, isLeft } of path) {
    if (isLeft) oldNode = parent(sibling, oldNode);
    node = isLeft ? parent(sibling, node) : parent(node, sibling);
  }
  return oldNode.equals(oldRoot) && node.equals(root);
}

/** Which sibling is on which side on the way up; undefined when there are too few or too many. */
function climb(
  from: number,
  end: number,
  proof: readonly Buffer[],
): { sibling: Buffer; isLeft: boolean }[] | undefined {
  const path: { sibling: Buffer; isLeft: boolean }[] = [];
  let [index, last] = [from, end];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return undefined;
    const isLeft = index % 2 === 1 || index === last;
    path.push({ sibling, isLeft });
    // On the right edge the node has no sibling for as long as it is a left child: it is its own parent.
    while (isLeft && index % 2 === 0 && index !== 0) [index, last] = [index / 2, Math.floor(last / 2)];
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  return last === 0 ? path : undefined;
}

const one = Buffer.of(1);
const parent = (left: Buffer, right: Buffer): Buffer => hash('sha256', Buffer.concat([one, left, right]), 'buffer');
