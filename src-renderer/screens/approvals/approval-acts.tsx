import { useId, useState } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { Button } from '../../parts/button.tsx';
import { chord } from '../../parts/chord.ts';
import { FaultLine } from '../../parts/fault-line.tsx';
import { t } from '../../words.ts';
import { ColleagueDialog } from './colleague-dialog.tsx';
import { Countdown } from './countdown.tsx';
import { DenyDialog } from './deny-dialog.tsx';
import { Fingerprint } from './fingerprint.tsx';
import type { Layout } from './layout.ts';
import { StandingDialog } from './standing-dialog.tsx';
import type { Decision } from './use-decision.ts';

interface Props {
  readonly approval: Approval;
  readonly seen: string;
  readonly decision: Decision;
  readonly layout: Layout;
  readonly isRead: boolean;
  readonly read: (isRead: boolean) => void;
}

/** The answers: no comes first, yes says where. */
export function ApprovalActs({ approval, seen, decision, layout, isRead, read }: Props) {
  const { approve, deny, fault, hindrance, isMine } = decision;
  const { customer, needed, mayStand } = approval;
  const [dialog, setDialog] = useState<'deny' | 'standing' | 'other' | null>(null);
  const help = useId();
  const close = (): void => setDialog(null);
  const isIdle = hindrance !== null;
  return (
    <footer className="approval-acts">
      <div className="acts-time">
        <Countdown approval={approval} />
        <Fingerprint fingerprint={seen} />
      </div>
      <div className="acts-no">
        <Button
          data-deny=""
          isBusy={deny.isBusy}
          onClick={deny.run}
          look={layout === 'destructive' ? 'primary' : undefined}
        >
          {t('approvals.act.deny')}
        </Button>
        <Button data-deny="" onClick={() => setDialog('deny')}>
          {t('approvals.act.denyWhy')}
        </Button>
      </div>
      <div className="acts-yes">
        {layout === 'destructive' && (
          <label className="check">
            <input type="checkbox" checked={isRead} onChange={(event) => read(event.target.checked)} />
            <span>{t('approvals.read', { customer: customer.name })}</span>
          </label>
        )}
        {isMine ? (
          <Button look="primary" isIdle={isIdle} aria-describedby={help} onClick={() => setDialog('other')}>
            {t('approvals.act.second')}
          </Button>
        ) : (
          <Button
            look={layout === 'destructive' ? 'danger' : 'primary'}
            isBusy={approve.isBusy}
            isIdle={isIdle}
            aria-describedby={help}
            onClick={approve.run}
          >
            {approveWords(approval)}
          </Button>
        )}
        {mayStand && needed === 1 && layout !== 'destructive' && (
          <Button isIdle={isIdle} aria-describedby={help} onClick={() => setDialog('standing')}>
            {t('approvals.act.forWhile')}
          </Button>
        )}
      </div>
      <div className="acts-more">
        {!isMine && (
          <button
            type="button"
            className="link small"
            onClick={() => isIdle || setDialog('other')}
            aria-disabled={isIdle}
            aria-describedby={help}
          >
            {t('approvals.act.other')}
          </button>
        )}
        <p className="acts-help faint small" id={help}>
          {hindrance ?? (
            <>
              {!isMine && (
                <>
                  <kbd>{chord('Enter')}</kbd> {t('approvals.act.keys')}
                </>
              )}
            </>
          )}
        </p>
      </div>
      <FaultLine fault={fault} />
      {dialog === 'deny' && <DenyDialog approval={approval} seen={seen} close={close} />}
      {dialog === 'standing' && <StandingDialog approval={approval} seen={seen} close={close} />}
      {dialog === 'other' && <ColleagueDialog approval={approval} seen={seen} close={close} />}
    </footer>
  );
}

function approveWords({ needed, approvedBy, customer }: Approval): string {
  const words = { customer: customer.name };
  if (needed < 2) return t('approvals.act.approve', words);
  return t(approvedBy.length === 0 ? 'approvals.act.approveFirst' : 'approvals.act.approveSecond', words);
}
