import { useEffect, useRef, useState } from 'react';

/** Milliseconds that a person needs to read what a button has turned into. */
const readMs = 600;

export interface MeantPress {
  /** It has only just turned into what it says: no press can be meant for that. */
  readonly isFresh: boolean;
  /** To be called when a press begins. */
  readonly begin: () => void;
  /** Whether the press that ends now began on what it says now. */
  readonly isMeant: () => boolean;
}

/** For a button that turns into another one, `says` being what it says: a press counts only for what was there to read. */
export function useMeantPress(says: string): MeantPress {
  const [read, setRead] = useState<string | null>(says);
  const last = useRef(says);
  const begun = useRef<string | null>(null);
  useEffect(() => {
    if (last.current === says) return;
    last.current = says;
    setRead(null);
    const timer = setTimeout(() => setRead(says), readMs);
    return () => clearTimeout(timer);
  }, [says]);
  return {
    isFresh: read !== says,
    begin: () => void (begun.current = says),
    isMeant: () => {
      const from = begun.current ?? says; // A screen reader presses without pointer or key.
      begun.current = null;
      return from === says && read === says;
    },
  };
}
