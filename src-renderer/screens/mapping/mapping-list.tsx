/** The rows, virtualised, with one of them in the tab order: arrows move between rows, Tab goes through the buttons of the one. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { t } from '../../words.ts';
import { type Draft, standingOf } from './draft.ts';
import { type MappingDeeds, MappingRow, type VendorNames } from './mapping-row.tsx';
import { useIsNarrow } from './use-is-narrow.ts';
import type { Counterpart, Named } from './shown-rows.ts';

interface Props {
  readonly shown: readonly Named[];
  readonly draft: Draft;
  readonly counterparts: ReadonlyMap<string, Counterpart>;
  readonly names: ReadonlyMap<string, string>;
  readonly vendor: VendorNames;
  readonly deeds: MappingDeeds;
}

const wideRow = 48;
const narrowRow = 128;

export function MappingList({ shown, draft, counterparts, names, vendor, deeds }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<CustomerId | null>(null);
  const rowHeight = useIsNarrow() ? narrowRow : wideRow;
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (place) => shown[place]?.customer.id ?? place,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const place = Math.max(
    0,
    shown.findIndex(({ customer }) => customer.id === focused),
  );
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setFocused(shown[next]?.customer.id ?? null);
    virtual.scrollToIndex(next);
    focusRow(scroller.current, next);
  };
  const hear = (event: KeyboardEvent): void => {
    const customer = shown[place]?.customer.id;
    if (customer === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: shown.length - 1,
    };
    const to = moves[event.key];
    const isOnRow = event.target instanceof HTMLElement && event.target.role === 'row';
    if (to !== undefined) go(to);
    else if (!isOnRow)
      return; // A button of the row has the key.
    else if (event.key === 'Enter' && standingOf(draft, customer) === 'suggested') {
      deeds.accept(customer);
      go(place + 1);
    } else if (event.key === 'Enter' || event.key === ' ') deeds.open(customer);
    else if (event.key === 'Delete' || event.key === 'Backspace') deeds.clear(customer);
    else if (event.key === 'Escape') deeds.undo(customer);
    else return;
    event.preventDefault();
  };
  /** The button that was pressed may be gone with the deed: its row keeps the focus. */
  const keepingFocus: MappingDeeds = {
    open: deeds.open,
    accept: (customer) => {
      deeds.accept(customer);
      focusRow(scroller.current, place);
    },
    clear: (customer) => {
      deeds.clear(customer);
      focusRow(scroller.current, place);
    },
    undo: (customer) => {
      deeds.undo(customer);
      focusRow(scroller.current, place);
    },
  };

  return (
    <div className="table" ref={scroller}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- The rows take the focus. */}
      <div
        role="grid"
        aria-label={t('mapping.list', { name: vendor.name })}
        aria-rowcount={shown.length + 1}
        onKeyDown={hear}
      >
        <div role="row" className="mapping-row head" aria-rowindex={1}>
          <span role="columnheader">{t('mapping.column.customer')}</span>
          <span role="columnheader">{t('mapping.column.owner', { name: vendor.name })}</span>
          <span role="columnheader">{t('mapping.column.state')}</span>
          <span role="columnheader">
            <span className="unseen">{t('mapping.column.actions')}</span>
          </span>
        </div>
        <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start, size }) => {
            const named = shown[index];
            if (named === undefined) return null;
            const { id, name } = named.customer;
            return (
              <div
                key={key}
                role="row"
                aria-label={name}
                data-place={index}
                data-customer={id}
                className="mapping-row"
                aria-rowindex={index + 2}
                tabIndex={index === place ? 0 : -1}
                style={{ transform: `translateY(${start}px)`, height: size }}
                onFocus={() => setFocused(id)}
              >
                <MappingRow
                  customer={named.customer}
                  draft={draft}
                  counterparts={counterparts}
                  names={names}
                  vendor={vendor}
                  deeds={keepingFocus}
                  isReachable={index === place}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
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
