import { useMemo } from 'react';
import { approvalEnds } from './approval-trail.ts';
import { useFeed } from './feed-store.ts';

/** What became of each approval the feed knows an end of, in words. */
export function useApprovalEnds(): ReadonlyMap<string, string> {
  const entries = useFeed((store) => store.feed.approvals);
  return useMemo(() => approvalEnds(entries), [entries]);
}
