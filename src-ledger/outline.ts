/** Which entries match a filter, without them: how many, where, and how they lie in time. */
import type { Outline, Progress } from '../src-shared/contract/ledger.ts';
import { isMetBy, type Matcher } from './search-filter.ts';
import { pieceSize, type Range, type SearchTable } from './search-table.ts';

interface Asked {
  /** The most spans of time to count by. */
  readonly spans: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Matches from one mark to the next. */
const every = 500;

/**
 * Walks the table twice, the first time making what of it is not there yet. The spans are as long as each other, in whole
 * milliseconds, and the last of them holds the last match. Throws LostTable.
 */
export async function outlineOf(
  table: SearchTable,
  matcher: Matcher,
  { spans, signal, onProgress }: Asked,
): Promise<Outline> {
  const upTo = table.newest;
  const range = { low: 0, high: upTo + 1, isBackward: false };
  const marks: number[] = [];
  const time = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  let entries = 0;
  for await (const piece of table.between(range, matcher.isEmpty)) {
    signal.throwIfAborted();
    for (const seq of matcher.matchesOf(piece, range)) {
      if (entries % every === 0) marks.push(seq);
      entries += 1;
      const at = piece.at[seq - piece.first] ?? Number.NaN;
      if (at < time.from) time.from = at;
      if (at > time.to) time.to = at;
    }
    onProgress({ entries: Math.min(upTo, piece.first + pieceSize - 1), of: upTo });
  }
  const counts = await countSpans(table, matcher, { spans, range, time, signal });
  return { entries, upTo, every, marks, spans: counts };
}

interface Spread {
  readonly spans: number;
  readonly range: Range;
  readonly time: { readonly from: number; readonly to: number };
  readonly signal: AbortSignal;
}

async function countSpans(
  table: SearchTable,
  matcher: Matcher,
  { spans, range, time, signal }: Spread,
): Promise<Outline['spans']> {
  if (time.from > time.to) return [];
  const length = time.to - time.from + 1;
  const width = Math.ceil(length / spans);
  const counted = Array.from({ length: Math.ceil(length / width) }, (_, span) => ({
    from: new Date(time.from + span * width).toISOString(),
    entries: 0,
    denied: 0,
  }));
  const isDenied = isMetBy(table, 'kind', ([, isIt]) => isIt);
  for await (const piece of table.between(range, matcher.isEmpty)) {
    signal.throwIfAborted();
    for (const seq of matcher.matchesOf(piece, range)) {
      const slot = seq - piece.first;
      const span = counted[Math.floor(((piece.at[slot] ?? Number.NaN) - time.from) / width)];
      if (!span) continue; // An entry without a time that can be read.
      span.entries += 1;
      if (isDenied(piece.ids.kind[slot] ?? 0)) span.denied += 1;
    }
  }
  return counted;
}
