import { useMemo } from 'react';
import { X } from 'lucide-react';
import { CrossCode } from '../../../src-shared/model/cross.ts';
import { EntryKind } from '../../../src-shared/model/entry.ts';
import { CustomerCode } from '../../../src-shared/model/ids.ts';
import { useAppState } from '../../api/app.ts';
import { useCustomers, useToolTitles } from '../../api/queries.ts';
import { day, second, t } from '../../words.ts';
import { clientName } from '../activity/call-words.ts';
import { kindTitle } from './entry-words.ts';
import { FilterText } from './filter-text.tsx';
import { dayOf, isInstant, type LedgerSearch, noFilter } from './ledger-search.ts';

export type SetSearch = (part: { readonly [Name in keyof LedgerSearch]?: LedgerSearch[Name] | undefined }) => void;

interface Props {
  readonly search: LedgerSearch;
  readonly set: SetSearch;
}

/** Which entries are shown. What is chosen here is in the address. */
export function FilterBar({ search, set }: Props) {
  const customers = useCustomers().data;
  const titles = useToolTitles();
  const { clients, crosses } = useAppState();
  const codes = useMemo(() => new Map((customers ?? []).map(({ code, name }) => [code, name])), [customers]);
  const scopes = useMemo(() => new Map(crosses.map(({ code, client }) => [code, client])), [crosses]);
  const apps = [...new Set(['operator', ...clients.map(({ name }) => name), search.client ?? 'operator'])];
  return (
    <div className="filters ledger-filters" role="group" aria-label={t('ledger.filters')}>
      <button
        type="button"
        className="chip"
        aria-pressed={search.denied === true}
        onClick={() => set({ denied: search.denied === true ? undefined : true })}
      >
        {t('ledger.deniedOnly')}
      </button>
      <select
        className="field"
        aria-label={t('ledger.column.kind')}
        data-set={search.kind !== undefined}
        value={search.kind ?? ''}
        onChange={({ target }) => set({ kind: EntryKind.safeParse(target.value).data })}
      >
        <option value="">{t('ledger.allKinds')}</option>
        {EntryKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {kindTitle(kind)}
          </option>
        ))}
      </select>
      <FilterText
        label={t('ledger.column.customer')}
        value={search.customer ?? ''}
        options={codes}
        read={(typed) => codeOf(typed, codes)}
        wrong={t('ledger.noCustomer')}
        set={(customer) => set({ customer })}
      />
      <FilterText
        label={t('ledger.technician')}
        value={search.technician ?? ''}
        set={(technician) => set({ technician })}
      />
      <select
        className="field"
        aria-label={t('ledger.client')}
        data-set={search.client !== undefined}
        value={search.client ?? ''}
        onChange={({ target }) => set({ client: target.value === '' ? undefined : target.value })}
      >
        <option value="">{t('ledger.allClients')}</option>
        {apps.map((name) => (
          <option key={name} value={name}>
            {clientName(name)}
          </option>
        ))}
      </select>
      <FilterText label={t('ledger.tool')} value={search.tool ?? ''} options={titles} set={(tool) => set({ tool })} />
      <span className="days">
        <FilterText
          label={t('ledger.cross')}
          value={search.cross ?? ''}
          options={scopes}
          read={scopeOf}
          wrong={t('ledger.noCross')}
          set={(cross) => set({ cross })}
        />
        <DayField label={t('ledger.from')} value={search.from} set={(from) => set({ from })} />
        <DayField label={t('ledger.to')} value={search.to} set={(to) => set({ to })} />
        {isInstant(search.from) && isInstant(search.to) && (
          <button type="button" className="chip" aria-pressed onClick={() => set({ from: undefined, to: undefined })}>
            {t('ledger.span', { from: second(search.from), to: second(search.to) })}
            <X className="icon" aria-hidden="true" />
            <span className="unseen">{t('ledger.removeSpan')}</span>
          </button>
        )}
        {Object.keys(search).some((name) => name !== 'entry') && (
          <button type="button" className="link" onClick={() => set(noFilter)}>
            {t('ledger.clear')}
          </button>
        )}
      </span>
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly set: (value: string | undefined) => void;
}

/** A day as the field takes it. While one is typed the field is empty, and nothing changes. */
function DayField({ label, value, set }: DayProps) {
  return (
    <label className="day">
      {label}
      <input
        type="date"
        className="field"
        title={value === undefined ? undefined : day(value)}
        value={dayOf(value)}
        onChange={({ target }) => target.validity.badInput || set(target.value === '' ? undefined : target.value)}
      />
    </label>
  );
}

/** The scope somebody typed, by its code or its number alone. */
function scopeOf(typed: string): string | null {
  const code = /^\d+$/.test(typed) ? `CROSS-${typed}` : typed.toUpperCase();
  return CrossCode.safeParse(code).success ? code : null;
}

/** The code somebody typed, or that of the customer whose name they typed. */
function codeOf(typed: string, codes: ReadonlyMap<string, string>): string | null {
  const code = typed.toUpperCase();
  if (CustomerCode.safeParse(code).success) return code;
  const name = typed.toLowerCase();
  return [...codes].find(([, each]) => each.toLowerCase() === name)?.[0] ?? null;
}
