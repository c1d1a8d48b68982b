import { type Ref, useRef } from 'react';
import { OctagonAlert, ShieldCheck } from 'lucide-react';
import type { Verdict } from '../../../src-shared/contract/ledger.ts';
import { useApp } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useHeir } from '../../parts/use-heir.ts';
import { clock, number, t } from '../../words.ts';
import type { Verify } from './use-verify.ts';

/**
 * What verifying found. A broken ledger is not an error message: it fills the width, names the entry and does not go away. The
 * application keeps it, for whoever comes to this screen later.
 */
export function VerdictPanel({ verify, entries }: { readonly verify: Verify; readonly entries: number }) {
  const { isBusy, fault, verdict, isCancelled } = verify;
  const kept = useApp((app) => app.state?.problems.find(({ id }) => id === 'broken'));
  const broken = kept ?? (verdict?.ok === false ? brokenWords(verdict) : null); // The answer may be here before the state.
  const outcome = useRef<HTMLDivElement>(null);
  const part = useHeir(() => outcome.current?.focus());
  return (
    <>
      {isBusy && <Running ref={part} verify={verify} entries={entries} />}
      <div ref={outcome} role={broken === null ? 'status' : 'alert'} tabIndex={-1}>
        {!isBusy && isCancelled && <p className="verdict-panel">{t('ledger.verifyCancelled')}</p>}
        {!isBusy && fault !== null && (
          <p className="verdict-panel asked">
            <b>{fault.message}</b> {fault.remedy}
          </p>
        )}
        {!isBusy && verdict?.ok === true && broken === null && (
          <p className="verdict-panel good">
            <ShieldCheck className="icon" aria-hidden="true" />
            <span>
              <b>{t('ledger.verified', { entries: number(verdict.entries) })}</b>{' '}
              {t('ledger.verifiedAt', { at: clock(verdict.at) })}
            </span>
          </p>
        )}
        {broken !== null && (
          <div className="verdict-panel broken">
            <OctagonAlert aria-hidden="true" />
            <div>
              <h2>{broken.text}</h2>
              <p>{broken.remedy}</p>
            </div>
          </div>
        )}
      </div>
    </>
  );
}

function brokenWords({ firstBad, isUnreadable }: Verdict) {
  const seq = firstBad?.seq ?? 0;
  const what = [
    firstBad?.problem,
    t(isUnreadable ? 'ledger.unreadableHelp' : 'ledger.brokenHelp'),
    seq > 0 && t('ledger.beforeHolds'),
    t('ledger.brokenLasts'),
  ];
  return {
    text: seq === 0 ? t('ledger.broken') : t('ledger.brokenAt', { seq: number(seq) }),
    remedy: what.filter(Boolean).join(' '),
  };
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
