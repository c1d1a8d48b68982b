import { useEffect, useState } from 'react';

/** Long enough that an answer was meant for what is on screen, and not for what was there a moment ago. */
const settleMs = 1000;

/** Whether `what` has been on a visible screen, unchanged, for a second. */
export function useSettled(what: string): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (): void => {
      clearTimeout(timer);
      setSettled(null);
      if (!document.hidden) timer = setTimeout(() => setSettled(what), settleMs);
    };
    begin();
    document.addEventListener('visibilitychange', begin);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', begin);
    };
  }, [what]);
  return settled === what;
}
