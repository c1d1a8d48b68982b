import { OctagonAlert, ShieldCheck } from 'lucide-react';
import { clock, number, t } from '../../words.ts';
import type { Verify } from './use-verify.ts';

/** What verifying found. A broken ledger is not an error message: it fills the width, names the entry and does not go away. */
export function VerdictPanel({
  verify: { isBusy, fault, verdict },
  entries,
}: {
  readonly verify: Verify;
  readonly entries: number;
}) {
  const firstBad = verdict?.firstBad;
  return (
    <div role={verdict?.ok === false ? 'alert' : 'status'}>
      {isBusy && (
        <p className="verdict-panel running">
          <span className="busy" aria-hidden="true" />
          {t('ledger.verifyingWords', { entries: number(entries) })}
        </p>
      )}
      {!isBusy && fault !== null && (
        <p className="verdict-panel asked">
          <b>{fault.message}</b> {fault.remedy}
        </p>
      )}
      {!isBusy && verdict?.ok === true && (
        <p className="verdict-panel good">
          <ShieldCheck className="icon" aria-hidden="true" />
          <span>
            <b>{t('ledger.verified', { entries: number(verdict.entries) })}</b>{' '}
            {t('ledger.verifiedAt', { at: clock(verdict.at) })}
          </span>
        </p>
      )}
      {!isBusy && verdict?.ok === false && (
        <div className="verdict-panel broken">
          <OctagonAlert aria-hidden="true" />
          <div>
            <h2>{firstBad === undefined ? t('ledger.broken') : t('ledger.brokenAt', { seq: number(firstBad.seq) })}</h2>
            <p>
              {firstBad?.problem} {t('ledger.brokenHelp')}
            </p>
          </div>
        </div>
      )}
    </div>
  );
}
