import { useRef, useState } from 'react';
import { faultWords, type FaultWords } from '../api/fault-words.ts';

export interface Action {
  readonly isBusy: boolean;
  readonly fault: FaultWords | null;
  /** Runs it, unless it is running. */
  readonly run: () => void;
}

/**
 * A call behind a button: busy while it runs, and the words for it when it fails. Actions that show their faults in one place
 * tell them there too, so that the last one is shown.
 */
export function useAction(act: () => Promise<unknown>, tell?: (fault: FaultWords | null) => void): Action {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultWords | null>(null);
  const isRunning = useRef(false);
  const run = async (): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFault(null);
    tell?.(null);
    try {
      await act();
    } catch (thrown) {
      const words = faultWords(thrown);
      setFault(words);
      tell?.(words);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { isBusy, fault, run: () => void run() };
}
