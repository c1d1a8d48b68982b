import { type RefObject, useEffect } from 'react';
import type { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import { useApp } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { EntryTable, type EntryTableHandle } from './entry-table.tsx';
import { isFiltered } from './ledger-search.ts';
import type { Listing } from './places.ts';
import { useEntries } from './use-entries.ts';

interface Props {
  readonly table: RefObject<EntryTableHandle | null>;
  readonly listing: Listing;
  readonly filter: LedgerFilter;
  readonly titles: ReadonlyMap<string, string>;
  readonly newer: number;
  readonly showNewer: () => void;
  readonly jump: Jump | null;
  /** It was taken there. */
  readonly jumped: () => void;
  readonly open: number | undefined;
  readonly setOpen: (seq: number | undefined) => void;
  readonly clear: () => void;
}

/** The entry to be taken to: because a person asked for it here, or because the address named it. */
export interface Jump {
  readonly seq: number;
  readonly takesFocus: boolean;
}

/** What a listing holds: its entries, or why there are none. */
export function Listed({ table, listing, filter, jump, jumped, clear, ...shown }: Props) {
  const pages = useEntries(listing, filter);
  const entries = useApp((app) => app.entries);
  useEffect(() => {
    if (jump === null) return;
    let isWanted = true;
    void pages.find(jump.seq).then((position) => {
      if (!isWanted) return;
      if (position !== null) table.current?.go(position, jump.takesFocus);
      jumped();
    });
    return () => void (isWanted = false);
  }, [jump, jumped, pages, table]);
  // Another listing is another table: it begins at its start.
  const which = `${listing.upTo} ${listing.total} ${JSON.stringify(filter)}`;
  if (listing.total > 0) return <EntryTable key={which} ref={table} pages={pages} {...shown} />;
  return isFiltered(filter) ? (
    <Empty title={t('ledger.noMatch')}>
      <p>{t('ledger.noMatchHelp', { entries: number(entries) })}</p>
      {isBackwards(filter) && <p>{t('ledger.noMatchSpan')}</p>}
      {filter.technician !== undefined && <p>{t('ledger.noMatchTechnician')}</p>}
      <Button onClick={clear}>{t('ledger.clear')}</Button>
    </Empty>
  ) : (
    <Empty title={t('ledger.none')}>
      <p>{t('ledger.noneHelp')}</p>
    </Empty>
  );
}

const isBackwards = ({ from, to }: LedgerFilter): boolean =>
  from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to);
