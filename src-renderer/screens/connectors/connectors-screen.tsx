import { useState } from 'react';
import { Plus } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import type { InstanceId } from '../../../src-shared/model/ids.ts';
import { api, useAppState, within } from '../../api/app.ts';
import { useConnectors } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { number, t } from '../../words.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import type { InstanceDeed } from './instance-menu.tsx';
import { InstanceRow } from './instance-row.tsx';
import { nextStep } from './instance-status.ts';
import { SetupDialog } from './setup-dialog.tsx';
import { useServing } from './use-serving.ts';

/** What is open over the list: `setup` without an instance adds one. */
type Open =
  | { readonly deed: 'setup'; readonly id: InstanceId | null }
  | { readonly deed: InstanceDeed; readonly id: InstanceId };

/** The vendor accounts this workplace can reach, and whether they are ready. */
export function ConnectorsScreen() {
  const { instances } = useAppState();
  const [open, setOpen] = useState<Open | null>(null);
  useConnectors(); // Known by the time a dialog needs them.
  const mayManage = useRight('manage-connectors');
  const serving = useServing();
  const close = (): void => setOpen(null);
  const about = instances.find(({ id }) => id === open?.id);
  const add = (
    <Button look="primary" onClick={() => setOpen({ deed: 'setup', id: null })}>
      <Plus className="icon" aria-hidden="true" />
      {t('connectors.setup.open')}
    </Button>
  );
  const start = (instance: InstanceView, deed: InstanceDeed): void =>
    setOpen({ deed: deed === 'credential' && nextStep(instance) !== null ? 'setup' : deed, id: instance.id });
  return (
    <Page title={t('connectors.title')} lead={t('connectors.lead')} actions={instances.length > 0 && mayManage && add}>
      {instances.length === 0 ? (
        <Empty title={t('connectors.none')}>
          <p>{t(mayManage ? 'connectors.noneHelp' : 'connectors.noneNotYours')}</p>
          {mayManage && add}
        </Empty>
      ) : (
        <ul className="rows-list instances">
          {instances.map((instance) => (
            <InstanceRow
              key={instance.id}
              instance={instance}
              mayTest={mayManage || instance.id === serving.get(instance.connector)}
              open={mayManage ? (deed) => start(instance, deed) : null}
            />
          ))}
        </ul>
      )}
      {open?.deed === 'setup' && (
        <SetupDialog instance={open.id} close={close} change={(id) => setOpen({ deed: 'change', id })} />
      )}
      {open?.deed === 'credential' && about !== undefined && <CredentialDialog instance={about} close={close} />}
      {open?.deed === 'change' && about !== undefined && (
        <ChangeDialog
          instance={about}
          close={(isRevoked) => setOpen(isRevoked ? { deed: 'credential', id: about.id } : null)}
        />
      )}
      {open?.deed === 'revoke' && about !== undefined && <RevokeCredential instance={about} close={close} />}
      {open?.deed === 'remove' && about !== undefined && <RemoveInstance instance={about} close={close} />}
    </Page>
  );
}

interface Props {
  readonly instance: InstanceView;
  readonly close: () => void;
}

function RevokeCredential({ instance: { id, name }, close }: Props) {
  return (
    <ConfirmDialog
      title={t('connectors.revoking.title', { name })}
      keep={t('connectors.revoking.keep')}
      submit={t('connectors.revoking.submit')}
      act={() => api().revokeCredential({ instance: id }, within(20_000))}
      close={close}
    >
      <p>{t('connectors.revoking.help', { name })}</p>
      <p className="quiet">{t('connectors.revoking.vendor')}</p>
    </ConfirmDialog>
  );
}

function RemoveInstance({ instance: { id, name, mapped }, close }: Props) {
  return (
    <ConfirmDialog
      title={t('connectors.removing.title', { name })}
      keep={t('connectors.removing.keep')}
      submit={t('connectors.removing.submit', { name })}
      act={() => api().removeInstance({ instance: id }, within(30_000))}
      close={close}
    >
      <p>{t('connectors.removing.help', { count: mapped, mapped: number(mapped) })}</p>
      <p className="quiet">{t('connectors.removing.ledger')}</p>
    </ConfirmDialog>
  );
}
