/** The mapping at work: what is shown of it, what was decided and not saved, and the way to save it in one piece. */
import { useEffect, useMemo, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { CustomerView, InstanceView, MappingView } from '../../../src-shared/contract/ui.ts';
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/states.tsx';
import { useAction } from '../../parts/use-action.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { number, t } from '../../words.ts';
import {
  acceptAll,
  choose,
  discard,
  type Draft,
  openSuggestion,
  ownerOf,
  saved,
  startDraft,
  undoLast,
  undoRow,
} from './draft.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { MappingFoot } from './mapping-foot.tsx';
import { MappingList } from './mapping-list.tsx';
import type { MappingDeeds } from './mapping-row.tsx';
import { countRows, type Filter, filterRows, filters, indexCounterparts, orderRows } from './shown-rows.ts';
import { VendorChooser } from './vendor-chooser.tsx';

interface Props {
  readonly instance: InstanceView;
  readonly view: MappingView;
  readonly customers: readonly CustomerView[];
  /** What the vendor calls its id of a customer. */
  readonly ownerTitle: string;
}

const saveMs = 60_000;

export function MappingWork({ instance, view, customers, ownerTitle }: Props) {
  const { name } = instance;
  const [draft, setDraft] = useState(() => startDraft(view.rows));
  const [choosing, setChoosing] = useState<CustomerId | null>(null);
  const [{ filter, kept }, setFilter] = useState<{ filter: Filter; kept: ReadonlySet<CustomerId> }>(noFilter);
  const [query, setQuery] = useState('');
  const [said, setSaid] = useState('');

  const counterparts = useMemo(() => indexCounterparts(view.vendorCustomers), [view]);
  const ordered = useMemo(() => orderRows(view.rows, customers), [view, customers]);
  const names = useMemo(() => new Map(ordered.map(({ customer }) => [customer.id, customer.name])), [ordered]);
  const shown = useMemo(
    () => filterRows(ordered, { filter, query, draft, counterparts, kept }),
    [ordered, filter, query, draft, counterparts, kept],
  );
  const counts = useMemo(() => countRows(draft), [draft]);
  const open = shown.filter(({ customer }) => openSuggestion(draft, customer.id) !== null);

  /** Every change goes through here: rows it touches stay in sight although the filter would hide them. */
  const change = (next: Draft, touched: readonly CustomerId[]): void => {
    setDraft(next);
    setSaid('');
    if (filter !== 'all') setFilter({ filter, kept: new Set([...kept, ...touched]) });
  };
  const deeds: MappingDeeds = {
    accept: (customer) => change(choose(draft, customer, openSuggestion(draft, customer)), [customer]),
    clear: (customer) => change(choose(draft, customer, null), [customer]),
    open: setChoosing,
    undo: (customer) => {
      const next = undoRow(draft, customer);
      if (next !== draft || !draft.changes.has(customer)) return change(next, [customer]);
      const owner = draft.rows.get(customer)?.owner ?? '';
      setSaid(t('mapping.undoUsed', { vendor: vendorName(owner), customer: nameOf(draft.takenBy.get(owner)) }));
    },
  };
  const undoStep = (): void => {
    const next = undoLast(draft);
    if (next !== null) change(next, []);
  };
  const save = async (): Promise<void> => {
    const sent = draft.changes;
    const changes = [...sent].map(([customer, owner]) => ({ customer, owner }));
    await api().mapCustomers({ instance: instance.id, changes }, within(saveMs));
    setDraft((now) => saved(now, sent));
    setSaid(t('mapping.saved', { count: sent.size, shown: number(sent.size) }));
  };
  const saving = useAction(save);
  useChords({ s: () => draft.changes.size > 0 && saving.run(), z: undoStep });

  function nameOf(customer: CustomerId | undefined): string {
    return customer === undefined ? '' : (names.get(customer) ?? customer);
  }
  function vendorName(owner: string): string {
    return plainLine(counterparts.get(owner)?.vendor.name ?? '') || owner;
  }

  return (
    <div className="mapping-work">
      {!view.isWhole && (
        <div className="strip asked">
          <TriangleAlert className="icon" aria-hidden="true" />
          <p>
            <b>{t('mapping.partial', { name, read: number(view.vendorCustomers.length) })}</b>{' '}
            {t('mapping.partialHelp')}
          </p>
        </div>
      )}
      <div className="filters">
        {filters.map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={each === filter}
            onClick={() => setFilter({ filter: each, kept: new Set() })}
          >
            {t(`mapping.filter.${each}`)} <b>{number(counts[each])}</b>
          </button>
        ))}
        <input
          className="field"
          type="search"
          aria-label={t('mapping.find')}
          placeholder={t('mapping.find')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button
          isIdle={open.length === 0}
          onClick={() => {
            const all = open.map(({ customer }) => customer.id);
            change(acceptAll(draft, all), all);
          }}
        >
          {t('mapping.acceptAll', { count: open.length, shown: number(open.length) })}
        </Button>
      </div>
      {shown.length === 0 ? (
        <Empty title={t('mapping.noMatch')}>
          <p>{t('mapping.noMatchHelp')}</p>
          <Button
            onClick={() => {
              setQuery('');
              setFilter(noFilter);
            }}
          >
            {t('mapping.clearFilters')}
          </Button>
        </Empty>
      ) : (
        <MappingList
          shown={shown}
          draft={draft}
          counterparts={counterparts}
          names={names}
          vendor={{ name, ownerTitle }}
          deeds={deeds}
        />
      )}
      <MappingFoot
        changes={draft.changes.size}
        canUndo={draft.history.length > 0}
        said={said}
        saving={saving}
        undo={undoStep}
        discard={() => change(discard(draft), [])}
      />
      {choosing !== null && (
        <VendorChooser
          customer={choosing}
          customerName={nameOf(choosing)}
          vendorName={name}
          row={draft.rows.get(choosing)}
          current={ownerOf(draft, choosing)}
          counterparts={counterparts}
          takenBy={draft.takenBy}
          names={names}
          choose={(owner) => change(choose(draft, choosing, owner), [choosing])}
          close={() => setChoosing(null)}
        />
      )}
      <LeaveGuard changes={draft.changes.size} save={save} />
    </div>
  );
}

/** Ctrl or Command with a letter, heard from anywhere on this screen, but not from what is open over it or from typing. */
function useChords(deeds: Readonly<Record<'s' | 'z', () => unknown>>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || (key !== 's' && key !== 'z')) return;
      if (target instanceof HTMLElement && target.closest('[role=dialog]') !== null) return;
      if (key === 'z' && target instanceof HTMLInputElement) return;
      event.preventDefault();
      deeds[key]();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  });
}

const noFilter: { readonly filter: Filter; readonly kept: ReadonlySet<CustomerId> } = {
  filter: 'all',
  kept: new Set(),
};
