import { useMemo } from 'react';
import { useAppState } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { chord } from '../../parts/chord.ts';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { Page } from '../../parts/page.tsx';
import { useHasCustomers } from '../../parts/use-has-customers.ts';
import { useRight } from '../../parts/use-right.ts';
import { openSwitcher, switchCustomer } from '../../switcher/switch-customer.ts';
import { t } from '../../words.ts';
import { AddClientButton } from '../ai-tools/add-client-button.tsx';
import { ConnectHelp } from '../ai-tools/connect-help.tsx';
import { blockedWords } from './held-words.ts';
import { NoneYours } from './none-yours.tsx';

/** No customer: everything is blocked, and the one thing to do is to choose. */
export function NothingBound({ hasClients }: { readonly hasClients: boolean }) {
  const state = useAppState();
  const { recents } = state;
  const customers = useCustomers();
  const hasCustomers = useHasCustomers();
  const mayAdd = useRight('manage-client-apps');
  const recent = useMemo(
    () => recents.flatMap((id) => (customers.data ?? []).filter((customer) => customer.id === id)),
    [recents, customers.data],
  );
  if (hasCustomers === false) return <NoneYours />;
  return (
    <div className="nothing">
      <Page title={t('nothing.title')} lead={blockedWords(state)}>
        <div className="nothing-body">
          <Button look="primary" onClick={openSwitcher}>
            {t('nothing.choose')} <kbd aria-hidden="true">{chord('K')}</kbd>
          </Button>
          {recent.length > 0 && (
            <section aria-labelledby="recent">
              <h2 id="recent">{t('switcher.recent')}</h2>
              <ul className="recent">
                {recent.map((customer) => (
                  <li key={customer.id}>
                    <button
                      type="button"
                      className="recent-row"
                      disabled={!customer.mayBind}
                      onClick={() => void switchCustomer(customer)}
                    >
                      <CustomerTile customer={customer} />
                      <span className="option-words">
                        <b>{customer.name}</b>
                        <span>{customer.domain}</span>
                      </span>
                      <span className="faint">
                        {!customer.mayBind && `${t('policy.right.notYours')} `}
                        <span className="mono">{customer.code}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {!hasClients && mayAdd && (
            <section aria-labelledby="connect">
              <h2 id="connect">{t('home.connect')}</h2>
              <div className="connect-first">
                <AddClientButton />
              </div>
              <ConnectHelp token={null} />
            </section>
          )}
        </div>
      </Page>
    </div>
  );
}
