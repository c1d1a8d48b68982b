import type { Verdict } from '../../src-shared/contract/ledger.ts';
import type { Crew } from './crew.ts';
import type { Broken, Facts } from './facts.ts';

interface VerifyPowers {
  readonly facts: Facts;
  readonly crew: { readonly ledger: Pick<Crew['ledger'], 'verify'> };
}

/**
 * Verifies the ledger for whoever asks, and keeps what it finds wrong: every front end is told of it until a verify that
 * began later finds the ledger whole. One that is cancelled or fails says nothing.
 */
export async function verifyLedger({ facts, crew }: VerifyPowers, signal: AbortSignal): Promise<Verdict> {
  const before = facts.broken;
  const verdict = await crew.ledger.verify(undefined, { signal });
  if (!verdict.ok) facts.change((all) => (all.broken = brokenOf(verdict)));
  else if (before !== null && facts.broken === before) facts.change((all) => (all.broken = null));
  return verdict;
}

/** The same in words, for every place that says it. */
export const brokenWords = ({ seq, problem, isUnreadable }: Broken): { text: string; remedy: string } => ({
  text: seq === 0 ? 'The ledger does not prove itself.' : `The ledger is broken at entry ${seq}.`,
  remedy: [
    problem,
    `${isUnreadable ? 'Keep the file as it is,' : 'Export it now, keep the file,'} and tell the Bulkhead administrator.`,
    ...(seq === 0 ? [] : ['Entries before this one still hold.']),
    'This is said until the ledger is verified again and found whole.',
  ].join(' '),
});

const brokenOf = ({ firstBad, isUnreadable }: Verdict): Broken => ({
  seq: firstBad?.seq ?? 0,
  problem: firstBad?.problem ?? 'It could not be said where.',
  isUnreadable: isUnreadable === true,
});
