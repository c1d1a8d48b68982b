import { useId, useMemo, useState } from 'react';
import { X } from 'lucide-react';
import type { CustomerView } from '../../../src-shared/contract/ui.ts';
import { Button } from '../../parts/button.tsx';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { indexCustomers, matchCustomers } from '../../switcher/match-customers.ts';
import { number, t } from '../../words.ts';

interface Props {
  readonly customers: readonly CustomerView[];
  readonly chosen: readonly CustomerView[];
  readonly change: (chosen: readonly CustomerView[]) => void;
  /** What does not fit; null while all does. */
  readonly wrong: string | null;
}

const maxRows = 30;

/** Several customers by search and tick. Those the policy does not give are shown, with the reason, and cannot be ticked. */
export function CustomerPicker({ customers, chosen, change, wrong }: Props) {
  const [query, setQuery] = useState('');
  const id = useId();
  const index = useMemo(() => indexCustomers(customers), [customers]);
  const { hits, more } = useMemo(() => {
    const offered = query.trim() === '' ? index.filter(({ customer }) => customer.mayCross) : index;
    return matchCustomers(offered, query, { recents: [], limit: maxRows });
  }, [index, query]);
  const isChosen = (customer: CustomerView): boolean => chosen.some((each) => each.id === customer.id);
  const toggle = (customer: CustomerView): void =>
    change(isChosen(customer) ? chosen.filter((each) => each.id !== customer.id) : [...chosen, customer]);
  return (
    <fieldset className="picker" aria-describedby={`${id}-help`} aria-invalid={wrong !== null || undefined}>
      <legend>{t('policy.cross.customers')}</legend>
      <input
        className="field"
        type="search"
        aria-label={t('policy.cross.find')}
        placeholder={t('policy.cross.find')}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} // It searches; it does not send the form.
      />
      <div className="picker-rows" role="group" aria-label={t('policy.cross.customers')}>
        {hits.map((customer) => (
          <label key={customer.id} className="picker-row" data-mine={customer.mayCross}>
            <input
              type="checkbox"
              checked={isChosen(customer)}
              disabled={!customer.mayCross}
              onChange={() => toggle(customer)}
            />
            <CustomerTile customer={customer} />
            <span className="option-words">
              <b>{customer.name}</b>
              <span>{customer.domain}</span>
            </span>
            <span className="option-end">
              {!customer.mayCross && <span>{t('policy.cross.notYours')}</span>}
              <span className="mono">{customer.code}</span>
            </span>
          </label>
        ))}
        {hits.length === 0 && <p className="quiet pad">{t('policy.cross.noMatch', { query })}</p>}
        {more > 0 && <p className="faint pad number">{t('policy.cross.more', { more: number(more) })}</p>}
      </div>
      <p id={`${id}-help`} className={wrong === null ? 'faint' : 'bad'}>
        {wrong ?? t('policy.cross.findHelp')}
      </p>
      <p className="unseen" role="status">
        {chosen.length === 0 ? t('policy.cross.chosenNone') : t('policy.cross.chosen', { count: chosen.length })}
      </p>
      {chosen.length > 0 && (
        <ul className="picked" aria-label={t('policy.cross.chosen', { count: chosen.length })}>
          {chosen.map((customer) => (
            <li key={customer.id}>
              {customer.name}
              <Button
                look="plain"
                className="square"
                aria-label={t('policy.cross.remove', { name: customer.name })}
                onClick={() => toggle(customer)}
              >
                <X className="icon" aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
