import { useEffect, useRef } from 'react';
import { type Action, useAction } from './use-action.ts';

/** What a dialog is for. `done` hears of it only while the dialog is there: by then another one may be open in its place. */
export function useDeed<T>(act: () => Promise<T>, done: (answer: T) => void): Action {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  return useAction(async () => {
    const answer = await act();
    if (isHere.current) done(answer);
  });
}
