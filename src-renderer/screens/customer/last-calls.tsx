import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useToolTitles } from '../../api/queries.ts';
import { CrossTag } from '../../parts/cross-tag.tsx';
import { GateStrip } from '../../parts/gate-strip.tsx';
import { Waiting } from '../../parts/states.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { clock, t, timeOf } from '../../words.ts';
import { callSummary, toolTitle } from '../activity/call-words.ts';
import { useFeed } from '../activity/feed-store.ts';
import { useApprovalEnds } from '../activity/use-approval-ends.ts';

const shown = 8;

/** The last calls of this customer. */
export function LastCalls({ code }: { readonly code: string }) {
  const { feed, isLoaded } = useFeed();
  const titles = useToolTitles();
  const ends = useApprovalEnds();
  const rows = useMemo(
    () =>
      feed.rows
        .filter(({ entry }) => entry.customer === code)
        .slice(-shown)
        .reverse(),
    [feed.rows, code],
  );
  return (
    <section className="section" aria-labelledby="last-calls">
      <div className="section-head">
        <h2 id="last-calls">{t('home.lastCalls')}</h2>
        <Link to="/activity">{t('home.allActivity')}</Link>
      </div>
      {!isLoaded && <Waiting rows={4} />}
      {isLoaded && rows.length === 0 && <p className="quiet">{t('home.noCalls')}</p>}
      {rows.length > 0 && (
        <ul className="last-calls">
          {rows.map((row) => {
            const { lead, rest } = callSummary(row, toolTitle(row.entry.tool, titles), ends);
            return (
              <li key={row.key}>
                <time className="faint number" dateTime={timeOf(row.entry)}>
                  {clock(timeOf(row.entry))}
                </time>
                <Verdict verdict={row.verdict} />
                <GateStrip row={row} />
                <span className="what">
                  <CrossTag cross={row.entry.cross} /> <b>{lead}</b> {rest}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
