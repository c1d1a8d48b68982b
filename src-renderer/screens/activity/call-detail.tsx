import { Link } from '@tanstack/react-router';
import { Check, X } from 'lucide-react';
import type { RefCallback } from 'react';
import type { Decision } from '../../../src-shared/model/entry.ts';
import { lookUpTool } from '../../../src-shared/model/subject.ts';
import { Button } from '../../parts/button.tsx';
import { connectorName } from '../../parts/connector-name.ts';
import { CrossLink } from '../../parts/cross-link.tsx';
import { KeptBody } from '../../parts/kept-body.tsx';
import { RiskBadge } from '../../parts/risk.tsx';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { clock, number, t, timeOf, took } from '../../words.ts';
import { ApprovalFact } from './approval-fact.tsx';
import { type CallRow, callerOf, clearArguments, stopOf } from './call-row.ts';
import { clientName, customerFact, denialSentence, toolTitle } from './call-words.ts';
import { GateList } from './gate-list.tsx';
import { useApprovalEnds } from './use-approval-ends.ts';

interface Props {
  readonly row: CallRow;
  readonly titles: ReadonlyMap<string, string>;
  readonly close: () => void;
  readonly ref: RefCallback<HTMLElement>;
}

/** Everything recorded about one call, beside the list. */
export function CallDetail({ row, titles, close, ref }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere inside.
    <aside
      className="detail"
      aria-label={t('detail.label')}
      ref={ref}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="detail-head">
        <Verdict verdict={row.verdict} />
        {stopOf(row) !== null && (
          <span className="quiet">
            {t('detail.at', { gate: t(`gate.${stopOf(row)?.gate ?? 'audit'}`).toLowerCase() })}
          </span>
        )}
        <Button look="plain" className="square" aria-label={t('detail.close')} onClick={close}>
          <X className="icon" aria-hidden="true" />
        </Button>
      </div>
      <h2>{toolTitle(row.entry.tool, titles)}</h2>
      <CallBody row={row} />
    </aside>
  );
}

/** The detail without its head, also shown below the answer of a tried tool. */
export function CallBody({ row }: { readonly row: CallRow }) {
  const { entry, intent } = row;
  const why = denialSentence(row, useApprovalEnds());
  const params = clearArguments(row);
  const lookedUpFor = entry.tool === lookUpTool ? (entry.params ?? intent?.params)?.['tool'] : undefined;
  const risk = entry.risk ?? intent?.risk;
  const { result } = entry;
  const time = timeOf(intent ?? entry);
  const code = stopOf(row)?.code ?? (row.verdict === 'faulted' ? result?.status : undefined);
  return (
    <>
      <p className="tool-line">
        {entry.tool !== undefined && <code>{entry.tool}</code>}
        {entry.connector !== undefined && <span>{connectorName(entry.connector)}</span>}
        {risk !== undefined && <RiskBadge risk={risk} />}
      </p>
      {why !== null && (
        <div className={`why ${row.verdict}`}>
          <b>{why.lead}</b> {why.rest}
        </div>
      )}
      {row.verdict === 'interrupted' && (
        <div className="why asked">
          <b>{t('detail.interruptedLead')}</b> {t('detail.interruptedRest')}
        </div>
      )}
      <GateList row={row} />
      <dl className="facts">
        <dt>{t('detail.time')}</dt>
        <dd className="number">
          {clock(time)}
          {time.slice(19, 23)}
        </dd>
        <dt>{t('detail.who')}</dt>
        <dd>{callerOf(row).name}</dd>
        <dt>{t('detail.client')}</dt>
        <dd>{clientName(callerOf(row).client)}</dd>
        <dt>{t('detail.customer')}</dt>
        <dd>{customerFact(entry)}</dd>
        {entry.cross !== undefined && (
          <>
            <dt>{t('detail.cross')}</dt>
            <dd>
              <CrossLink cross={entry.cross} />
            </dd>
          </>
        )}
        {result !== undefined && row.verdict === 'allowed' && (
          <>
            <dt>{t('detail.records')}</dt>
            <dd className="number">
              {t('detail.recordsWords', {
                records: number(result.records),
                dropped: number(result.dropped),
                redacted: number(result.redacted),
              })}
            </dd>
          </>
        )}
        {result !== undefined && (
          <>
            <dt>{t('detail.took')}</dt>
            <dd className="number">
              {took(result.ms)}, {t('detail.bytes', { bytes: number(result.bytes) })}
            </dd>
          </>
        )}
        {code !== undefined && (
          <>
            <dt>{t('detail.code')}</dt>
            <dd>
              <code>{code}</code>
            </dd>
          </>
        )}
        {typeof lookedUpFor === 'string' && (
          <>
            <dt>{t('detail.lookedUpFor')}</dt>
            <dd>
              <code>{lookedUpFor}</code>
            </dd>
          </>
        )}
        {entry.policyVersion !== undefined && (
          <>
            <dt>{t('detail.policy')}</dt>
            <dd className="number">{entry.policyVersion}</dd>
          </>
        )}
        <DecisionFacts decision={entry.decision ?? intent?.decision} />
      </dl>
      {params === undefined ? (
        <KeptBody key={entry.seq} entries={intent === null || intent.seq === entry.seq ? [entry] : [intent, entry]} />
      ) : (
        <>
          <h3>{t('detail.arguments')}</h3>
          <CodeBlock label={t('detail.arguments')} text={JSON.stringify(params, null, 2)} />
        </>
      )}
      <div className="proof">
        <Check className="icon" aria-hidden="true" />
        <span>
          <Link className="number" to="/ledger" search={{ entry: entry.seq }}>
            {intent !== null && intent.seq !== entry.seq
              ? t('detail.entries', { intent: number(intent.seq), outcome: number(entry.seq) })
              : t('detail.entry', { seq: number(entry.seq) })}
          </Link>
          <code title={entry.leaf}>
            {t('detail.leaf', { leaf: `${entry.leaf.slice(0, 12)}…${entry.leaf.slice(-4)}` })}
          </code>
        </span>
      </div>
    </>
  );
}

/** The rules that decided, and the word of a person it rests on. */
function DecisionFacts({ decision }: { readonly decision: Decision | undefined }) {
  if (decision === undefined) return null;
  const { policies, approval, standing } = decision;
  return (
    <>
      {policies.length > 0 && (
        <>
          <dt>{t('detail.rules')}</dt>
          <dd>
            <code>{policies.join(', ')}</code>
          </dd>
        </>
      )}
      {(approval ?? standing) !== undefined && (
        <>
          <dt>{t(approval === undefined ? 'detail.standing' : 'detail.approval')}</dt>
          <ApprovalFact id={approval ?? standing ?? ''} />
        </>
      )}
    </>
  );
}
