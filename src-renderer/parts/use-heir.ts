import { type RefCallback, useCallback, useEffect, useRef } from 'react';

/**
 * A ref for a part that may go away with the focus in it: `inherit` gives it to what is there instead, once that is drawn. It
 * takes the focus from nobody.
 */
export function useHeir(inherit: () => void): RefCallback<HTMLElement> {
  const latest = useRef(inherit);
  useEffect(() => void (latest.current = inherit));
  return useCallback((part: HTMLElement) => {
    return () => {
      if (!part.contains(document.activeElement)) return;
      queueMicrotask(() => part.isConnected || latest.current());
    };
  }, []);
}
