/** How many calls wait, in sight on every screen and above every veil; and the same said to a screen reader, without haste. */
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Clock } from 'lucide-react';
import { useApprovals, usePendingCount } from '../api/queries.ts';
import { wantQueue } from '../screens/approvals/jump.ts';
import { number, t } from '../words.ts';
import { approvalNews, type Loudness, type News } from './approval-news.ts';

/** The badge of the scope bar. Nothing while nothing waits. */
export function ApprovalNotice() {
  const count = usePendingCount();
  if (count === 0) return null;
  return (
    <Link className="approval-notice number" to="/approvals/{-$id}" params={{ id: undefined }} onClick={wantQueue}>
      <Clock className="icon" aria-hidden="true" />
      <span className="notice-short" aria-hidden="true">
        {number(count)}
      </span>
      <span className="notice-whole">{t('approvals.notice.wait', { count, shown: number(count) })}</span>
    </Link>
  );
}

interface Said {
  readonly words: string;
  /** Another number for each sentence, so that the same one is said again. */
  readonly turn: number;
}

const silence: Said = { words: '', turn: 0 };

/** Heard also while a dialog hides everything else from a screen reader: what is live is left out of that, by itself. */
export function ApprovalNews() {
  const { data } = useApprovals();
  const [said, setSaid] = useState<Record<Loudness, Said>>({ polite: silence, assertive: silence });
  const news = useRef<News | null>(null);
  useEffect(() => {
    const made = approvalNews({
      say: (loudness, words) =>
        setSaid((before) => ({ ...before, [loudness]: { words, turn: before[loudness].turn + 1 } })),
      now: () => Date.now(),
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
    news.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    if (data !== undefined) news.current?.hear(data.approvals.filter(({ state }) => state === 'pending'));
  }, [data]);
  return (
    <>
      <span className="unseen" aria-live="polite" data-news="">
        <span key={said.polite.turn}>{said.polite.words}</span>
      </span>
      <span className="unseen" aria-live="assertive" data-news="">
        <span key={said.assertive.turn}>{said.assertive.words}</span>
      </span>
    </>
  );
}
