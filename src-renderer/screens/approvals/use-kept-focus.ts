import { type RefObject, useEffect, useRef } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';

/**
 * Keeps the focus where the person was when the buttons of a card give way to what became of the request. It takes the focus
 * from nobody: only where it was in the card, and would be lost.
 */
export function useKeptFocus(state: Approval['state']): {
  readonly card: RefObject<HTMLElement | null>;
  readonly outcome: RefObject<HTMLDivElement | null>;
} {
  const card = useRef<HTMLElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const wasInside = useRef(false);
  useEffect(() => {
    const look = (event: FocusEvent): void => {
      const to = event.target;
      // A dialog over the card gives the focus back to the card, so being in one counts as being inside.
      if (to instanceof Element && to.closest('[role=dialog]') === null)
        wasInside.current = card.current?.contains(to) === true;
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
  useEffect(() => {
    if (state === 'pending' || !wasInside.current) return;
    let tries = 20; // A dialog that closes takes a few frames to give the focus back to a button that is gone.
    let frame = requestAnimationFrame(function keep() {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost) (outcome.current?.querySelector<HTMLElement>('[data-next]') ?? outcome.current)?.focus();
      else if (tries-- > 0) frame = requestAnimationFrame(keep);
    });
    return () => cancelAnimationFrame(frame);
  }, [state]);
  return { card, outcome };
}
