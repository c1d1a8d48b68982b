import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../src-shared/model/customer.ts';
import { useAppState } from '../../api/app.ts';
import { t } from '../../words.ts';
import { ClientAppRow } from '../ai-tools/client-app-row.tsx';

/** The client apps that may call for this customer, with arm and suspend at hand. */
export function ClientApps({ customer }: { readonly customer: Customer }) {
  const clients = useAppState().clients.filter(
    ({ state, pin }) => state !== 'revoked' && (pin === null || pin === customer.code),
  );
  return (
    <section className="side-section" aria-labelledby="home-clients">
      <div className="section-head">
        <h2 id="home-clients">{t('aiTools.title')}</h2>
        <Link to="/ai-tools">{t('home.manage')}</Link>
      </div>
      {clients.length === 0 ? (
        <p className="quiet">{t('home.noClients')}</p>
      ) : (
        <ul className="side-list">
          {clients.map((app) => (
            <ClientAppRow key={app.id} app={app} customer={customer} isShort />
          ))}
        </ul>
      )}
    </section>
  );
}
