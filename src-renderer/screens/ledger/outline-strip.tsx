import type { UseQueryResult } from '@tanstack/react-query';
import type { Outline } from '../../../src-shared/contract/ledger.ts';
import { useProgress } from '../../api/use-progress.ts';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { Failed } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { Histogram } from './histogram.tsx';

interface Props {
  readonly outline: UseQueryResult<Outline>;
  readonly choose: (span: { from: string; to: string }) => void;
}

/** The entries over time, or how far the search for them has come. It takes the same room in each state. */
export function OutlineStrip({ outline: { data, isFetching, error, refetch }, choose }: Props) {
  const progress = useProgress('searching', isFetching);
  if (isFetching) {
    const { entries = 0, of = 0 } = progress ?? {};
    return (
      <div className="histogram searching">
        <ProgressBar label={t('ledger.searching')} share={of === 0 ? null : entries / of} />
        <span className="faint number">
          {of === 0
            ? t('ledger.searching')
            : t('ledger.searchingWords', { done: number(entries), entries: number(of) })}
        </span>
      </div>
    );
  }
  if (error !== null) return <Failed thrown={error} retry={() => void refetch()} />;
  if (data === undefined || data.entries === 0) return null;
  return <Histogram key={data.spans[0]?.from} outline={data} choose={choose} />;
}
