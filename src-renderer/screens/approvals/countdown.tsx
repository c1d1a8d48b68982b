import { Clock, ClockAlert } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { api, within } from '../../api/app.ts';
import { learnApproval } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';
import { inPlainWords } from './approval-fault.ts';
import { asClock, secondsLeft, useNow } from './time-left.ts';

const warnSeconds = 60;

/** What happens if nobody does anything, and when. Seen each second, said each minute, with a warning before the last one. */
export function Countdown({ approval: { id, expiresAt, extensions } }: { readonly approval: Approval }) {
  const seconds = secondsLeft(expiresAt, useNow());
  const isShort = seconds <= warnSeconds;
  const extend = useAction(() =>
    inPlainWords(async () => learnApproval(await api().extendApproval({ id }, within(15_000)))),
  );
  const Icon = isShort ? ClockAlert : Clock;
  return (
    <div className="countdown" data-short={isShort}>
      <Icon className="icon" aria-hidden="true" />
      <p className="number" aria-hidden="true">
        {seconds === 0 ? t('approvals.time.over') : t('approvals.time.left', { left: asClock(seconds) })}
        {extensions > 0 && <span className="faint">, {t('approvals.time.extended', { count: extensions })}</span>}
      </p>
      <Button isBusy={extend.isBusy} onClick={extend.run} aria-label={t('approvals.time.extendFull')}>
        {t('approvals.time.extend')}
      </Button>
      <span className="unseen" role="status">
        {!isShort && t('approvals.time.spoken', { count: Math.ceil(seconds / 60) })}
      </span>
      <span className="unseen" role="alert">
        {isShort && t(seconds === 0 ? 'approvals.time.over' : 'approvals.time.warn')}
      </span>
      <FaultLine fault={extend.fault} />
    </div>
  );
}

/** The time left of one row. */
export function ClockLeft({ until }: { readonly until: string }) {
  const seconds = secondsLeft(until, useNow());
  return (
    <span className="clock-left number" data-short={seconds <= warnSeconds}>
      {asClock(seconds)}
    </span>
  );
}
