import type { FaultWords } from '../api/fault-words.ts';

/** Why the form it stands in could not do what was asked, and what to do. Nothing while nothing failed. */
export function FaultLine({ fault }: { readonly fault: FaultWords | null }) {
  if (fault === null) return null;
  return (
    <p className="bad" role="alert">
      <b>{fault.message}</b> {fault.remedy}
    </p>
  );
}
