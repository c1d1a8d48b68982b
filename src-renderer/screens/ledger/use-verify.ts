import { useEffect, useRef, useState } from 'react';
import type { Progress, Verdict } from '../../../src-shared/contract/ledger.ts';
import { asFault } from '../../../src-shared/fault.ts';
import { api, within } from '../../api/app.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { useProgress } from '../../api/use-progress.ts';
import { useAction } from '../../parts/use-action.ts';

export interface Verify {
  readonly isBusy: boolean;
  readonly progress: Progress | null;
  readonly fault: FaultWords | null;
  readonly verdict: (Verdict & { readonly at: string }) | null;
  /** A person ended the last one before it was done. */
  readonly isCancelled: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

/** Milliseconds. A long ledger takes a while: every leaf is recomputed. */
const deadlineMs = 60 * 60_000;

export function useVerify(): Verify {
  const [verdict, setVerdict] = useState<Verify['verdict']>(null);
  const [isCancelled, setCancelled] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []); // Nobody could see it, nor cancel it.
  const action = useAction(async () => {
    const mine = new AbortController();
    running.current = mine;
    setCancelled(false);
    setVerdict(null);
    try {
      const found = await api().verifyLedger(undefined, within(deadlineMs, mine.signal));
      setVerdict({ ...found, at: new Date().toISOString() });
    } catch (thrown) {
      if (!mine.signal.aborted || asFault(thrown).code !== 'CANCELLED') throw thrown;
      setCancelled(true);
    }
  });
  const progress = useProgress('verifying', action.isBusy);
  return { ...action, progress, verdict, isCancelled, cancel: () => running.current?.abort() };
}
