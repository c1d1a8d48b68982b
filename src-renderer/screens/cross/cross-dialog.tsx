import { type SubmitEvent, useRef, useState } from 'react';
import type { ClientView, CustomerView } from '../../../src-shared/contract/ui.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { noHue } from '../../parts/customer-tile.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';
import { type CrossMinutes, crossMinutes, crossMisfit, type CrossMisfit } from './cross-form.ts';
import { CustomerPicker } from './customer-picker.tsx';

interface Props {
  readonly clients: readonly ClientView[];
  readonly customers: readonly CustomerView[];
  readonly close: () => void;
}

/** Lets one client app work on several customers: which app, which customers, why, how long, and what that means. */
export function CrossDialog({ clients, customers, close }: Props) {
  const [client, setClient] = useState(clients[0]?.name ?? '');
  const [chosen, setChosen] = useState<readonly CustomerView[]>([]);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<CrossMinutes>(60);
  const [misfit, setMisfit] = useState<CrossMisfit | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const open = useDeed(
    () =>
      api().openCross(
        { client, customers: chosen.map(({ id }) => id), reason: reason.trim(), minutes },
        within(30_000),
      ),
    close,
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = crossMisfit(chosen.length, reason);
    setMisfit(found);
    if (found === null) open.run();
    else focusInvalid(form.current);
  };
  const wrong = (field: CrossMisfit['field']): string | null =>
    misfit?.field === field ? t(`policy.cross.${misfit.why}`) : null;
  return (
    <DialogFrame
      title={t('policy.cross.title')}
      close={close}
      chip={<span className="scope-chip">{t('policy.cross.chip')}</span>}
      style={noHue}
    >
      <form ref={form} noValidate onSubmit={send}>
        <div className="dialog-body">
          <div className="cross-facts">
            <label className="labelled">
              <span>{t('policy.cross.client')}</span>
              <select className="field" value={client} onChange={(event) => setClient(event.target.value)}>
                {clients.map(({ id, name }) => (
                  <option key={id} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label className="labelled">
              <span>{t('policy.cross.minutes')}</span>
              <select
                className="field"
                value={minutes}
                onChange={(event) => setMinutes(crossMinutes.find((each) => String(each) === event.target.value) ?? 60)}
              >
                {crossMinutes.map((each) => (
                  <option key={each} value={each}>
                    {t(`policy.cross.minutesOf.m${each}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <CustomerPicker customers={customers} chosen={chosen} change={setChosen} wrong={wrong('customers')} />
          <LabelledField label={t('policy.cross.reason')} help={t('policy.cross.reasonHelp')} wrong={wrong('reason')}>
            {(attributes) => (
              <textarea
                {...attributes}
                className="field"
                rows={2}
                maxLength={300}
                aria-required
                placeholder={t('policy.cross.reasonPlaceholder')}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </LabelledField>
          <section className="why asked cross-means" aria-label={t('policy.cross.means')}>
            <ul>
              <li>{t('policy.cross.meansRead', { client })}</li>
              <li>{t('policy.cross.meansInstead', { client })}</li>
              <li>{t('policy.cross.meansEnd', { client })}</li>
            </ul>
          </section>
          <FaultLine fault={open.fault} />
        </div>
        <DeedActs isBusy={open.isBusy} keep={t('dialog.cancel')}>
          <Button type="submit" look="primary" isBusy={open.isBusy}>
            {t('policy.cross.submit', { count: chosen.length })}
          </Button>
        </DeedActs>
      </form>
    </DialogFrame>
  );
}
