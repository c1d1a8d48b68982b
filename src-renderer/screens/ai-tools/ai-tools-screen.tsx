import { useState } from 'react';
import type { ClientView } from '../../../src-shared/contract/ui.ts';
import { useAppState } from '../../api/app.ts';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { whenFocusIsLost } from '../../parts/when-focus-is-lost.ts';
import { t } from '../../words.ts';
import { CrossButton } from '../cross/cross-button.tsx';
import { CrossStrip } from '../cross/cross-banner.tsx';
import { AddClientButton } from './add-client-button.tsx';
import { ClientAppRow } from './client-app-row.tsx';
import { ConnectHelp } from './connect-help.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

/** The client apps: which LLM tools may call Bulkhead, and for which customer. */
export function AiToolsScreen() {
  const { clients, binding, crosses } = useAppState();
  const [revoking, setRevoking] = useState<ClientView | null>(null);
  const mayAdd = useRight('manage-client-apps');
  const customer = binding?.customer ?? null;
  const living = clients.filter(({ state }) => state !== 'revoked');
  const revoked = clients.filter(({ state }) => state === 'revoked');
  return (
    <Page
      title={t('aiTools.title')}
      lead={t('aiTools.lead')}
      actions={
        <>
          <CrossButton />
          <AddClientButton />
        </>
      }
    >
      {living.length === 0 ? (
        <Empty title={t('aiTools.none')}>
          <p>{t(mayAdd ? 'aiTools.noneHelp' : 'aiTools.noneNotYours')}</p>
        </Empty>
      ) : (
        <ul className="rows-list">
          {living.map((app) => (
            <ClientAppRow key={app.id} app={app} customer={customer} revoke={() => setRevoking(app)} />
          ))}
        </ul>
      )}
      {crosses.length > 0 && (
        <section className="section" aria-labelledby="crosses">
          <h2 id="crosses">{t('policy.cross.listed')}</h2>
          {crosses.map((cross) => (
            <CrossStrip key={cross.code} cross={cross} />
          ))}
        </section>
      )}
      {revoked.length > 0 && (
        <details className="section">
          <summary>{t('aiTools.revoked', { count: revoked.length })}</summary>
          <ul className="rows-list">
            {revoked.map((app) => (
              <ClientAppRow key={app.id} app={app} customer={customer} />
            ))}
          </ul>
        </details>
      )}
      {mayAdd && (
        <section className="section" aria-labelledby="connect">
          <h2 id="connect">{t('home.connect')}</h2>
          <ConnectHelp token={null} />
        </section>
      )}
      {revoking !== null && (
        <RevokeDialog
          app={revoking}
          close={() => {
            setRevoking(null);
            whenFocusIsLost(() => document.getElementById('main')?.focus()); // Its row may be gone.
          }}
        />
      )}
    </Page>
  );
}
