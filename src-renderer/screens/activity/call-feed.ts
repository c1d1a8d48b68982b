/** The calls of the ledger as a list: entries go in, in any order and as often as they come; one row a call comes out. */
import type { Entry, EntryKind } from '../../../src-shared/model/entry.ts';
import { callRow, type CallRow } from './call-row.ts';

export interface CallFeed {
  /** Oldest first, by key. */
  readonly rows: readonly CallRow[];
  /** What the ledger tells of approvals, oldest first. */
  readonly approvals: readonly Entry[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** `seq` of the newest start of the app: calls before it that have no outcome were interrupted. */
  readonly lastStart: number;
}

/** What the feed asks the ledger for. */
export const feedKinds: EntryKind[] = [
  'call.outcome',
  'call.denied',
  'call.intent',
  'app.started',
  'approval.asked',
  'approval.decided',
];

export const emptyFeed: CallFeed = {
  rows: [],
  approvals: [],
  firstSeq: Number.POSITIVE_INFINITY,
  lastSeq: 0,
  lastStart: 0,
};

/** The feed with these entries in it. Entries it already knows change nothing. */
export function addEntries(feed: CallFeed, entries: readonly Entry[]): CallFeed {
  if (entries.length === 0) return feed;
  const rows = [...feed.rows];
  let { approvals, firstSeq, lastSeq, lastStart } = feed;
  for (const entry of entries) {
    firstSeq = Math.min(firstSeq, entry.seq);
    lastSeq = Math.max(lastSeq, entry.seq);
    if (entry.kind === 'app.started') lastStart = Math.max(lastStart, entry.seq);
    else if (entry.kind === 'approval.asked' || entry.kind === 'approval.decided')
      approvals = withEntry(approvals, entry);
    else addCall(rows, entry, lastStart);
  }
  const settled = lastStart === feed.lastStart ? rows : interruptBefore(rows, lastStart);
  return { rows: settled, approvals, firstSeq, lastSeq, lastStart };
}

function addCall(rows: CallRow[], entry: Entry, lastStart: number): void {
  const isIntent = entry.kind === 'call.intent';
  const key = isIntent ? entry.seq : (entry.ref ?? entry.seq);
  const place = placeOf(rows, key);
  const known = rows[place]?.key === key ? rows[place] : undefined;
  const knownOutcome = known !== undefined && known.entry !== known.intent ? known.entry : null;
  const row = callRow(isIntent ? entry : (known?.intent ?? null), isIntent ? knownOutcome : entry, lastStart);
  if (row !== null) rows.splice(place, known === undefined ? 0 : 1, row);
}

/** With this entry in its place, which nearly always is the end. */
function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if ((entries.at(-1)?.seq ?? 0) < entry.seq) return [...entries, entry];
  if (entries.some(({ seq }) => seq === entry.seq)) return entries;
  return [...entries, entry].toSorted((one, other) => one.seq - other.seq);
}

/** Where `key` is, or would be. Nearly always at the end, so the search starts there. */
function placeOf(rows: readonly CallRow[], key: number): number {
  let low = 0;
  let high = rows.length;
  if ((rows[high - 1]?.key ?? 0) < key) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.key ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function interruptBefore(rows: readonly CallRow[], start: number): CallRow[] {
  return rows.map((row) => (row.verdict === 'running' && row.key < start ? { ...row, verdict: 'interrupted' } : row));
}
