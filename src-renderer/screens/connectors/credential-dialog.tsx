import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { WorkplaceDialog } from '../../parts/workplace-dialog.tsx';
import { t } from '../../words.ts';
import { CredentialForm } from './credential-form.tsx';

interface Props {
  readonly instance: InstanceView;
  readonly close: () => void;
}

/** Sets or replaces the credential of an instance that is otherwise set up. */
export function CredentialDialog({ instance, close }: Props) {
  return (
    <WorkplaceDialog title={t('connectors.credentialTitle', { name: instance.name })} close={close}>
      <CredentialForm instance={instance} leave={t('dialog.cancel')} done={close} />
    </WorkplaceDialog>
  );
}
