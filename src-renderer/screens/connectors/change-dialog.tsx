import { type SubmitEvent, useRef, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { api, within } from '../../api/app.ts';
import { useConnectors } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { Failed, Waiting } from '../../parts/states.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { WorkplaceDialog } from '../../parts/workplace-dialog.tsx';
import { t } from '../../words.ts';
import { InstanceFields } from './instance-fields.tsx';
import { hostOf, type InstanceInput, toSend, wrongField } from './instance-input.ts';

interface Props {
  readonly instance: InstanceView;
  /** `isRevoked`: its credential went with the change, so it needs another. */
  readonly close: (isRevoked: boolean) => void;
}

/** Changes name, address and settings. Another host costs the credential, which is said before it happens. */
export function ChangeDialog({ instance, close }: Props) {
  const { name, baseUrl, settings } = instance;
  const connectors = useConnectors();
  const connector = connectors.data?.find((each) => each.name === instance.connector);
  const [input, setInput] = useState<InstanceInput>({ name, baseUrl, settings });
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<'name' | 'baseUrl' | null>(null);
  const oldHost = hostOf(baseUrl);
  const newHost = hostOf(input.baseUrl);
  const isRevoking = instance.hasCredential && newHost !== null && newHost !== oldHost;
  const save = useDeed(
    () => {
      const { settings: filled, ...rest } = toSend(input);
      return api().changeInstance({ instance: instance.id, ...rest, settings: { ...filled } }, within(20_000));
    },
    () => close(isRevoking),
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = wrongField(input);
    setWrong(found);
    if (found === null) save.run();
    else focusInvalid(form.current);
  };
  return (
    <WorkplaceDialog title={t('connectors.changing.title', { name })} close={() => close(false)}>
      <form ref={form} noValidate onSubmit={send}>
        <div className="dialog-body">
          {connectors.isPending && <Waiting rows={4} />}
          {connectors.isError && <Failed thrown={connectors.error} retry={() => void connectors.refetch()} />}
          {connectors.isSuccess && (
            <InstanceFields connector={connector} input={input} wrong={wrong} change={setInput} />
          )}
          <p className="why asked" role="status" hidden={!isRevoking}>
            {isRevoking && (
              <>
                <TriangleAlert className="icon" aria-hidden="true" />{' '}
                {t('connectors.form.otherHost', { host: oldHost ?? baseUrl })}
              </>
            )}
          </p>
          <FaultLine fault={save.fault} />
        </div>
        <DeedActs isBusy={save.isBusy} keep={t('dialog.cancel')}>
          <Button type="submit" look={isRevoking ? 'danger' : 'primary'} isBusy={save.isBusy}>
            {isRevoking ? t('connectors.changing.submitRevoke') : t('connectors.changing.submit', { name })}
          </Button>
        </DeedActs>
      </form>
    </WorkplaceDialog>
  );
}
