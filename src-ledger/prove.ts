/** Inclusion and consistency proofs out of the ledger, for an export that leaves entries out (docs/audit-format.md). */
import type { z } from 'zod';
import type { ledgerControl } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { toBase64 } from '../src-shared/merkle/note.ts';
import { consistencyProof, inclusionProof, type Subtree } from '../src-shared/merkle/proof.ts';
import { emptyFrontier, rootOf } from '../src-shared/merkle/tree.ts';
import { sha256 } from './sha256.ts';
import type { TreeIndex } from './tree-index.ts';

type Question = z.output<typeof ledgerControl.prove.input>;
type Proofs = z.input<typeof ledgerControl.prove.output>;

/** Proofs against the tree of the first `size` entries. `entries` is how many there are. */
export async function prove(
  { size, seqs, earlier }: Question,
  { index, entries }: { index: TreeIndex; entries: number },
  signal: AbortSignal,
): Promise<Proofs> {
  if (size > entries || seqs.some((seq) => seq > size) || earlier.some((each) => each > size)) {
    throw new Fault('BAD_INPUT', 'The ledger has no so many entries.');
  }
  await index.grow(size, signal);
  // What lies at the tree's right edge is in every path, and far from the leaves that are asked for.
  const edge = new Map<number, Uint8Array>();
  const subtree: Subtree = (from, to) => {
    if (to !== size) return index.subtree(from, to);
    const known = edge.get(from) ?? index.subtree(from, to);
    edge.set(from, known);
    return known;
  };
  const empty = rootOf(emptyFrontier, sha256);
  return {
    inclusion: seqs.map((seq) => inclusionProof({ index: seq - 1, size }, subtree).map(toBase64)),
    consistency: earlier.map((oldSize) => ({
      size: oldSize,
      root: toBase64(oldSize === 0 ? empty : subtree(0, oldSize)),
      proof: consistencyProof({ oldSize, size }, subtree).map(toBase64),
    })),
  };
}
