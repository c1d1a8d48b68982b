import { useEffect, useRef } from 'react';
import { Check, Clock, Users, X } from 'lucide-react';
import type { Trial } from '../../../src-shared/contract/gateway.ts';
import { gateNames } from '../../../src-shared/model/denial.ts';
import { useAppState } from '../../api/app.ts';
import { GateCells } from '../../parts/gate-strip.tsx';
import { RuleList } from '../../parts/rule-list.tsx';
import { number, t } from '../../words.ts';
import type { Cell } from '../activity/call-row.ts';

export interface Tried {
  readonly trial: Trial;
  /** Who would call, and for whom, when it was asked. */
  readonly who: string;
  readonly customer: string;
}

const icons = { runs: Check, asks: Clock, 'asks-two': Users, denied: X } as const;
const looks = { runs: 'allowed', asks: 'asked', 'asks-two': 'asked', denied: 'denied' } as const;

/** What the gates would say of a call, without its having been made. */
export function TrialView({ tried: { trial, who, customer } }: { readonly tried: Tried }) {
  const version = useAppState().policy?.version ?? 0;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { verdict, because, denial } = trial;
  const Icon = icons[verdict];
  const gate = denial === null ? '' : t(`gate.${denial.gate}`).toLowerCase();
  return (
    <section ref={section} className="answer trial" aria-labelledby="trial">
      <h2 id="trial">{t('policy.check.title')}</h2>
      <div role="status">
        <p className={`verdict ${looks[verdict]}`}>
          <Icon aria-hidden="true" />
          {t(`policy.check.${verdict}`, { gate })}
        </p>
        {denial !== null && (
          <p>
            {denial.reason} {denial.remedy}
          </p>
        )}
      </div>
      <GateCells cells={trialCells(trial)} />
      <p className="quiet">
        {t('policy.check.for', { who, customer })} {t('policy.check.nothing')}
      </p>
      {because.length > 0 && (
        <>
          <h3>
            {t('policy.check.because')}{' '}
            <span className="faint number">{t('policy.check.policy', { version: number(version) })}</span>
          </h3>
          <RuleList rules={because} />
        </>
      )}
    </section>
  );
}

/** The six gates that can be asked without running anything; the last two are never reached here. */
export function trialCells({ gates, verdict }: Pick<Trial, 'gates' | 'verdict'>): readonly Cell[] {
  return gateNames.map((name) => {
    const outcome = gates.find(({ gate }) => gate === name);
    if (outcome === undefined) return 'ahead';
    if (name === 'policy' && (verdict === 'asks' || verdict === 'asks-two')) return 'waiting';
    return outcome.ok ? 'passed' : 'stopped';
  });
}
