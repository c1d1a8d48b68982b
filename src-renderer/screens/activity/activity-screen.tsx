import { useMemo, useRef, useState } from 'react';
import { Pause, Play } from 'lucide-react';
import { useApp } from '../../api/app.ts';
import { useToolTitles } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { useHeir } from '../../parts/use-heir.ts';
import { number, t } from '../../words.ts';
import { ActivityTable } from './activity-table.tsx';
import { CallDetail } from './call-detail.tsx';
import type { CallRow } from './call-row.ts';
import { type ChosenVerdict, countVerdicts, findCalls } from './find-calls.ts';
import { follow, useFeed } from './feed-store.ts';
import { useApprovalEnds } from './use-approval-ends.ts';

/** The live list of what AI tools asked for the bound customer, and what the gates said. */
export function ActivityScreen() {
  return (
    <RightScreen right="read-ledger" title={t('activity.title')}>
      <Activity />
    </RightScreen>
  );
}

function Activity() {
  const { feed, isLoaded, thrown } = useFeed();
  const bound = useApp((app) => app.state?.binding?.customer ?? null);
  const titles = useToolTitles();
  const ends = useApprovalEnds();
  const [verdict, setVerdict] = useState<ChosenVerdict>('all');
  const [find, setFind] = useState('');
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const screen = useRef<HTMLDivElement>(null);
  const beside = useHeir(() => screen.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus());

  const mine = useMemo(() => ofCustomer(feed.rows, bound?.code ?? null), [feed.rows, bound]);
  const counts = useMemo(() => countVerdicts(mine), [mine]);
  const found = useMemo(() => findCalls(mine, { verdict, find, titles, ends }), [mine, verdict, find, titles, ends]);
  const shown = useMemo(
    () => (pausedAt === null ? found : found.filter(({ key }) => key <= pausedAt)),
    [found, pausedAt],
  );
  const detail = selected === null ? undefined : mine.find(({ key }) => key === selected);
  const isPaused = pausedAt !== null;
  const pause = (isWanted: boolean): void => setPausedAt(isWanted ? (pausedAt ?? feed.lastSeq) : null);

  return (
    <div className="split" data-detail={detail !== undefined} ref={screen}>
      <Page
        className="fill"
        title={t('activity.title')}
        lead={bound === null ? t('activity.leadNone') : t('activity.lead', { name: bound.name })}
        actions={
          <Button aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
            {isPaused ? <Play className="icon" aria-hidden="true" /> : <Pause className="icon" aria-hidden="true" />}
            {t(isPaused ? 'activity.resume' : 'activity.pause')}
          </Button>
        }
      >
        <div className="filters" role="group" aria-label={t('activity.filters')}>
          {choices
            .filter((each) => !rare.includes(each) || each === verdict || counts[each] > 0)
            .map((each) => (
              <button
                key={each}
                type="button"
                className="chip"
                aria-pressed={verdict === each}
                onClick={() => setVerdict(each)}
              >
                {t(`activity.${each}`)} <b>{number(counts[each])}</b>
              </button>
            ))}
          <input
            type="search"
            className="field"
            aria-label={t('activity.find')}
            placeholder={t('activity.find')}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </div>
        {thrown !== null && <Failed thrown={thrown} retry={() => void follow()} />}
        {!isLoaded && thrown === null && <Waiting rows={12} />}
        {isLoaded && shown.length === 0 && (
          <Empty title={t(mine.length === 0 ? 'activity.none' : 'activity.noMatch')}>
            <p>{t(mine.length === 0 ? 'activity.noneHelp' : 'activity.noMatchHelp')}</p>
            {mine.length > 0 && (
              <Button
                onClick={() => {
                  setVerdict('all');
                  setFind('');
                }}
              >
                {t('activity.clear')}
              </Button>
            )}
          </Empty>
        )}
        {isLoaded && shown.length > 0 && (
          <ActivityTable
            rows={shown}
            titles={titles}
            ends={ends}
            waiting={found.length - shown.length}
            isPaused={isPaused}
            pause={pause}
            selected={selected}
            select={setSelected}
          />
        )}
      </Page>
      {detail !== undefined && (
        <CallDetail key={detail.key} row={detail} titles={titles} close={() => setSelected(null)} ref={beside} />
      )}
    </div>
  );
}

const choices: readonly ChosenVerdict[] = ['all', 'allowed', 'denied', 'asked', 'interrupted', 'faulted'];
/** Offered where there are such calls. */
const rare: readonly ChosenVerdict[] = ['interrupted', 'faulted'];

/** Only the bound customer's calls, and those that never had a customer. Another customer's are not shown under this name. */
function ofCustomer(rows: readonly CallRow[], code: string | null): readonly CallRow[] {
  return rows.filter(({ entry }) => entry.customer === null || entry.customer === code);
}
