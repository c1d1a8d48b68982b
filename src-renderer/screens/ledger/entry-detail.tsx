import type { Ref } from 'react';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { Button } from '../../parts/button.tsx';
import { KeptBody } from '../../parts/kept-body.tsx';
import { RiskBadge } from '../../parts/risk.tsx';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { Failed, Waiting } from '../../parts/states.tsx';
import { connectorName } from '../../parts/connector-name.ts';
import { number, t } from '../../words.ts';
import { GateList } from '../activity/gate-list.tsx';
import { clearArguments } from '../activity/call-row.ts';
import { denialSentence } from '../activity/call-words.ts';
import { useApprovalEnds } from '../activity/use-approval-ends.ts';
import { EntryFacts } from './entry-facts.tsx';
import { EntryProof } from './entry-proof.tsx';
import { callOf, kindWords, whatWords } from './entry-words.ts';
import { fetchEntry } from './fetch-page.ts';

interface Props {
  readonly ref: Ref<HTMLElement>;
  /** Its heading, which says which entry it is. */
  readonly heading: Ref<HTMLElement>;
  readonly seq: number;
  readonly titles: ReadonlyMap<string, string>;
  /** Entries in the ledger. */
  readonly entries: number;
  readonly setOpen: (seq: number | undefined) => void;
}

/** One entry, beside the list: every member of it, the gates, what was asked, and the proof. */
export function EntryDetail({ ref, heading, seq, titles, entries, setOpen }: Props) {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ['ledger-entry', seq],
    queryFn: ({ signal }) => fetchEntry(seq, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const close = (): void => setOpen(undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere inside.
    <aside
      ref={ref}
      className="detail entry-detail"
      aria-label={t('ledger.detail.label')}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="detail-head">
        <span ref={heading} className="quiet number" tabIndex={-1}>
          {t('ledger.detail.title', { seq: number(seq) })}
        </span>
        <Button look="plain" className="square" aria-label={t('ledger.detail.close')} onClick={close}>
          <X className="icon" aria-hidden="true" />
        </Button>
      </div>
      {isPending && <Waiting rows={8} />}
      {error !== null && <Failed thrown={error} retry={() => void refetch()} />}
      {data === null && (
        <>
          <h2>{t('ledger.detail.none', { seq: number(seq) })}</h2>
          <p className="quiet">{t('ledger.detail.noneHelp', { entries: number(entries) })}</p>
        </>
      )}
      {data && <Whole entry={data} titles={titles} setOpen={setOpen} />}
    </aside>
  );
}

interface WholeProps extends Pick<Props, 'titles' | 'setOpen'> {
  readonly entry: Entry;
}

function Whole({ entry, titles, setOpen }: WholeProps) {
  const call = callOf(entry);
  const ends = useApprovalEnds();
  const why = call === null ? null : denialSentence(call, ends);
  const { lead } = whatWords(entry, titles);
  const { tool, connector, risk, body } = entry;
  const params = call === null ? entry.params : clearArguments(call);
  const hasBody = body !== undefined || (call !== null && params === undefined);
  return (
    <>
      <h2>{kindWords(entry)}</h2>
      {(lead !== '' || risk !== undefined) && (
        <p className="tool-line">
          {lead !== '' && <b>{lead}</b>}
          {tool !== undefined && <code>{tool}</code>}
          {connector !== undefined && <span>{connectorName(connector)}</span>}
          {risk !== undefined && <RiskBadge risk={risk} />}
        </p>
      )}
      {why !== null && (
        <div className={`why ${call?.verdict}`}>
          <b>{why.lead}</b> {why.rest}
        </div>
      )}
      <EntryProof key={entry.leaf} entry={entry} />
      {call !== null && entry.gates !== undefined && <GateList row={call} />}
      <EntryFacts entry={entry} setOpen={setOpen} />
      {params !== undefined && Object.keys(params).length > 0 && (
        <>
          <h3>{t(call === null ? 'ledger.detail.facts' : 'detail.arguments')}</h3>
          <CodeBlock label={t('ledger.detail.facts')} text={JSON.stringify(params, null, 2)} />
        </>
      )}
      {hasBody && <KeptBody key={entry.seq} entries={[entry]} />}
      <details>
        <summary>{t('ledger.detail.raw')}</summary>
        <CodeBlock label={t('ledger.detail.raw')} text={JSON.stringify(entry, null, 2)} />
      </details>
    </>
  );
}
