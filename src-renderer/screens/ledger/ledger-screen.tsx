/** The audit explorer: every entry there is, by place or by filter, one of them whole, and whether the ledger proves itself. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Download, ShieldCheck } from 'lucide-react';
import type { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import { useApp, useAppState } from '../../api/app.ts';
import { useToolTitles } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { useHeir } from '../../parts/use-heir.ts';
import { useRight } from '../../parts/use-right.ts';
import { number, t } from '../../words.ts';
import { EntryDetail } from './entry-detail.tsx';
import type { EntryTableHandle } from './entry-table.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FilterBar, type SetSearch } from './filter-bar.tsx';
import { filterOf, isFiltered, type LedgerSearch, noFilter } from './ledger-search.ts';
import { type Jump, Listed } from './listed.tsx';
import { OutlineStrip } from './outline-strip.tsx';
import { everyEntry, matching } from './places.ts';
import { SeqJump } from './seq-jump.tsx';
import { useOutline } from './use-outline.ts';
import { useVerify } from './use-verify.ts';
import { VerdictPanel } from './verdict-panel.tsx';

export function LedgerScreen() {
  return (
    <RightScreen right="read-ledger" title={t('ledger.title')}>
      <Ledger />
    </RightScreen>
  );
}

function Ledger() {
  const search = useSearch({ from: '/ledger' });
  const set = useSetSearch();
  const mayExport = useRight('export-ledger');
  const { ledger } = useAppState();
  const titles = useToolTitles();
  const entries = useApp((app) => app.entries);
  const [asOf, setAsOf] = useState(entries);
  const [isExporting, setExporting] = useState(false);
  const [jump, setJump] = useState<Jump | null>(() =>
    search.entry === undefined ? null : { seq: search.entry, takesFocus: false },
  );
  const jumped = useCallback(() => setJump(null), []);
  const verify = useVerify();
  const filter = useStableFilter(search);
  const outline = useOutline(filter, asOf);
  // A ledger that became shorter is another one: a demo begun anew, another tenant.
  const upTo = asOf === 0 || asOf > entries ? entries : asOf;
  const found = outline.data;
  const listing = useMemo(() => {
    if (!isFiltered(filter)) return everyEntry(upTo);
    return found === undefined ? null : matching(found);
  }, [filter, found, upTo]);
  const open = (seq: number | undefined): void => set({ entry: seq });
  const table = useRef<EntryTableHandle>(null);
  const count = useRef<HTMLParagraphElement>(null);
  const heading = useRef<HTMLElement>(null);
  // From a detail to the one that a link in it opens, or back to the list.
  const detail = useHeir(() => (heading.current ?? table.current ?? count.current)?.focus());

  return (
    <div className="split" data-detail={search.entry !== undefined}>
      <Page
        className="fill ledger"
        title={t('ledger.title')}
        lead={
          <>
            {t('ledger.lead')}{' '}
            {ledger.checkpoint === null
              ? t('ledger.noCheckpoint')
              : t('ledger.covered', { entries: number(ledger.checkpoint) })}
          </>
        }
        actions={
          <>
            <Link className="button plain" to="/ledger/kept">
              {t('ledger.kept.link')}
            </Link>
            {mayExport && (
              <Button onClick={() => setExporting(true)}>
                <Download className="icon" aria-hidden="true" />
                {t('ledger.export.open')}
              </Button>
            )}
            <Button look="primary" isBusy={verify.isBusy} onClick={verify.run}>
              <ShieldCheck className="icon" aria-hidden="true" />
              {t(verify.isBusy ? 'ledger.verifying' : 'ledger.verify')}
            </Button>
          </>
        }
      >
        <VerdictPanel verify={verify} entries={entries} />
        <FilterBar search={search} set={set} />
        <OutlineStrip outline={outline} choose={set} />
        <div className="list-head">
          <p ref={count} role="status" className="number" tabIndex={-1}>
            {listing !== null && countWords(listing.total, upTo, isFiltered(filter))}
          </p>
          <SeqJump
            entries={entries}
            go={(seq) => {
              if (seq > upTo) setAsOf(entries); // It came since, and is not listed yet.
              setJump({ seq, takesFocus: true });
              open(seq);
            }}
          />
        </div>
        {listing !== null && (
          <Listed
            table={table}
            listing={listing}
            filter={filter}
            titles={titles}
            newer={Math.max(0, entries - Math.max(upTo, listing.upTo))}
            showNewer={() => {
              setAsOf(entries);
              setJump({ seq: entries, takesFocus: true });
            }}
            jump={jump}
            jumped={jumped}
            open={search.entry}
            setOpen={open}
            clear={() => set(noFilter)}
          />
        )}
      </Page>
      {search.entry !== undefined && (
        <EntryDetail
          key={search.entry}
          ref={detail}
          heading={heading}
          seq={search.entry}
          titles={titles}
          entries={entries}
          setOpen={open}
        />
      )}
      {isExporting && (
        <ExportDialog filter={filter} entries={entries} shown={found?.entries} close={() => setExporting(false)} />
      )}
    </div>
  );
}

/** What the person chose goes into the address, in place of what was there: going back leaves the screen. */
function useSetSearch(): SetSearch {
  const navigate = useNavigate({ from: '/ledger' });
  return (part) =>
    void navigate({
      replace: true,
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined)),
    });
}

/** The same object for the same filter: what was asked for it is not asked again because a detail opened. */
function useStableFilter(search: LedgerSearch): LedgerFilter {
  const written = JSON.stringify(filterOf(search));
  return useMemo(() => JSON.parse(written) as LedgerFilter, [written]);
}

const countWords = (shown: number, entries: number, isPartial: boolean): string =>
  isPartial
    ? t('ledger.shown', { shown: number(shown), entries: number(entries) })
    : t('ledger.shownAll', { entries: number(entries) });
