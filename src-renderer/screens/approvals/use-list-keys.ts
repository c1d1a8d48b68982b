import { type KeyboardEvent, type RefObject, useRef } from 'react';

interface Deeds {
  /** The row that takes the focus next. */
  readonly show: (id: string) => void;
  readonly open: (id: string) => void;
  readonly mark?: (id: string) => void;
  readonly markAll?: () => void;
  readonly unmark?: () => void;
}

/**
 * The keys of a list of requests, heard only while one of its rows has the focus: J and K or the arrows move, Enter opens,
 * Space marks. None of them answers anything.
 */
export function useListKeys(
  ids: readonly string[],
  stop: string | null,
  deeds: Deeds,
): { readonly list: RefObject<HTMLDivElement | null>; readonly hear: (event: KeyboardEvent) => void } {
  const list = useRef<HTMLDivElement>(null);
  const hear = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.shiftKey || stop === null) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a' || deeds.markAll === undefined) return;
      event.preventDefault();
      return deeds.markAll();
    }
    const place = ids.indexOf(stop);
    const moves: Record<string, number> = {
      ArrowDown: place + 1,
      j: place + 1,
      ArrowUp: place - 1,
      k: place - 1,
      Home: 0,
      End: ids.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const id = ids[Math.max(0, Math.min(ids.length - 1, to))];
      if (id !== undefined) {
        deeds.show(id);
        list.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
      }
    } else if (event.key === 'Enter') deeds.open(stop);
    else if (event.key === ' ' && deeds.mark !== undefined) deeds.mark(stop);
    else if (event.key === 'Escape' && deeds.unmark !== undefined) deeds.unmark();
    else return;
    event.preventDefault();
  };
  return { list, hear };
}
