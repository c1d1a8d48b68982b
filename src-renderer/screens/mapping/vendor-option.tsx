import { Ban } from 'lucide-react';
import { VendorText } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';
import type { Offered } from './offered-vendors.ts';

interface Props {
  readonly id: string;
  readonly option: Offered;
  /** Where it stands among all that are offered, and how far down in pixels. */
  readonly place: { readonly index: number; readonly all: number; readonly start: number };
  /** The name of the other customer that has it. */
  readonly holderName: string | null;
  readonly isHighlighted: boolean;
  readonly highlight: () => void;
  readonly take: () => void;
}

/** One of the vendor's customers. Its texts are the vendor's. */
export function VendorOption({ id, option, place, holderName, isHighlighted, highlight, take }: Props) {
  const { vendor } = option.counterpart;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The combobox owns the keys (ARIA pattern).
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isHighlighted}
      aria-disabled={holderName !== null || undefined}
      aria-setsize={place.all}
      aria-posinset={place.index + 1}
      className="option counterpart"
      style={{ transform: `translateY(${place.start}px)` }}
      onPointerMove={isHighlighted ? undefined : highlight}
      onMouseDown={(event) => event.preventDefault()}
      onClick={take}
    >
      <span className="option-words">
        <b>
          <VendorText text={vendor.name} />
        </b>
        <span>
          <VendorText text={[vendor.id, ...vendor.domains].join(', ')} />
        </span>
      </span>
      <span className="option-end">
        {vendor.isInactive && <span>{t('mapping.inactive')}</span>}
        {option.tag !== null && <span className="bound-now">{tagWords(option.tag)}</span>}
        {holderName !== null && (
          <span className="used">
            <Ban className="icon" aria-hidden="true" />
            {t('mapping.chooser.used', { customer: holderName })}
          </span>
        )}
      </span>
    </div>
  );
}

function tagWords(tag: NonNullable<Offered['tag']>): string {
  if (tag === 'current') return t('mapping.chooser.current');
  return tag === 'suggested' ? t('mapping.state.suggested') : t('mapping.chooser.possible');
}
