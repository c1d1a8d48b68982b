import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useApprovals } from '../../api/queries.ts';
import { clock, t } from '../../words.ts';
import { approvalTrail } from './approval-trail.ts';
import { useFeed } from './feed-store.ts';

/** The word of a person a call rests on, or waits for: who said what and when, and the way to it while it is known. */
export function ApprovalFact({ id }: { readonly id: string }) {
  const entries = useFeed((store) => store.feed.approvals);
  const steps = useMemo(() => approvalTrail(entries, id), [entries, id]);
  const { data } = useApprovals();
  const isKnown = data?.approvals.some((approval) => approval.id === id) === true;
  return (
    <dd>
      <code>{id}</code>
      {steps.map(({ seq, at, words }) => (
        <span key={seq} className="trail-step">
          <bdi>{words}</bdi> <span className="faint number">{clock(at)}</span>
        </span>
      ))}
      {isKnown && (
        <Link className="trail-step" to="/approvals/{-$id}" params={{ id }}>
          {t('approvals.trail.open')}
        </Link>
      )}
    </dd>
  );
}
