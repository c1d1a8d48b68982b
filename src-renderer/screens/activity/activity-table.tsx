/**
 * The rows, newest first, virtualised. It follows the newest only while the list is at its top and nobody works in it;
 * scrolling down or moving by keys pauses, and a pill says how many came meanwhile. Nothing is dropped.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ArrowUp } from 'lucide-react';
import { CrossTag } from '../../parts/cross-tag.tsx';
import { GateStrip } from '../../parts/gate-strip.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { clock, number, t, timeOf, took } from '../../words.ts';
import { type CallRow, callerOf } from './call-row.ts';
import { callSummary, clientName, toolTitle } from './call-words.ts';
import { loadOlder, useFeed } from './feed-store.ts';

interface Props {
  readonly rows: readonly CallRow[];
  readonly titles: ReadonlyMap<string, string>;
  /** What became of approvals, in words, by their ids. */
  readonly ends: ReadonlyMap<string, string>;
  /** Rows that came since the pause. */
  readonly waiting: number;
  readonly isPaused: boolean;
  readonly pause: (isWanted: boolean) => void;
  readonly selected: number | null;
  readonly select: (key: number | null) => void;
}

const rowHeight = 34;

export function ActivityTable({ rows, titles, ends, waiting, isPaused, pause, selected, select }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const isWhole = useFeed((store) => store.isWhole);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (place) => rows[place]?.key ?? place,
  });
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!isWhole && lastDrawn >= rows.length - 5) void loadOlder().catch(() => undefined); // Tried again at the next scroll.
  }, [lastDrawn, rows.length, isWhole]);

  const place = Math.max(
    0,
    rows.findIndex(({ key }) => key === focused),
  );
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    pause(true);
    setFocused(rows[next]?.key ?? null);
    scroller.current?.scrollIntoView({ block: 'nearest' }); // In a small window the screen itself scrolls.
    virtual.scrollToIndex(next);
    focusRow(scroller.current, next);
  };
  const hear = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if (event.key === 'Enter') select(rows[place]?.key ?? null);
    else if (event.key === 'Escape') select(null);
    else return;
    event.preventDefault();
  };
  const latest = (): void => {
    pause(false);
    setFocused(null);
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <div className="table-frame">
      {waiting > 0 && (
        <button type="button" className="pill" onClick={latest}>
          <ArrowUp className="icon" aria-hidden="true" />
          {t('activity.new', { count: waiting, shown: number(waiting) })}
        </button>
      )}
      <div
        className="table"
        ref={scroller}
        onScroll={(event) => {
          if (event.currentTarget.scrollTop > rowHeight && !isPaused) pause(true);
        }}
      >
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The rows take the focus. */}
        <div role="table" aria-label={t('activity.title')} aria-rowcount={rows.length + 1} onKeyDown={hear}>
          <div role="row" className="call-row head" aria-rowindex={1}>
            {(['time', 'result', 'gates', 'what', 'client', 'took'] as const).map((column) => (
              <span key={column} role="columnheader" className={column}>
                {t(`activity.column.${column}`)}
              </span>
            ))}
          </div>
          <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The table hears Enter for its rows.
                <div
                  key={key}
                  role="row"
                  data-place={index}
                  className="call-row"
                  aria-rowindex={index + 2}
                  aria-current={row.key === selected || undefined}
                  tabIndex={index === place ? 0 : -1}
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => {
                    pause(true);
                    setFocused(row.key);
                  }}
                  onClick={() => {
                    select(row.key === selected ? null : row.key);
                  }}
                >
                  <Cells row={row} titles={titles} ends={ends} />
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function Cells({ row, titles, ends }: { readonly row: CallRow } & Pick<Props, 'titles' | 'ends'>) {
  const { entry } = row;
  const { lead, rest } = callSummary(row, toolTitle(entry.tool, titles), ends);
  return (
    <>
      <time role="cell" dateTime={timeOf(entry)} title={timeOf(entry)} className="time">
        {clock(timeOf(entry))}
      </time>
      <span role="cell" className="result">
        <Verdict verdict={row.verdict} />
      </span>
      <span role="cell" className="gates-cell">
        <GateStrip row={row} />
      </span>
      <span role="cell" className="what" title={`${lead} ${rest}`}>
        <CrossTag cross={entry.cross} /> <b>{lead}</b> {rest}
      </span>
      <span role="cell" className="client">
        {clientName(callerOf(row).client)}
      </span>
      <span role="cell" className="took">
        {entry.result === undefined ? '' : took(entry.result.ms)}
      </span>
    </>
  );
}

/** The row may only be drawn in the next frames. */
function focusRow(scroller: HTMLElement | null, place: number, tries = 5): void {
  requestAnimationFrame(() => {
    const row = scroller?.querySelector<HTMLElement>(`[data-place="${place}"]`);
    if (row) row.focus({ preventScroll: true });
    else if (tries > 0) focusRow(scroller, place, tries - 1);
  });
}
