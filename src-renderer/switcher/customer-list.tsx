import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { Search } from 'lucide-react';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import { useApp } from '../api/app.ts';
import { useCustomers } from '../api/queries.ts';
import { Empty, Failed, Waiting } from '../parts/states.tsx';
import { number, t } from '../words.ts';
import { CustomerOption } from './customer-option.tsx';
import { indexCustomers, type IndexedCustomer, matchCustomers } from './match-customers.ts';
import { switchCustomer, useSwitching } from './switch-customer.ts';

const maxRows = 50;
const optionId = (place: number): string => `switcher-option-${place}`;

interface Shown {
  /** `first` = the place of a group's first row among all rows. */
  readonly groups: readonly {
    readonly title: string;
    readonly first: number;
    readonly customers: readonly CustomerView[];
  }[];
  readonly rows: readonly CustomerView[];
  readonly more: number;
}

/** The combobox and its list. Query and highlight change in one update, so what is highlighted is always what was drawn. */
export function CustomerList({ input }: { readonly input: RefObject<HTMLInputElement | null> }) {
  const customers = useCustomers();
  const recents = useApp((app) => app.state?.recents) ?? none;
  const bound = useApp((app) => app.state?.binding?.customer.id);
  const binding = useSwitching((switching) => switching.binding);
  const [{ query, place }, setTyped] = useState({ query: '', place: 0 });
  const index = useMemo(() => indexCustomers(customers.data ?? []), [customers.data]);
  const shown = useMemo(() => show(index, query, recents), [index, query, recents]);

  const move = (to: number): void => setTyped({ query, place: Math.max(0, Math.min(shown.rows.length - 1, to)) });
  const [refused, setRefused] = useState<string | null>(null);
  const choose = (customer: CustomerView | undefined): void => {
    if (customer === undefined) return;
    setRefused(customer.mayBind ? null : customer.name);
    if (customer.mayBind) void switchCustomer(customer);
  };
  const hear = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return; // Enter then ends an input method's word.
    const last = shown.rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: place === last ? 0 : place + 1,
      ArrowUp: place === 0 ? last : place - 1,
      PageDown: place + 8,
      PageUp: place - 8,
    };
    const to = moves[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') choose(shown.rows[place]);
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
          aria-label={t('switcher.find')}
          aria-expanded="true"
          aria-controls="switcher-list"
          aria-autocomplete="list"
          aria-activedescendant={shown.rows.length > 0 ? optionId(place) : undefined}
          placeholder={t('switcher.find')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setRefused(null);
            setTyped({ query: event.target.value, place: 0 });
          }}
          onKeyDown={hear}
        />
        {binding !== null && (
          <span className="quiet" role="status">
            <span className="busy" aria-hidden="true" /> {t('switcher.binding', { name: binding.name })}
          </span>
        )}
      </div>
      {customers.isPending && <Waiting rows={5} />}
      {customers.isError && <Failed thrown={customers.error} retry={() => void customers.refetch()} />}
      {customers.isSuccess && shown.rows.length === 0 && (
        <Empty title={t(index.length === 0 ? 'switcher.noneAtAll' : 'switcher.noMatch', { query })}>
          <p>{t(index.length === 0 ? 'switcher.noneAtAllHelp' : 'switcher.noMatchHelp')}</p>
        </Empty>
      )}
      <div className="options" id="switcher-list" role="listbox" aria-label={t('switcher.list')}>
        {shown.groups.map(({ title, first, customers: members }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="group" aria-hidden="true">
              {title}
            </div>
            {members.map((customer, offset) => {
              const mine = first + offset;
              return (
                <CustomerOption
                  key={customer.id}
                  id={optionId(mine)}
                  customer={customer}
                  query={query}
                  isHighlighted={mine === place}
                  isBound={customer.id === bound}
                  highlight={() => setTyped({ query, place: mine })}
                  choose={() => choose(customer)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p className="refused" role="status">
        {refused !== null && t('policy.right.notYoursWhy', { name: refused })}
      </p>
      {shown.more > 0 && <p className="more">{t('switcher.more', { more: number(shown.more) })}</p>}
      <span className="unseen" role="status">
        {customers.isSuccess && t('switcher.found', { count: shown.rows.length + shown.more })}
      </span>
    </>
  );
}

const none: readonly string[] = [];

/**
 * Recents then everyone by name when nothing is typed, those first whom the technician may bind; one ranked group when
 * something is, and in that a customer who may not be bound keeps its place: a person who typed its name must meet it.
 */
function show(index: readonly IndexedCustomer[], query: string, recents: readonly string[]): Shown {
  const ordered = query.trim() === '' ? mineFirst(index) : index;
  const { hits, more } = matchCustomers(ordered, query, { recents, limit: maxRows });
  if (query.trim() !== '')
    return {
      groups: hits.length > 0 ? [{ title: t('switcher.matches'), first: 0, customers: hits }] : [],
      rows: hits,
      more,
    };
  const recent = hits.filter(({ id }) => recents.includes(id)); // Recents rank first, so they are among the hits.
  const others = hits.slice(recent.length);
  const groups = [
    { title: t('switcher.recent'), first: 0, customers: recent },
    { title: t('switcher.all'), first: recent.length, customers: others },
  ].filter(({ customers }) => customers.length > 0);
  return { groups, rows: hits, more };
}

const mineFirst = (index: readonly IndexedCustomer[]): readonly IndexedCustomer[] => [
  ...index.filter(({ customer }) => customer.mayBind),
  ...index.filter(({ customer }) => !customer.mayBind),
];
