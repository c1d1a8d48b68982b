import { Dialog } from '@base-ui/react/dialog';
import type { ClientView } from '../../../src-shared/contract/ui.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { ScopedDialog } from '../../parts/scoped-dialog.tsx';
import { useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';

/** Revoking cannot be undone, so it names the app it ends. */
export function RevokeDialog({ app, close }: { readonly app: ClientView; readonly close: () => void }) {
  const revoke = useAction(async () => {
    await api().revokeClient({ name: app.name }, within(15_000));
    close();
  });
  return (
    <ScopedDialog title={t('aiTools.revokeTitle', { name: app.name })} close={close}>
      {(scope) => (
        <>
          <div className="dialog-body">
            <p>{t('aiTools.revokeHelp', { name: app.name })}</p>
            <FaultLine fault={revoke.fault} />
          </div>
          <div className="dialog-acts">
            <Dialog.Close className="button">{t('aiTools.keep')}</Dialog.Close>
            <Button look="danger" isBusy={revoke.isBusy} disabled={!scope.isCurrent} onClick={revoke.run}>
              {t('aiTools.revokeSubmit', { name: app.name })}
            </Button>
          </div>
        </>
      )}
    </ScopedDialog>
  );
}
