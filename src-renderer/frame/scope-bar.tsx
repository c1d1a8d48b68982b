import { ChevronsUpDown } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { chord } from '../parts/chord.ts';
import { CustomerTile, EmptyTile } from '../parts/customer-tile.tsx';
import { useLooks } from '../parts/looks.ts';
import { roleWords } from '../parts/role-words.ts';
import { openSwitcher } from '../switcher/switch-customer.ts';
import { t } from '../words.ts';
import { ApprovalNotice } from './approval-notice.tsx';
import { StopButton } from './stop-button.tsx';

/** Whose compartment this is. Never scrolls, never covered. */
export function ScopeBar() {
  const state = useApp((app) => app.state);
  const customer = state?.binding?.customer ?? null;
  const technician = state?.technician ?? null;
  const lookOf = useLooks();
  const armed = state?.clients.filter((app) => app.state === 'armed').length ?? 0;
  return (
    <header
      className="scope"
      data-bound={customer !== null}
      data-pattern={customer === null ? undefined : lookOf(customer).pattern}
    >
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
      <ApprovalNotice />
      <div className="scope-facts">
        {state !== null && state.stopped === null && (
          <span className="armed" data-armed={armed > 0 && customer !== null}>
            <i className="dot" aria-hidden="true" />
            {t('scope.armed', { count: armed })}
          </span>
        )}
        {state?.policy && (
          <span className="number wide-only">{t('scope.policy', { version: state.policy.version })}</span>
        )}
        <span className="wide-only person">
          {technician === null ? t('scope.noTechnician') : technician.name}
          {technician !== null && technician.roles.length > 0 && (
            <span className="roles">{roleWords(technician.roles)}</span>
          )}
        </span>
      </div>
      <StopButton />
    </header>
  );
}
