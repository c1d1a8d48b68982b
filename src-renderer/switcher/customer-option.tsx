import { memo, useEffect, useRef } from 'react';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import { CustomerTile } from '../parts/customer-tile.tsx';
import { t } from '../words.ts';
import { marks } from './match-customers.ts';

interface Props {
  readonly id: string;
  readonly customer: CustomerView;
  readonly query: string;
  readonly isHighlighted: boolean;
  readonly isBound: boolean;
  readonly highlight: () => void;
  readonly choose: () => void;
}

/** One customer of the palette. Redrawn only when something to see changes: for one id and query `highlight` and `choose` always mean the same row. */
export const CustomerOption = memo(
  function CustomerOption({ id, customer, query, isHighlighted, isBound, highlight, choose }: Props) {
    const row = useRef<HTMLDivElement>(null);
    useEffect(() => {
      if (isHighlighted) row.current?.scrollIntoView({ block: 'nearest' });
    }, [isHighlighted]);
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The combobox owns the keys (ARIA pattern).
      <div
        ref={row}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isHighlighted}
        aria-disabled={!customer.mayBind || undefined}
        className="option"
        onPointerMove={isHighlighted ? undefined : highlight}
        onMouseDown={(event) => event.preventDefault()}
        onClick={choose}
      >
        <CustomerTile customer={customer} />
        <span className="option-words">
          <b>
            <Marked text={customer.name} query={query} />
          </b>
          <span>
            <Marked text={customer.domain} query={marks(customer.name, query).length > 0 ? '' : query} />
          </span>
        </span>
        <span className="option-end">
          {!customer.mayBind && <span>{t('policy.right.notYours')}</span>}
          {isBound && <span className="bound-now">{t('switcher.boundNow')}</span>}
          <span className="mono">{customer.code}</span>
        </span>
      </div>
    );
  },
  (one, other) =>
    one.id === other.id &&
    one.customer === other.customer &&
    one.query === other.query &&
    one.isHighlighted === other.isHighlighted &&
    one.isBound === other.isBound,
);

/** The text with what was typed underlined. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const covered = marks(text, query);
  return (
    <>
      {covered.map(([start, stop], place) => (
        <span key={start}>
          {text.slice(covered[place - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, stop)}</mark>
        </span>
      ))}
      {text.slice(covered.at(-1)?.[1] ?? 0)}
    </>
  );
}
