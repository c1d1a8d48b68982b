import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import type { Scope } from '../../parts/scope.tsx';
import { ScopedDialog } from '../../parts/scoped-dialog.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';
import { ConnectHelp } from './connect-help.tsx';

interface Added {
  readonly name: string;
  readonly token: string;
  readonly customer: string | null;
}

/** Adds a client app. Its token lives in this dialog's memory only, and is gone when the dialog closes. */
export function AddClientDialog({ close }: { readonly close: () => void }) {
  const [added, setAdded] = useState<Added | null>(null);
  return (
    <ScopedDialog
      title={added === null ? t('aiTools.addTitle') : t('aiTools.addedTitle', { name: added.name })}
      close={close}
    >
      {(scope) => (added === null ? <AddForm scope={scope} done={setAdded} /> : <TokenOnce added={added} />)}
    </ScopedDialog>
  );
}

function AddForm({ scope, done }: { readonly scope: Scope; readonly done: (added: Added) => void }) {
  const [name, setName] = useState('');
  const [isPinned, setPinned] = useState(false);
  const pin = isPinned && scope.customer !== null ? scope.customer.code : null;
  const add = useDeed(() => api().addClient({ name, pin }, within(15_000)), done);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (scope.isCurrent) add.run();
      }}
    >
      <div className="dialog-body">
        <label className="labelled">
          <span>{t('aiTools.name')}</span>
          <input
            className="field"
            required
            maxLength={60}
            value={name}
            placeholder={t('aiTools.namePlaceholder')}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        {scope.customer !== null && (
          <label className="check">
            <input type="checkbox" checked={isPinned} onChange={(event) => setPinned(event.target.checked)} />
            <span>
              {t('aiTools.pin', { name: scope.customer.name })}
              <span className="faint">{t('aiTools.pinHelp')}</span>
            </span>
          </label>
        )}
        <FaultLine fault={add.fault} />
      </div>
      <DeedActs isBusy={add.isBusy} keep={t('dialog.cancel')}>
        <Button type="submit" look="primary" isBusy={add.isBusy} disabled={!scope.isCurrent || name.trim() === ''}>
          {t('aiTools.addSubmit')}
        </Button>
      </DeedActs>
    </form>
  );
}

function TokenOnce({ added: { token, customer } }: { readonly added: Added }) {
  return (
    <>
      <div className="dialog-body">
        <p>
          <b>{t('aiTools.tokenOnce')}</b> {t('aiTools.tokenHelp')}
        </p>
        <div className="token-line">
          <code className="token" data-testid="token">
            {token}
          </code>
          <CopyButton text={token} label={t('aiTools.copyToken')} />
        </div>
        <p className="quiet sentence">
          {customer === null ? t('aiTools.follows') : t('aiTools.pinned', { code: customer })}
        </p>
        <h3>{t('aiTools.configure')}</h3>
        <ConnectHelp token={token} />
      </div>
      <div className="dialog-acts">
        <Dialog.Close className="button primary">{t('aiTools.stored')}</Dialog.Close>
      </div>
    </>
  );
}
