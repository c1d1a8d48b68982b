/** The entries over time as bars, and the span of time that chosen bars stand for. */
import type { Outline } from '../../../src-shared/contract/ledger.ts';

export interface Bar {
  readonly from: string;
  /** The last millisecond of it. */
  readonly to: string;
  readonly entries: number;
  readonly denied: number;
  /** Shares of the tallest bar, 0 to 1. What is there is never too small to be seen. */
  readonly height: number;
  readonly deniedHeight: number;
}

/** A share that is just visible. */
const least = 0.04;

export function barsOf({ spans }: Pick<Outline, 'spans'>): readonly Bar[] {
  const most = spans.reduce((tallest, { entries }) => Math.max(tallest, entries), 1);
  const width = widthOf(spans);
  const share = (count: number): number => (count === 0 ? 0 : Math.max(least, count / most));
  return spans.map(({ from, entries, denied }, place) => {
    const next = spans[place + 1]?.from;
    const end = next === undefined ? Date.parse(from) + width : Date.parse(next);
    return {
      from,
      to: new Date(Math.max(Date.parse(from), end - 1)).toISOString(),
      entries,
      denied,
      height: share(entries),
      deniedHeight: share(denied),
    };
  });
}

/** From the first of two bars to the last, whichever was chosen first. */
export function spanOf(bars: readonly Bar[], one: number, other: number): { from: string; to: string } | null {
  const first = bars[Math.min(one, other)];
  const last = bars[Math.max(one, other)];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}

/** Spans are equally long. A single one has no length to tell of. */
function widthOf(spans: Outline['spans']): number {
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined || spans.length < 2) return 60_000;
  return (Date.parse(last.from) - Date.parse(first.from)) / (spans.length - 1);
}
