import { useEffect, useRef } from 'react';
import type { FaultWords } from '../api/fault-words.ts';

/**
 * Why the form it stands in could not do what was asked, and what to do. Nothing while nothing failed. It comes into sight:
 * in a form that is taller than its window the button that failed would seem dead.
 */
export function FaultLine({ fault }: { readonly fault: FaultWords | null }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (fault !== null) line.current?.scrollIntoView({ block: 'nearest' });
  }, [fault]);
  if (fault === null) return null;
  return (
    <p ref={line} className="bad" role="alert">
      <b>{fault.message}</b> {fault.remedy}
    </p>
  );
}
