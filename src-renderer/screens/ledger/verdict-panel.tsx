import { type Ref, useRef } from 'react';
import { OctagonAlert, ShieldCheck } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useHeir } from '../../parts/use-heir.ts';
import { clock, number, t } from '../../words.ts';
import type { Verify } from './use-verify.ts';

/** What verifying found. A broken ledger is not an error message: it fills the width, names the entry and does not go away. */
export function VerdictPanel({ verify, entries }: { readonly verify: Verify; readonly entries: number }) {
  const { isBusy, fault, verdict, isCancelled } = verify;
  const firstBad = verdict?.firstBad;
  const outcome = useRef<HTMLDivElement>(null);
  const part = useHeir(() => outcome.current?.focus());
  return (
    <>
      {isBusy && <Running ref={part} verify={verify} entries={entries} />}
      <div ref={outcome} role={verdict?.ok === false ? 'alert' : 'status'} tabIndex={-1}>
        {!isBusy && isCancelled && <p className="verdict-panel">{t('ledger.verifyCancelled')}</p>}
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
              <h2>
                {firstBad === undefined ? t('ledger.broken') : t('ledger.brokenAt', { seq: number(firstBad.seq) })}
              </h2>
              <p>
                {firstBad?.problem} {t('ledger.brokenHelp')}
              </p>
            </div>
          </div>
        )}
      </div>
    </>
  );
}

interface RunningProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly verify: Verify;
  readonly entries: number;
}

/** Not announced at each step: a reader asks the bar. */
function Running({ ref, verify: { progress, cancel }, entries }: RunningProps) {
  const done = progress?.entries ?? 0;
  const of = progress?.of ?? entries;
  return (
    <div ref={ref} className="verdict-panel running">
      <span className="number">{t('ledger.verifyingWords', { done: number(done), entries: number(of) })}</span>
      <ProgressBar label={t('ledger.verifying')} share={progress === null || of === 0 ? null : done / of} />
      <Button onClick={cancel}>{t('dialog.cancel')}</Button>
    </div>
  );
}
