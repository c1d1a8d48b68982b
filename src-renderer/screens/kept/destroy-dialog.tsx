import { useState } from 'react';
import { api, useAppState, within } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { CustomerTile, hueStyle, noHue } from '../../parts/customer-tile.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { useLooks } from '../../parts/looks.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { number, t } from '../../words.ts';

/** The customer whose key it is about, and how many bodies are kept under it. */
export interface Doomed {
  readonly code: string;
  readonly name: string;
  readonly bodies: number;
}

interface Props {
  readonly doomed: Doomed;
  /** What is kept may be less by now, though it failed: it is to be counted anew. */
  readonly changed: () => void;
  readonly done: () => void;
  readonly close: () => void;
}

/** The one deed that nothing undoes: says what goes and what stays, and wants the code typed. */
export function DestroyDialog({ doomed: { code, name, bodies }, changed, done, close }: Props) {
  const isBound = useAppState().binding?.customer.code === code;
  const customer = useCustomers().data?.find((each) => each.code === code);
  const lookOf = useLooks();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const deed = useDeed(async () => {
    try {
      await api().destroyCustomerKey({ customer: code, code: typed.trim() }, within(120_000));
    } finally {
      changed();
    }
  }, done);
  const submit = (): void => {
    setWrong(typed.trim() !== code);
    if (typed.trim() === code && !isBound) deed.run();
  };
  return (
    <DialogFrame
      title={t('ledger.kept.destroyTitle', { name })}
      close={close}
      chip={
        <span className="scope-chip">
          {customer !== undefined && <CustomerTile customer={customer} />}
          {code}
        </span>
      }
      style={customer === undefined ? noHue : hueStyle(lookOf(customer))}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="dialog-body">
          <p>{t('ledger.kept.destroyWhat')}</p>
          <ul className="steps">
            <li>{t('ledger.kept.destroyBodies', { count: bodies, shown: number(bodies) })}</li>
            <li>{t('ledger.kept.destroyMapping')}</li>
            <li>{t('ledger.kept.destroyProofs')}</li>
          </ul>
          {isBound ? (
            <p className="bad" role="alert">
              {t('ledger.kept.destroyBound', { name })}
            </p>
          ) : (
            <LabelledField
              label={t('ledger.kept.destroyCode', { code })}
              help={t('ledger.kept.destroyCodeHelp')}
              wrong={isWrong ? t('ledger.kept.destroyCodeWrong', { code }) : null}
            >
              {(attributes) => (
                <input
                  {...attributes}
                  className="field"
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={({ target }) => {
                    setTyped(target.value);
                    setWrong(false);
                  }}
                />
              )}
            </LabelledField>
          )}
          <FaultLine fault={deed.fault} />
        </div>
        <DeedActs isBusy={deed.isBusy} keep={t('ledger.kept.destroyKeep')}>
          <Button type="submit" look="danger" isBusy={deed.isBusy} disabled={isBound}>
            {t('ledger.kept.destroySubmit', { name })}
          </Button>
        </DeedActs>
      </form>
    </DialogFrame>
  );
}
