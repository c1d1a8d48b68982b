import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Download, ShieldCheck } from 'lucide-react';
import { api, useApp, useAppState, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { number, t } from '../../words.ts';
import { LedgerTable } from './ledger-table.tsx';
import { useExport } from './use-export.ts';
import { useVerify } from './use-verify.ts';
import { VerdictPanel } from './verdict-panel.tsx';

const pageSize = 200;

/** The audit log itself: how long it is, whether it still proves itself, and a way to take it elsewhere. */
export function LedgerScreen() {
  return (
    <RightScreen right="read-ledger" title={t('ledger.title')}>
      <Ledger />
    </RightScreen>
  );
}

function Ledger() {
  const mayExport = useRight('export-ledger');
  const { ledger } = useAppState();
  const entries = useApp((app) => app.entries);
  const verify = useVerify();
  const exporting = useExport();
  const recent = useInfiniteQuery({
    queryKey: ['ledger-entries'],
    queryFn: ({ pageParam, signal }) =>
      api().entries({ before: pageParam, limit: pageSize, filter: {} }, within(20_000, signal)),
    initialPageParam: entries + 1,
    getNextPageParam: ({ entries: page, isEnd }) => (isEnd ? undefined : page[0]?.seq),
    staleTime: 0,
    gcTime: 0,
  });
  const rows = useMemo(() => (recent.data?.pages ?? []).flatMap((page) => page.entries.toReversed()), [recent.data]);
  const newer = rows[0] === undefined ? 0 : entries - rows[0].seq;
  return (
    <Page
      className="fill"
      title={t('ledger.title')}
      lead={t('ledger.lead')}
      actions={
        <>
          {mayExport && (
            <Button isBusy={exporting.isBusy} onClick={exporting.run}>
              <Download className="icon" aria-hidden="true" />
              {exporting.isBusy ? t('ledger.exporting', { done: number(exporting.done) }) : t('ledger.export')}
            </Button>
          )}
          <Button look="primary" isBusy={verify.isBusy} onClick={verify.run}>
            <ShieldCheck className="icon" aria-hidden="true" />
            {t(verify.isBusy ? 'ledger.verifying' : 'ledger.verify')}
          </Button>
        </>
      }
    >
      <dl className="big-facts">
        <div>
          <dt>{t('ledger.entries')}</dt>
          <dd>{number(entries)}</dd>
        </div>
        <div>
          <dt>{t('ledger.checkpoint')}</dt>
          <dd>{ledger.checkpoint === null ? t('ledger.noCheckpoint') : number(ledger.checkpoint)}</dd>
        </div>
        <div>
          <dt>{t('ledger.state')}</dt>
          <dd className={ledger.problem === null ? 'good' : 'bad'}>{ledger.problem ?? t('ledger.recording')}</dd>
        </div>
      </dl>
      <VerdictPanel verify={verify} entries={entries} />
      {exporting.words !== null && (
        <p className={`pad ${exporting.isFailed ? 'bad' : 'quiet'}`} role="status">
          {exporting.words}
        </p>
      )}
      {recent.isPending && <Waiting rows={10} />}
      {recent.isError && <Failed thrown={recent.error} retry={() => void recent.refetch()} />}
      {recent.isSuccess && rows.length === 0 && (
        <Empty title={t('ledger.none')}>
          <p>{t('ledger.noneHelp')}</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <LedgerTable
          rows={rows}
          newer={Math.max(0, newer)}
          showNewer={() => void recent.refetch()}
          older={recent.hasNextPage ? () => void recent.fetchNextPage() : undefined}
          isFetching={recent.isFetchingNextPage}
        />
      )}
    </Page>
  );
}
