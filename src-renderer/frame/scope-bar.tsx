import { ChevronsUpDown } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { chord } from '../parts/chord.ts';
import { CustomerTile, EmptyTile } from '../parts/customer-tile.tsx';
import { openSwitcher } from '../switcher/switch-customer.ts';
import { t } from '../words.ts';

/** Whose compartment this is. Never scrolls, never covered. */
export function ScopeBar() {
  const state = useApp((app) => app.state);
  const customer = state?.binding?.customer ?? null;
  const armed = state?.clients.filter((app) => app.state === 'armed').length ?? 0;
  return (
    <header className="scope" data-bound={customer !== null}>
      <button type="button" className="switch" aria-haspopup="dialog" onClick={openSwitcher}>
        {customer === null ? <EmptyTile /> : <CustomerTile customer={customer} />}
        <span className="who">
          <b>{customer === null ? t('scope.noCustomer') : customer.name}</b>
          <span>{customer === null ? t('scope.blocked') : `${customer.domain}, ${customer.code}`}</span>
        </span>
        <ChevronsUpDown className="icon faint" aria-hidden="true" />
        <span className="unseen">{t('scope.switch')}</span>
      </button>
      <kbd aria-hidden="true">{chord('K')}</kbd>
      <div className="scope-facts">
        <span className="armed" data-armed={armed > 0 && customer !== null}>
          <i className="dot" aria-hidden="true" />
          {t('scope.armed', { count: armed })}
        </span>
        {state?.policy && (
          <span className="number wide-only">{t('scope.policy', { version: state.policy.version })}</span>
        )}
        <span className="wide-only">{state?.technician?.name ?? t('scope.noTechnician')}</span>
      </div>
    </header>
  );
}
