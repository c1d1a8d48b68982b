import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { ConnectorDescription } from '../../../src-shared/contract/worker.ts';
import type { InstanceId } from '../../../src-shared/model/ids.ts';
import { api, useAppState, within } from '../../api/app.ts';
import { useConnectors } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { Failed, Waiting } from '../../parts/states.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';
import { InstanceFields } from './instance-fields.tsx';
import { freeName, type InstanceInput, toSend, wrongField } from './instance-input.ts';

/** The first step: whose account it is and where. Waits for the connectors, so that its fields are there when it opens. */
export function AccountForm({ done }: { readonly done: (added: InstanceId) => void }) {
  const connectors = useConnectors();
  if (connectors.isSuccess) return <Form connectors={connectors.data} done={done} />;
  return (
    <div className="dialog-body">
      {connectors.isError ? (
        <Failed thrown={connectors.error} retry={() => void connectors.refetch()} />
      ) : (
        <Waiting rows={5} />
      )}
    </div>
  );
}

interface Props {
  readonly connectors: readonly ConnectorDescription[];
  readonly done: (added: InstanceId) => void;
}

function Form({ connectors, done }: Props) {
  const { instances } = useAppState();
  const [connector, setConnector] = useState(
    () => connectors.find(({ name }) => instances.every((each) => each.connector !== name)) ?? connectors[0],
  );
  const [input, setInput] = useState<InstanceInput>(() => emptyFor(connector, instances));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input:checked')?.focus(), []); // It may come after the dialog.
  const [wrong, setWrong] = useState<'name' | 'baseUrl' | null>(null);
  const pick = (picked: ConnectorDescription): void => {
    // A name the person typed stays; one that was only proposed follows the connector.
    const isProposed = connector === undefined || input.name === freeName(connector, instances);
    setConnector(picked);
    setInput({ ...input, name: isProposed ? freeName(picked, instances) : input.name, settings: {} });
  };
  const add = useDeed(
    () => {
      const { settings, ...rest } = toSend(input);
      const request = { connector: connector?.name ?? '', ...rest, settings: { ...settings } };
      return api().addInstance(request, within(20_000));
    },
    ({ instance }) => done(instance),
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = wrongField(input);
    setWrong(found);
    if (found === null) add.run();
    else focusInvalid(form.current);
  };
  return (
    <form ref={form} noValidate onSubmit={send}>
      <div className="dialog-body">
        <fieldset className="choices">
          <legend>{t('connectors.form.connector')}</legend>
          {connectors.map((each) => (
            <label key={each.name} className="choice">
              <input
                type="radio"
                name="connector"
                value={each.name}
                checked={each.name === connector?.name}
                onChange={() => pick(each)}
              />
              {each.title}
            </label>
          ))}
        </fieldset>
        <InstanceFields connector={connector} input={input} wrong={wrong} change={setInput} />
        <FaultLine fault={add.fault} />
      </div>
      <DeedActs isBusy={add.isBusy} keep={t('dialog.cancel')}>
        <Button type="submit" look="primary" isBusy={add.isBusy} disabled={connector === undefined}>
          {t('connectors.setup.submit')}
        </Button>
      </DeedActs>
    </form>
  );
}

function emptyFor(
  connector: ConnectorDescription | undefined,
  instances: Parameters<typeof freeName>[1],
): InstanceInput {
  return { name: connector === undefined ? '' : freeName(connector, instances), baseUrl: '', settings: {} };
}
