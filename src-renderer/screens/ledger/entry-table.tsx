/**
 * The entries, newest first, however many: only what is seen is drawn, and fetched by its place. The grid keeps the focus and
 * names its current row, so that a row that scrolls out of sight takes no focus with it.
 */
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useState } from 'react';
import { Failed } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { EntryCells, WaitingCells } from './entry-row.tsx';
import type { EntryPages } from './entry-pages.ts';
import { useTrack } from './use-track.ts';

export interface EntryTableHandle {
  /** Makes the row at a place the current one and brings it into view; gives the list the focus where a person asked for it. */
  readonly go: (position: number, takesFocus: boolean) => void;
  readonly focus: () => void;
}

interface Props {
  readonly ref: Ref<EntryTableHandle>;
  readonly pages: EntryPages;
  readonly titles: ReadonlyMap<string, string>;
  /** Entries that came since. The list does not move by itself. */
  readonly newer: number;
  readonly showNewer: () => void;
  /** `seq` of the entry whose detail is open. */
  readonly open: number | undefined;
  readonly setOpen: (seq: number | undefined) => void;
}

/** Milliseconds that rows are looked at before they are fetched. */
const passingMs = 40;
const rowHeight = 34;
const headHeight = 28;
const columns = ['seq', 'time', 'kind', 'gates', 'what', 'customer', 'who'] as const;

export function EntryTable({ ref, pages, titles, newer, showNewer, open, setOpen }: Props) {
  const id = useId();
  const { listing } = pages;
  const rows = listing.total;
  const { scroller, first, last, shift, height, seen, hear, reveal } = useTrack({
    rows,
    rowHeight,
    headHeight,
  });
  const [current, setCurrent] = useState(0);
  const place = Math.min(current, rows - 1);
  // What only flies by is not fetched.
  useEffect(() => {
    const timer = setTimeout(() => pages.look(first, last), passingMs);
    return () => clearTimeout(timer);
  }, [pages, first, last]);

  /** In a small window the screen itself scrolls. */
  const show = (): void => scroller.current?.scrollIntoView({ block: 'nearest' });
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(rows - 1, to));
    setCurrent(next);
    reveal(next);
  };
  useImperativeHandle(ref, () => ({
    go: (to, takesFocus) => {
      if (takesFocus) {
        scroller.current?.focus({ preventScroll: true });
        show();
      }
      go(to);
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, seen - 1);
    const moves: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: rows - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      show();
      go(to);
    } else if (event.key === 'Enter') setOpen(pages.at(place)?.seq);
    else if (event.key === 'Escape') setOpen(undefined);
    else return;
    event.preventDefault();
  };
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);

  return (
    <>
      {pages.failed !== null && <Failed thrown={pages.failed.thrown} retry={() => pages.retry(first, last)} />}
      <div className="table-frame">
        {newer > 0 && (
          <button type="button" className="pill" onClick={showNewer}>
            {t('ledger.newer', { count: newer, shown: number(newer) })}
          </button>
        )}
        <div
          ref={scroller}
          className="table entry-table"
          role="grid"
          tabIndex={0}
          aria-label={t('ledger.recent')}
          aria-rowcount={rows + 1}
          aria-colcount={columns.length}
          aria-activedescendant={place >= first && place <= last ? `${id}-${place}` : undefined}
          onScroll={hear}
          onKeyDown={press}
        >
          <div role="rowgroup" className="head-group">
            <div role="row" className="entry-row head" aria-rowindex={1}>
              {columns.map((column) => (
                <span key={column} role="columnheader" className={column}>
                  {t(`ledger.column.${column}`)}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="rows" style={{ height }}>
            {drawn.map((position) => {
              const entry = pages.at(position);
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The grid hears Enter for its rows.
                <div
                  key={position}
                  id={`${id}-${position}`}
                  role="row"
                  tabIndex={-1}
                  className="entry-row"
                  aria-rowindex={position + 2}
                  aria-selected={entry !== undefined && entry.seq === open}
                  data-current={position === place}
                  style={{ top: position * rowHeight - shift }}
                  onClick={() => {
                    setCurrent(position);
                    if (entry !== undefined) setOpen(entry.seq === open ? undefined : entry.seq);
                  }}
                >
                  {entry === undefined ? (
                    <WaitingCells seq={listing.marks === null ? listing.upTo - position : null} />
                  ) : (
                    <EntryCells entry={entry} titles={titles} />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}
