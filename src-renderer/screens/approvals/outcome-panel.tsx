import type { Ref } from 'react';
import type { Approval, StandingApproval } from '../../../src-shared/model/approval.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import type { Action } from '../../parts/use-action.ts';
import { moment, t } from '../../words.ts';
import { ExactText } from './exact-view.tsx';
import { OutcomeMark } from './outcome-badge.tsx';
import { outcomeSentence, wasApproved } from './outcome-words.ts';

interface Props {
  readonly approval: Approval;
  /** What was approved for a while with it, as long as that holds. */
  readonly standing: StandingApproval | null;
  /** A "no" to what was approved: until it runs, that ends it, and what was approved for a while with it. */
  readonly takeBack: Action;
  /** The one that waits next, and how many do. */
  readonly next: { readonly title: string; readonly count: number; readonly open: () => void } | null;
  readonly ref: Ref<HTMLDivElement>;
}

/** In the place of the buttons when a request ended: what became of it, what that means, and the way to the next one. */
export function OutcomePanel({ approval, standing, takeBack, next, ref }: Props) {
  const { state, isUsed, decided } = approval;
  if (state === 'pending') return null;
  const reason = state === 'denied' ? (decided?.reason ?? '') : '';
  return (
    <div className={`outcome-panel ${state}`} ref={ref} tabIndex={-1}>
      <OutcomeMark state={state} />
      <div>
        <p role="status">
          <b>{outcomeSentence(approval)}</b>
          {decided !== null && <span className="faint number"> {moment(decided.at)}</span>}
        </p>
        {reason !== '' && (
          <p>
            <span className="faint">{t('approvals.outcome.reason')}</span> <ExactText text={reason} />
          </p>
        )}
        <p className="quiet">{helpWords(approval, standing)}</p>
        <FaultLine fault={takeBack.fault} />
      </div>
      {state === 'approved' && !isUsed && (
        <Button isBusy={takeBack.isBusy} onClick={takeBack.run}>
          {t(standing === null ? 'approvals.outcome.takeBack' : 'approvals.outcome.takeBackAll')}
        </Button>
      )}
      {next !== null && (
        <Button data-next="" onClick={next.open}>
          {t('approvals.outcome.next', { count: next.count, title: next.title })}
        </Button>
      )}
    </div>
  );
}

/** What it means. */
function helpWords(approval: Approval, standing: StandingApproval | null): string {
  const { state, isUsed } = approval;
  if (state === 'pending') return '';
  if (state === 'approved' && standing !== null) {
    const more = { count: standing.usesLeft, time: moment(standing.expiresAt) };
    return t(isUsed ? 'approvals.outcome.usedWhileHelp' : 'approvals.outcome.approvedWhileHelp', more);
  }
  if (isUsed) return t('approvals.outcome.usedHelp');
  if (state === 'denied' && wasApproved(approval)) return t('approvals.outcome.takenBackHelp');
  if (state === 'expired' && wasApproved(approval)) return t('approvals.outcome.unusedHelp');
  return t(`approvals.outcome.${state}Help`);
}
