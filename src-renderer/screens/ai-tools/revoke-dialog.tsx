import type { ClientView } from '../../../src-shared/contract/ui.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { ScopedDialog } from '../../parts/scoped-dialog.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';

/** Revoking cannot be undone, so it names the app it ends. */
export function RevokeDialog({ app, close }: { readonly app: ClientView; readonly close: () => void }) {
  const revoke = useDeed(() => api().revokeClient({ name: app.name }, within(15_000)), close);
  return (
    <ScopedDialog title={t('aiTools.revokeTitle', { name: app.name })} close={close}>
      {(scope) => (
        <>
          <div className="dialog-body">
            <p>{t('aiTools.revokeHelp', { name: app.name })}</p>
            <FaultLine fault={revoke.fault} />
          </div>
          <DeedActs isBusy={revoke.isBusy} keep={t('aiTools.keep')}>
            <Button look="danger" isBusy={revoke.isBusy} disabled={!scope.isCurrent} onClick={revoke.run}>
              {t('aiTools.revokeSubmit', { name: app.name })}
            </Button>
          </DeedActs>
        </>
      )}
    </ScopedDialog>
  );
}
