/** What the checkpoint of an export is worth to whoever has a key, or kept an earlier checkpoint. */
import { type Checkpoint, type Key, signatureBy, tenantOf } from './checkpoint.ts';
import type { Bad, EvidenceVerdict } from './verdict.ts';
import type { Gaps } from './walk.ts';

export interface Given {
  /** The device's key, from elsewhere than the file. */
  readonly key: Key | undefined;
  /** A checkpoint that was kept from before. */
  readonly kept: Checkpoint | undefined;
}

/** What a checkpoint's signatures are worth. */
export function judgeSignature(
  checkpoint: Checkpoint,
  key: Key | undefined,
): { signature: EvidenceVerdict['signature']; bad?: Bad } {
  if (!key) return { signature: checkpoint.signatures.length > 0 ? 'unchecked' : 'none' };
  const found = signatureBy(checkpoint, key);
  if (found === 'valid') return { signature: 'valid' };
  const bad = (what: Bad['what'], problem: string) => ({
    signature: 'invalid' as const,
    bad: { seq: checkpoint.size, what, problem },
  });
  if (found === 'wrong') return bad('changed', 'The checkpoint was changed: its signature is not of this text.');
  if (checkpoint.signatures.length === 0) return bad('wrong key', 'The checkpoint is not signed.');
  return bad('wrong key', 'The checkpoint is not signed by this key.');
}

/** A checkpoint that was kept, and one of the same ledger that says otherwise. */
export function conflicting({ origin, size, root }: Checkpoint, kept: Checkpoint | undefined): Bad | undefined {
  if (!kept) return undefined;
  if (tenantOf(kept) !== tenantOf({ origin }))
    return { seq: size, what: 'forked', problem: "The kept checkpoint is of another company's ledger." };
  if (kept.size > size)
    return {
      seq: size + 1,
      what: 'truncated',
      problem: `Entries ${size + 1} to ${kept.size} are gone: the kept checkpoint covers them.`,
    };
  if (kept.size < size || kept.root.equals(root)) return undefined;
  return { seq: size, what: 'forked', problem: `The kept checkpoint of ${size} entries is of others.` };
}

/** An export that leaves entries out says nothing of an earlier tree unless it proves it. */
export function unprovable({ size }: Checkpoint, kept: Checkpoint | undefined, gaps: Gaps): Bad | undefined {
  if (!kept || kept.size === size || gaps === 'none') return undefined;
  const problem = 'Nothing here proves what the kept checkpoint covers: ask for a complete export.';
  return { seq: 0, what: 'missing', problem };
}
