import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src-shared/merkle/checkpoint.ts';
import { verifyConsistency, verifyInclusion } from '../../src-shared/merkle/proof.ts';
import { sha256 } from '../merkle/leaves.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const bytes = (texts: readonly string[]): Uint8Array[] => texts.map((text) => Buffer.from(text, 'base64'));

describe('prove', () => {
  it('gives proofs that hold against the checkpoints made on the way, for ledgers of every shape', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    const checkpoints = new Map<number, Uint8Array>();
    const leaves: Uint8Array[] = [];
    for (const size of [1, 2, 3, 255, 256, 257, 511, 512, 513, 900, 1024, 1100]) {
      const added = Array.from({ length: size - leaves.length }, () => ledger.append(draft('x')));
      for (const { leaf } of await Promise.all(added)) leaves.push(Buffer.from(leaf, 'hex'));
      const { entries, note } = await ledger.checkpoint();
      checkpoints.set(entries, parseCheckpoint(note)!.root);

      const root = checkpoints.get(size)!;
      const seqs = [...new Set([1, 2, Math.ceil(size / 2), 256, 257, size - 1, size])].filter(
        (seq) => seq >= 1 && seq <= size,
      );
      const earlier = [0, ...checkpoints.keys()];
      const { inclusion, consistency } = await ledger.prove({ size, seqs, earlier }, signal);
      for (const [at, seq] of seqs.entries()) {
        const proof = bytes(inclusion[at]!);
        expect(verifyInclusion({ index: seq - 1, leaf: leaves[seq - 1]!, size, root, proof }, sha256)).toBe(true);
      }
      expect(consistency.map(({ size: old }) => old)).toEqual(earlier);
      for (const { size: oldSize, root: old, proof } of consistency) {
        const [oldRoot] = bytes([old]);
        if (oldSize > 0) expect(oldRoot).toEqual(Buffer.from(checkpoints.get(oldSize)!));
        expect(verifyConsistency({ oldSize, oldRoot: oldRoot!, size, root, proof: bytes(proof) }, sha256)).toBe(true);
      }
    }
    // An older tree can still be proven by when the ledger has gone on.
    const { inclusion } = await ledger.prove({ size: 300, seqs: [300], earlier: [] }, signal);
    expect(inclusion[0]!.length).toBe(5);
  });

  it('refuses what is not there', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await ledger.append(draft('x'));
    for (const question of [
      { size: 2, seqs: [], earlier: [] },
      { size: 1, seqs: [2], earlier: [] },
      { size: 1, seqs: [], earlier: [2] },
    ]) {
      await expect(ledger.prove(question, signal)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });
});
