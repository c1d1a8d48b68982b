/** Picks the counterpart of one customer among all of the vendor's: type, look, Enter. What serves another customer is shown and cannot be taken. */
import { Dialog } from '@base-ui/react/dialog';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react';
import { Search } from 'lucide-react';
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { Empty } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import type { MappingRow } from './draft.ts';
import { offeredVendors, type Offered } from './offered-vendors.ts';
import type { Counterpart } from './shown-rows.ts';
import { VendorOption } from './vendor-option.tsx';

interface Props {
  readonly customer: CustomerId;
  readonly customerName: string;
  readonly vendorName: string;
  readonly row: MappingRow | undefined;
  /** What it has now, changes included. */
  readonly current: string | null;
  readonly counterparts: ReadonlyMap<string, Counterpart>;
  readonly takenBy: ReadonlyMap<string, CustomerId>;
  readonly names: ReadonlyMap<string, string>;
  readonly choose: (owner: string) => void;
  readonly close: () => void;
}

const optionHeight = 48;
const optionId = (place: number): string => `counterpart-${place}`;

export function VendorChooser(props: Props) {
  const { customer, customerName, vendorName, close } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup
          className="card palette"
          initialFocus={input}
          finalFocus={() => document.querySelector<HTMLElement>(`[data-customer="${customer}"]`)}
        >
          <Dialog.Title className="palette-title">
            {t('mapping.chooser.title', { customer: customerName })}
          </Dialog.Title>
          <Choices {...props} input={input} />
          <footer className="palette-foot">
            <span>
              <kbd>Enter</kbd> {t('mapping.chooser.choose')}
            </span>
            <span>
              <kbd>Esc</kbd> {t('mapping.chooser.close')}
            </span>
            <span className="number">
              {t('mapping.chooser.all', { shown: number(props.counterparts.size), name: vendorName })}
            </span>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({
  input,
  vendorName,
  row,
  current,
  counterparts,
  takenBy,
  customer,
  names,
  choose,
  close,
}: Props & { readonly input: RefObject<HTMLInputElement | null> }) {
  const list = useRef<HTMLDivElement>(null);
  const [{ query, place }, setTyped] = useState({ query: '', place: 0 });
  const offered = useMemo(
    () => offeredVendors([...counterparts.values()], { query, row, current, customer, takenBy }),
    [counterparts, query, row, current, customer, takenBy],
  );
  const virtual = useVirtualizer({
    count: offered.length,
    getScrollElement: () => list.current,
    estimateSize: () => optionHeight,
    overscan: 8,
    // The highlighted one is always drawn: the combobox points at it.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), Math.min(place, offered.length - 1)])].sort(
        (one, other) => one - other,
      ),
  });
  const highlighted = offered[place];
  const take = (option: Offered | undefined): void => {
    if (option === undefined || option.holder !== null) return;
    choose(option.counterpart.vendor.id);
    close();
  };
  const hear = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const last = offered.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: place === last ? 0 : place + 1,
      ArrowUp: place === 0 ? last : place - 1,
      PageDown: place + 8,
      PageUp: place - 8,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const next = Math.max(0, Math.min(last, to));
      setTyped({ query, place: next });
      if (offered.length > 0) virtual.scrollToIndex(next);
    } else if (event.key === 'Enter') take(highlighted);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="palette-field">
        <Search className="icon faint" aria-hidden="true" />
        <input
          ref={input}
          role="combobox"
          aria-label={t('mapping.chooser.find', { name: vendorName })}
          aria-expanded="true"
          aria-controls="counterparts"
          aria-autocomplete="list"
          aria-activedescendant={highlighted === undefined ? undefined : optionId(place)}
          placeholder={t('mapping.chooser.find', { name: vendorName })}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setTyped({ query: event.target.value, place: 0 });
            list.current?.scrollTo({ top: 0 });
          }}
          onKeyDown={hear}
        />
      </div>
      {offered.length === 0 && (
        <Empty title={t('mapping.chooser.noMatch', { name: vendorName, query })}>
          <p>{t('mapping.chooser.noMatchHelp')}</p>
        </Empty>
      )}
      <div
        className="options"
        id="counterparts"
        ref={list}
        role="listbox"
        aria-label={t('mapping.chooser.list', { name: vendorName })}
      >
        <div role="presentation" className="options-all" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const option = offered[index];
            return option === undefined ? null : (
              <VendorOption
                key={option.counterpart.vendor.id}
                id={optionId(index)}
                option={option}
                place={{ index, all: offered.length, start }}
                holderName={option.holder === null ? null : (names.get(option.holder) ?? option.holder)}
                isHighlighted={index === place}
                highlight={() => setTyped({ query, place: index })}
                take={() => take(option)}
              />
            );
          })}
        </div>
      </div>
      <p className="chooser-why" role="status">
        {highlighted !== undefined && highlighted.holder !== null
          ? t('mapping.chooser.usedWhy', { customer: names.get(highlighted.holder) ?? highlighted.holder })
          : t('mapping.chooser.found', { count: offered.length, shown: number(offered.length) })}
      </p>
    </>
  );
}
