import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { seal } from '../../../src-shared/seal.ts';
import { api, within } from '../../api/app.ts';
import { asWords } from '../../parts/as-words.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { ScopedDialog } from '../../parts/scoped-dialog.tsx';
import { Failed, Waiting } from '../../parts/states.tsx';
import { useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';

interface Props {
  readonly instance: InstanceView;
  readonly close: () => void;
}

/** Sets a vendor credential. It is sealed to the broker here, so nothing on the way can read it, this window's host included. */
export function CredentialDialog({ instance, close }: Props) {
  const key = useQuery({
    queryKey: ['seal-key', instance.id],
    queryFn: ({ signal }) => api().sealKey({ instance: instance.id }, within(10_000, signal)),
    gcTime: 0,
    staleTime: 0,
  });
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [isShown, setShown] = useState(false);
  const store = useAction(async () => {
    // Asked again at the last moment: the broker makes a new key at every start.
    const { sealKey, purpose, fields } = await api().sealKey({ instance: instance.id }, within(10_000));
    const credential = Object.fromEntries(fields.map((field) => [field, values[field] ?? '']));
    await api().setCredential(
      { instance: instance.id, box: await seal(JSON.stringify(credential), sealKey, purpose) },
      within(20_000),
    );
    close();
  });
  const fields = key.data?.fields ?? [];
  const isFilled = fields.length > 0 && fields.every((field) => (values[field] ?? '').trim() !== '');
  return (
    <ScopedDialog title={t('connectors.credentialTitle', { name: instance.name })} close={close}>
      {(scope) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (scope.isCurrent && isFilled) store.run();
          }}
        >
          <div className="dialog-body">
            <p className="quiet">{t('connectors.sealed', { count: instance.mapped })}</p>
            {key.isPending && <Waiting rows={2} />}
            {key.isError && <Failed thrown={key.error} retry={() => void key.refetch()} />}
            {fields.map((field) => (
              <label key={field} className="labelled">
                <span>{asWords(field)}</span>
                <input
                  className="field mono"
                  type={isSecret(field) && !isShown ? 'password' : 'text'}
                  autoComplete="off"
                  spellCheck={false}
                  required
                  value={values[field] ?? ''}
                  onChange={(event) => setValues({ ...values, [field]: event.target.value })}
                />
              </label>
            ))}
            {fields.some(isSecret) && (
              <label className="check">
                <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
                <span>{t('connectors.show')}</span>
              </label>
            )}
            <FaultLine fault={store.fault} />
          </div>
          <div className="dialog-acts">
            <Dialog.Close className="button">{t('dialog.cancel')}</Dialog.Close>
            <Button type="submit" look="primary" isBusy={store.isBusy} disabled={!scope.isCurrent || !isFilled}>
              {t('connectors.seal', { name: instance.name })}
            </Button>
          </div>
        </form>
      )}
    </ScopedDialog>
  );
}

const isSecret = (field: string): boolean => /secret|password|token|key/i.test(field);
