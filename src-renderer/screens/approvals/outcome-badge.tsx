import { Check, Clock, TimerOff, Undo2, X } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { t } from '../../words.ts';

const icons = { pending: Clock, approved: Check, denied: X, expired: TimerOff, withdrawn: Undo2 } as const;

/** What became of a request: shape, colour and word together, each its own. */
export function OutcomeBadge({ state }: { readonly state: Approval['state'] }) {
  return (
    <span className={`outcome ${state}`}>
      <OutcomeMark state={state} />
      {t(`approvals.outcome.label.${state}`)}
    </span>
  );
}

/** The shape alone, for where the words stand beside it. */
export function OutcomeMark({ state }: { readonly state: Approval['state'] }) {
  const Icon = icons[state];
  return <Icon className={`outcome-mark ${state}`} aria-hidden="true" />;
}
