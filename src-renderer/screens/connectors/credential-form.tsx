import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { seal } from '../../../src-shared/seal.ts';
import { api, within } from '../../api/app.ts';
import { asWords } from '../../parts/as-words.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { Failed, Waiting } from '../../parts/states.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { age, t } from '../../words.ts';

interface Props {
  readonly instance: InstanceView;
  /** The words of the way out without one. */
  readonly leave: string;
  readonly done: () => void;
}

/** Sets a vendor credential. It is sealed to the broker here, so nothing on the way can read it, this window's host included. */
export function CredentialForm({ instance, leave, done }: Props) {
  const key = useQuery({
    queryKey: ['seal-key', instance.id],
    queryFn: ({ signal }) => api().sealKey({ instance: instance.id }, within(10_000, signal)),
    gcTime: 0,
    staleTime: 0,
  });
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [isShown, setShown] = useState(false);
  const store = useDeed(async () => {
    // Asked again at the last moment: the broker makes a new key at every start.
    const { sealKey, purpose, fields } = await api().sealKey({ instance: instance.id }, within(10_000));
    const credential = Object.fromEntries(fields.map((field) => [field, values[field] ?? '']));
    await api().setCredential(
      { instance: instance.id, box: await seal(JSON.stringify(credential), sealKey, purpose) },
      within(20_000),
    );
    setValues({});
  }, done);
  const form = useRef<HTMLFormElement>(null);
  const fields = key.data?.fields ?? [];
  useEffect(() => {
    if (key.isSuccess) form.current?.querySelector<HTMLElement>('.dialog-body input')?.focus(); // They come after the dialog.
  }, [key.isSuccess]);
  const isFilled = fields.length > 0 && fields.every((field) => (values[field] ?? '').trim() !== '');
  const { mapped, hasCredential, credentialChangedAt } = instance;
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled) store.run();
      }}
    >
      <div className="dialog-body">
        <p className="quiet">
          {mapped === 0 ? t('connectors.sealedNone') : t('connectors.sealed', { count: mapped })}{' '}
          {hasCredential &&
            t('connectors.replaces', { age: credentialChangedAt === null ? '' : age(credentialChangedAt) })}
        </p>
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
      <DeedActs isBusy={store.isBusy} keep={leave}>
        <Button type="submit" look="primary" isBusy={store.isBusy} disabled={!isFilled}>
          {t('connectors.seal', { name: instance.name })}
        </Button>
      </DeedActs>
    </form>
  );
}

const isSecret = (field: string): boolean => /secret|password|token|key/i.test(field);
