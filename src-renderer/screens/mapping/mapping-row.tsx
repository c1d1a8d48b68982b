import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleMinus,
  Lightbulb,
  type LucideIcon,
  PencilLine,
} from 'lucide-react';
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { Button } from '../../parts/button.tsx';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { VendorText } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';
import { type Draft, openSuggestion, ownerOf, standingOf } from './draft.ts';
import type { Counterpart, Named } from './shown-rows.ts';

export interface MappingDeeds {
  readonly accept: (customer: CustomerId) => void;
  readonly clear: (customer: CustomerId) => void;
  /** Opens the chooser. */
  readonly open: (customer: CustomerId) => void;
  readonly undo: (customer: CustomerId) => void;
}

export interface VendorNames {
  /** The instance, as people call it. */
  readonly name: string;
  /** What the vendor calls its id of a customer. */
  readonly ownerTitle: string;
}

interface Props {
  readonly customer: Named['customer'];
  readonly draft: Draft;
  readonly counterparts: ReadonlyMap<string, Counterpart>;
  /** Customers of the MSP by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly vendor: VendorNames;
  readonly deeds: MappingDeeds;
  /** Whether its buttons are in the tab order. */
  readonly isReachable: boolean;
}

/** The cells of one customer: who, its counterpart or what is proposed, how that stands, and what can be done. */
export function MappingRow(props: Props) {
  const { customer, draft } = props;
  return (
    <>
      <span role="gridcell" className="mapping-who">
        <CustomerTile customer={customer} />
        <span className="option-words">
          <b>{customer.name}</b>
          <span>{[customer.code, customer.domain].filter((part) => part !== '').join(', ')}</span>
        </span>
      </span>
      <span role="gridcell" className="option-words">
        <Owner {...props} />
      </span>
      <span role="gridcell">
        <State draft={draft} customer={customer.id} />
      </span>
      <span role="gridcell" className="row-actions">
        <Actions {...props} />
      </span>
    </>
  );
}

function Owner({ customer: { id }, draft, counterparts, names, vendor }: Props) {
  const owner = ownerOf(draft, id);
  const row = draft.rows.get(id);
  if (owner !== null) return <OfVendor owner={owner} counterparts={counterparts} vendor={vendor} />;
  if (draft.changes.has(id)) return <span>{t('mapping.cleared')}</span>;
  const suggested = openSuggestion(draft, id);
  if (suggested !== null) {
    const because = (row?.suggestion?.because ?? []).map((reason) => t(`mapping.because.${reason}`)).join(', ');
    return <OfVendor owner={suggested} counterparts={counterparts} vendor={vendor} because={because} />;
  }
  const holder = draft.takenBy.get(row?.suggestion?.owner ?? '');
  if (holder !== undefined)
    return <span>{t('mapping.suggestionUsed', { customer: names.get(holder) ?? holder })}</span>;
  const candidates = row?.candidates ?? [];
  if (candidates.length === 0) return <span>{t('mapping.nothingFits')}</span>;
  const texts = candidates.map((each) => counterparts.get(each)?.vendor.name ?? each);
  return (
    <>
      <b className="proposed">{t('mapping.possible', { count: candidates.length })}</b>
      <span>
        {texts.map((text, place) => (
          <span key={candidates[place]}>
            {place > 0 && ', '}
            <VendorText text={text} />
          </span>
        ))}
      </span>
    </>
  );
}

interface OfVendorProps {
  readonly owner: string;
  readonly counterparts: ReadonlyMap<string, Counterpart>;
  readonly vendor: VendorNames;
  /** Why it is proposed; without it, it is what is mapped. */
  readonly because?: string;
}

function OfVendor({ owner, counterparts, vendor: { name, ownerTitle }, because }: OfVendorProps) {
  const found = counterparts.get(owner)?.vendor;
  const title = `${ownerTitle} ${owner}`;
  if (found === undefined)
    return (
      <>
        <b className="mono">{owner}</b>
        <span>{t('mapping.notListed', { name })}</span>
      </>
    );
  return (
    <>
      <b className={because === undefined ? '' : 'proposed'} title={title}>
        <VendorText text={found.name} />
      </b>
      <span>
        {because !== undefined && <em>{because} · </em>}
        <VendorText text={[owner, ...found.domains.slice(0, 1)].join(', ')} />
        {found.isInactive && `, ${t('mapping.inactive')}`}
      </span>
    </>
  );
}

const states: Readonly<Record<string, LucideIcon>> = {
  mapped: CircleCheck,
  suggested: Lightbulb,
  ambiguous: CircleHelp,
  unmapped: CircleDashed,
  changed: PencilLine,
  cleared: CircleMinus,
};

function State({ draft, customer }: { readonly draft: Draft; readonly customer: CustomerId }) {
  const isChanged = draft.changes.has(customer);
  const state = isChanged ? (ownerOf(draft, customer) === null ? 'cleared' : 'changed') : standingOf(draft, customer);
  const Icon = states[state] ?? CircleDashed;
  return (
    <span className={`mapping-state ${state}`}>
      <Icon className="icon" aria-hidden="true" />
      {t(`mapping.state.${state}`)}
    </span>
  );
}

function Actions({ customer: { id, name }, draft, deeds, isReachable }: Props) {
  const standing = standingOf(draft, id);
  const isChanged = draft.changes.has(id);
  const tabIndex = isReachable ? 0 : -1;
  const of = <span className="unseen">{t('mapping.of', { customer: name })}</span>;
  return (
    <>
      {standing === 'suggested' && (
        <Button tabIndex={tabIndex} onClick={() => deeds.accept(id)}>
          {t('mapping.accept')}
          {of}
        </Button>
      )}
      <Button
        look={standing === 'ambiguous' || standing === 'unmapped' ? undefined : 'plain'}
        tabIndex={tabIndex}
        onClick={() => deeds.open(id)}
      >
        {t(standing === 'mapped' || standing === 'suggested' ? 'mapping.chooseOther' : 'mapping.choose')}
        {of}
      </Button>
      {isChanged ? (
        <Button look="plain" tabIndex={tabIndex} onClick={() => deeds.undo(id)}>
          {t('mapping.undo')}
          {of}
        </Button>
      ) : (
        standing === 'mapped' && (
          <Button look="plain" tabIndex={tabIndex} onClick={() => deeds.clear(id)}>
            {t('mapping.clear')}
            {of}
          </Button>
        )
      )}
    </>
  );
}
