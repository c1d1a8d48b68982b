import { useState } from 'react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { useAppState } from '../../api/app.ts';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { t } from '../../words.ts';
import { CredentialDialog } from './credential-dialog.tsx';
import { InstanceRow } from './instance-row.tsx';

/** The vendor systems this workplace can reach, and whether they are ready. */
export function ConnectorsScreen() {
  const { instances } = useAppState();
  const [setting, setSetting] = useState<InstanceView | null>(null);
  return (
    <Page title={t('connectors.title')} lead={t('connectors.lead')}>
      {instances.length === 0 ? (
        <Empty title={t('connectors.none')}>
          <p>{t('connectors.noneHelp')}</p>
        </Empty>
      ) : (
        <ul className="rows-list">
          {instances.map((instance) => (
            <InstanceRow key={instance.id} instance={instance} setCredential={() => setSetting(instance)} />
          ))}
        </ul>
      )}
      {setting !== null && <CredentialDialog instance={setting} close={() => setSetting(null)} />}
    </Page>
  );
}
