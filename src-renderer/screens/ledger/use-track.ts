import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { makeTrack, positionFor, shiftAfter, topFor } from './track.ts';

interface Rows {
  readonly rows: number;
  readonly rowHeight: number;
  /** What sticks to the top of the scroller and covers rows. */
  readonly headHeight: number;
}

/** Where the bar is, and what it lacks to the rows' own place (track.ts). */
interface At {
  readonly scroll: number;
  readonly shift: number;
}

export interface ScrolledRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The rows to draw, and how much higher than their place. */
  readonly first: number;
  readonly last: number;
  readonly shift: number;
  readonly height: number;
  /** Rows that are seen at once. */
  readonly seen: number;
  readonly hear: () => void;
  /** Brings a row into view. */
  readonly reveal: (row: number) => void;
}

/** Rows drawn beyond what is seen, on each side. */
const spare = 12;
/** Milliseconds without a move after which the bar is set to where the rows are. */
const settledMs = 160;

/** Which rows to draw where while a person scrolls, however many there are. */
export function useTrack({ rows, rowHeight, headHeight }: Rows): ScrolledRows {
  const scroller = useRef<HTMLDivElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<At>({ scroll: 0, shift: 0 });
  const [at, setAt] = useState<At>({ scroll: 0, shift: 0 });
  const [view, setView] = useState(600);
  const track = useMemo(() => makeTrack({ rows, rowHeight, view }), [rows, rowHeight, view]);
  // Before anyone can ask to be taken to a row.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => setView(Math.max(rowHeight, element.clientHeight - headHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      clearTimeout(settling.current);
    };
  }, [rowHeight, headHeight]);

  const isDrawnAlike = (one: At, other: At): boolean =>
    one.shift === other.shift && Math.floor(one.scroll / rowHeight) === Math.floor(other.scroll / rowHeight);
  const moved = (next: At): void => {
    last.current = next;
    setAt((drawn) => (isDrawnAlike(drawn, next) ? drawn : next));
  };
  /** Sets bar and rows in one go, so that no frame shows the one without the other. */
  const place = (top: number): void => {
    const element = scroller.current;
    if (element === null) return;
    const { scroll, shift } = positionFor(track, top);
    element.scrollTop = scroll;
    flushSync(() => moved({ scroll: element.scrollTop, shift }));
  };
  const settle = (): void => {
    const { scroll, shift } = last.current;
    if (Math.abs(positionFor(track, scroll + shift).scroll - scroll) > 1) place(scroll + shift);
  };

  // Another length of the list, or another height of the window, may leave less room than there was.
  const shift = shiftAfter(track, at.shift, { from: at.scroll, to: at.scroll });
  const top = at.scroll + shift;
  return {
    scroller,
    first: Math.max(0, Math.floor(top / rowHeight) - spare),
    last: Math.min(rows - 1, Math.ceil((top + view) / rowHeight) + spare),
    shift,
    height: track.height,
    seen: Math.max(1, Math.floor(view / rowHeight)),
    hear: () => {
      const scroll = scroller.current?.scrollTop ?? 0;
      moved({ scroll, shift: shiftAfter(track, last.current.shift, { from: last.current.scroll, to: scroll }) });
      clearTimeout(settling.current);
      settling.current = setTimeout(settle, settledMs);
    },
    reveal: (row) => {
      const now = last.current.scroll + last.current.shift;
      const next = topFor({ rows, rowHeight, view }, now, row);
      if (next !== now) place(next);
    },
  };
}
