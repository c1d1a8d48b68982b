import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia('(max-width: 900px)');

/** Whether rows are stacked: the style sheet breaks at the same width. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => narrow.removeEventListener('change', changed);
    },
    () => narrow.matches,
  );
}
