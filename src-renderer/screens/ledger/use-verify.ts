import { useState } from 'react';
import type { Verdict } from '../../../src-shared/contract/ledger.ts';
import { api, within } from '../../api/app.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { useAction } from '../../parts/use-action.ts';

export interface Verify {
  readonly isBusy: boolean;
  readonly fault: FaultWords | null;
  readonly verdict: (Verdict & { readonly at: string }) | null;
  readonly run: () => void;
}

/** A long ledger takes a while: every leaf is recomputed. */
const deadlineMs = 10 * 60_000;

export function useVerify(): Verify {
  const [verdict, setVerdict] = useState<Verify['verdict']>(null);
  const action = useAction(async () => {
    setVerdict({ ...(await api().verifyLedger(undefined, within(deadlineMs))), at: new Date().toISOString() });
  });
  return { ...action, verdict };
}
