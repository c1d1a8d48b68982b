import { TriangleAlert } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { outcomeSentence } from './outcome-words.ts';

/** In a dialog whose request ended while it was open. */
export function EndedStrip({ approval }: { readonly approval: Approval }) {
  if (approval.state === 'pending') return null;
  return (
    <div className="scope-strip" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <p>
        <b>{outcomeSentence(approval)}</b>
      </p>
    </div>
  );
}
