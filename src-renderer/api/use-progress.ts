import { useEffect, useState } from 'react';
import type { Progress } from '../../src-shared/contract/ledger.ts';
import { useApp } from './app.ts';

/** How far a walk over the ledger has come, while one is awaited; null before anything is known. */
export function useProgress(name: 'verifying' | 'searching', isRunning: boolean): Progress | null {
  const client = useApp((app) => app.client);
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    if (!isRunning || client === null) return;
    const stop = client.on(name, setProgress);
    return () => {
      stop();
      setProgress(null); // The next walk begins anew.
    };
  }, [client, isRunning, name]);
  return isRunning ? progress : null;
}
