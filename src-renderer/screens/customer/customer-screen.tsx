import { useAppState } from '../../api/app.ts';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { Page } from '../../parts/page.tsx';
import { useRight } from '../../parts/use-right.ts';
import { t } from '../../words.ts';
import { AddClientButton } from '../ai-tools/add-client-button.tsx';
import { ConnectHelp } from '../ai-tools/connect-help.tsx';
import { ClientApps } from './client-apps.tsx';
import { ConnectorHealth } from './connector-health.tsx';
import { heldWords } from './held-words.ts';
import { KeptRecords } from './kept-records.tsx';
import { LastCalls } from './last-calls.tsx';
import { MayDo } from './may-do.tsx';
import { NothingBound } from './nothing-bound.tsx';
import { UsageMeter } from './usage-meter.tsx';

/** Home: what the AI may do for the bound customer, through which client apps, and what it did last. */
export function CustomerScreen() {
  const state = useAppState();
  const { binding, clients } = state;
  const mayRead = useRight('read-ledger');
  const mayAdd = useRight('manage-client-apps');
  const hasClients = clients.some(({ state }) => state !== 'revoked');
  if (binding === null) return <NothingBound hasClients={hasClients} />;
  const { customer } = binding;
  return (
    <div className="split home" data-detail="true">
      <Page
        title={
          <span className="home-title">
            <CustomerTile customer={customer} />
            {customer.name}
          </span>
        }
        lead={heldWords(binding, state)}
      >
        {!hasClients && mayAdd && (
          <section className="section" aria-labelledby="connect">
            <h2 id="connect">{t('home.connect')}</h2>
            <div className="connect-first">
              <AddClientButton />
            </div>
            <ConnectHelp token={null} />
          </section>
        )}
        <MayDo />
        {mayRead && <LastCalls code={customer.code} />}
      </Page>
      <aside className="detail" aria-label={t('home.side')}>
        <ClientApps customer={customer} />
        <ConnectorHealth />
        <UsageMeter />
        {mayRead && <KeptRecords customer={customer} />}
      </aside>
    </div>
  );
}
