import { createContext } from 'react';

interface Hold {
  /** While it is held a dialog does not close: that would not end its deed, and nobody would see what came of it. */
  readonly hold: (isHeld: boolean) => void;
  /** The id of the words that say so. */
  readonly why: string;
}

/** What a dialog offers to the deed that runs in it. */
export const DialogHold = createContext<Hold>({ hold: () => {}, why: '' });
